// One entry of the table of fields: its accessors are made from the member it stands for.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/experiments/fields.h"
#include "core/kernels/cpu/neuron_models.h"
#include "datasets/catalogue/catalogue.h"

namespace paralif::field_entry {

using Applies = std::function<bool(const Experiment&)>;

inline bool always(const Experiment&) { return true; }
/// The dense network, which the fields describe; not a list of layers, which describes itself.
inline bool dense(const Experiment& e) { return e.network.layers.layers.empty(); }
inline bool layered(const Experiment& e) { return !dense(e); }
inline bool spiking(const Experiment& e) { return dense(e) && !is_neuron_of(e.neuron.name, NeuronFamily::relu); }
inline bool is_lif(const Experiment& e) {
  return dense(e) && is_neuron_of(e.neuron.name, NeuronFamily::lif);
}
inline bool is_paralif(const Experiment& e) {
  return dense(e) && is_neuron_of(e.neuron.name, NeuronFamily::paralif);
}
inline bool learns_delays(const Experiment& e) {
  return std::ranges::any_of(e.network.layers.layers, [](const LayerDescription& layer) {
    return layer.kind == "learned_delay";
  });
}
inline bool has_threshold(const Experiment& e) {
  const NeuronModelEntry* model = find_neuron_model(e.neuron.name);
  return dense(e) && model != nullptr && model->has_threshold();
}
inline bool any_recurrent(const Experiment& e) {
  return dense(e) && e.network.recurrent.any(true);
}
inline bool from_files(const Experiment& e) { return !is_computed(e.dataset.name); }
inline bool rate_coded(const Experiment& e) {
  return kind_of(e.dataset.name) == DataKind::points;
}
inline bool own_points(const Experiment& e) { return rate_coded(e) && from_files(e); }
inline bool has_fixed_unit(const Experiment& e) {
  const Dataset* dataset = find_dataset(e.dataset.name);
  return dataset != nullptr && dataset->format_has_unit;
}
inline bool camera(const Experiment& e) { return kind_of(e.dataset.name) == DataKind::camera; }
inline bool images(const Experiment& e) { return kind_of(e.dataset.name) == DataKind::images; }
inline bool recorded(const Experiment& e) { return !rate_coded(e) && !images(e); }
inline bool audio(const Experiment& e) { return recorded(e) && !camera(e); }
inline bool augmented(const Experiment& e) { return recorded(e) && e.dataset.augmentation; }


/// How a member's type is a kind of field, and its value a FieldValue.
template <typename T>
struct Kind {
  static constexpr FieldKind kind = std::is_same_v<T, bool>           ? FieldKind::flag
                                    : std::is_same_v<T, std::int64_t> ? FieldKind::integer
                                    : std::is_same_v<T, double>       ? FieldKind::real
                                    : std::is_same_v<T, std::string>  ? FieldKind::text
                                                                      : FieldKind::integers;
  static constexpr bool per_layer = false;
  static FieldValue value(const T& member) { return member; }
  static T member(const FieldValue& value) { return std::get<T>(value); }
  static LayerValue layer_value(const T& member)
    requires std::is_arithmetic_v<T>
  {
    return member;
  }
  static T of_layer(const LayerValue& value)
    requires std::is_arithmetic_v<T>
  {
    return std::get<T>(value);
  }
};

template <>
struct Kind<NetworkDescription> {
  static constexpr FieldKind kind = FieldKind::layers;
  static constexpr bool per_layer = false;
  static FieldValue value(const NetworkDescription& member) { return layers_text(member); }
  static NetworkDescription member(const FieldValue& value) {
    return layers_from_text(std::get<std::string>(value));
  }
};

template <typename T>
struct Kind<std::optional<T>> {
  static constexpr FieldKind kind = Kind<T>::kind;
  static constexpr bool per_layer = false;
  static FieldValue value(const std::optional<T>& member) {
    return member ? FieldValue(*member) : FieldValue(Absent{});
  }
  static std::optional<T> member(const FieldValue& value) {
    if (std::holds_alternative<Absent>(value)) return std::nullopt;
    return std::get<T>(value);
  }
  static LayerValue layer_value(const std::optional<T>& member) {
    return member ? LayerValue(*member) : LayerValue(Absent{});
  }
  static std::optional<T> of_layer(const LayerValue& value) {
    if (std::holds_alternative<Absent>(value)) return std::nullopt;
    return std::get<T>(value);
  }
};

template <typename T>
struct Kind<PerLayer<T>> {
  static constexpr FieldKind kind = Kind<T>::kind;
  static constexpr bool per_layer = true;
  static FieldValue value(const PerLayer<T>& member) {
    if (member.single()) return Kind<T>::value(member.of(0));
    std::vector<LayerValue> values;
    for (const T one : member.values()) values.push_back(Kind<T>::layer_value(one));
    return values;
  }
  static PerLayer<T> member(const FieldValue& value) {
    const auto* list = std::get_if<std::vector<LayerValue>>(&value);
    if (list == nullptr) return Kind<T>::member(value);
    std::vector<T> values;
    for (const LayerValue& one : *list) values.push_back(Kind<T>::of_layer(one));
    return PerLayer<T>(std::move(values));
  }
};

/// Fills in the accessors from a function that names the member.
template <typename Member>
Field field(Field entry, Member member, Applies applies = always) {
  using T = std::remove_cvref_t<decltype(member(std::declval<Experiment&>()))>;
  entry.kind = Kind<T>::kind;
  entry.per_layer = Kind<T>::per_layer;
  entry.get = [member](const Experiment& e) -> FieldValue {
    return Kind<T>::value(member(const_cast<Experiment&>(e)));  // reads only
  };
  entry.set = [member](Experiment& e, const FieldValue& value) {
    member(e) = Kind<T>::member(value);
  };
  entry.applies = std::move(applies);
  return entry;
}

}  // namespace paralif::field_entry

namespace paralif {

/// The entries of two groups, which have a file of their own.
std::vector<Field> dataset_fields();
std::vector<Field> network_fields();

}  // namespace paralif

// NOLINTNEXTLINE(bugprone-macro-parentheses): a member's name takes none
#define MEMBER(path) [](Experiment& e) -> auto& { return e.path; }
