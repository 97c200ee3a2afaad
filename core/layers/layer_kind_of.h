// The part of a layer kind that its table of parameters decides.
#pragma once

#include <fmt/format.h>

#include <algorithm>

#include "core/layers/layer_kind.h"
#include "core/layers/layer_module.h"
#include "datasets/error.h"

namespace paralif {

/// Throws Error(setting) with the layer's id as subject: conv2d "c2": <problem>.
[[noreturn]] void refuse_layer(const LayerDescription& layer, std::string_view problem);
/// The same for one of its values; the subject is "<id>.<key>".
[[noreturn]] void refuse_value(const LayerDescription& layer, std::string_view key,
                               std::string_view problem);

/// `Settings` is a plain struct; table() lists its parameters.
template <class Settings>
class LayerKindOf : public LayerKind {
 public:
  [[nodiscard]] virtual std::vector<Parameter<Settings>> table() const = 0;
  [[nodiscard]] virtual SignalShape shape(const LayerDescription& layer, const Settings& settings,
                                          const ShapeInference& from) const = 0;
  [[nodiscard]] virtual std::shared_ptr<LayerModule> module(const Settings& settings,
                                                            const LayerMaking& making) const = 0;
  /// Nothing by default.
  [[nodiscard]] virtual LayerCost cost_of(const Settings&, const SignalShape& /*input*/,
                                          const SignalShape& /*output*/) const {
    return {};
  }
  /// What is wrong with the values together; nothing by default.
  virtual void check_settings(const LayerDescription&, const Settings&) const {}

  [[nodiscard]] std::vector<ParameterFacts> parameters() const final {
    std::vector<ParameterFacts> facts;
    for (const auto& p : table()) facts.push_back(p);
    return facts;
  }

  [[nodiscard]] std::map<std::string, ParameterValue> defaults() const final {
    std::map<std::string, ParameterValue> values;
    for (const auto& p : table()) values.emplace(p.key, p.get(Settings{}));
    return values;
  }

  [[nodiscard]] bool applies(const LayerDescription& layer, std::string_view key) const final {
    const Settings settings = settings_of(layer);
    for (const auto& p : table()) {
      if (p.key == key) return p.applies(settings);
    }
    return false;
  }

  void check(const LayerDescription& layer) const final {
    check_settings(layer, settings_of(layer));
  }

  [[nodiscard]] SignalShape output(const LayerDescription& layer,
                                   const ShapeInference& from) const final {
    const Settings settings = settings_of(layer);
    check_settings(layer, settings);
    return shape(layer, settings, from);
  }

  [[nodiscard]] LayerCost cost(const LayerDescription& layer,
                               const ShapeInference& from) const final {
    const Settings settings = settings_of(layer);
    return cost_of(settings, from.input, shape(layer, settings, from));
  }

  [[nodiscard]] std::shared_ptr<LayerModule> make(const LayerDescription& layer,
                                                  const LayerMaking& making) const final {
    return module(settings_of(layer), making);
  }

 private:
  [[nodiscard]] Settings settings_of(const LayerDescription& layer) const {
    Settings settings;
    const auto parameters = table();
    for (const auto& [key, value] : layer.values) {
      const auto at = std::ranges::find_if(parameters, [&](const auto& p) { return p.key == key; });
      if (at == parameters.end()) refuse_value(layer, key, "is no parameter of this layer");
      if (const auto problem = value_problem(*at, value)) refuse_value(layer, key, *problem);
      at->set(settings,
              std::holds_alternative<std::monostate>(value) ? value : as_type(at->type, value));
    }
    return settings;
  }
};

/// A shape with these many feature dimensions, or an error that says what is there.
void expect_rank(const LayerDescription& layer, const SignalShape& input, std::size_t rank,
                 std::string_view meaning);

}  // namespace paralif
