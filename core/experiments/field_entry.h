// What the entries of the table of fields share: when they apply, and the value of a list of layers.
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

namespace paralif::parameter_detail {

template <>
struct Stored<NetworkDescription> {
  static constexpr ParameterType type = ParameterType::layers;
  static constexpr bool per_layer = false;
  static ParameterValue value(const NetworkDescription& member) { return layers_text(member); }
  static NetworkDescription member(const ParameterValue& value) {
    return layers_from_text(std::get<std::string>(value));
  }
};

}  // namespace paralif::parameter_detail

namespace paralif::field_entry {

using Applies = std::function<bool(const Experiment&)>;

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

template <typename Member>
Field field(FieldGroup group, ParameterFacts facts, Member member, Applies when = {}) {
  return {parameter<Experiment>(std::move(facts), member, std::move(when)), group};
}

}  // namespace paralif::field_entry

namespace paralif {

/// The entries of two groups, which have a file of their own.
std::vector<Field> dataset_fields();
std::vector<Field> network_fields();

}  // namespace paralif

// NOLINTNEXTLINE(bugprone-macro-parentheses): a member's name takes none
#define MEMBER(path) [](Experiment& e) -> auto& { return e.path; }
