// A kind of layer: what can be set of it, what shape it makes of another, and how its module is
// made. Adding one is a file that defines it, a line in layer_kinds.cpp and its test.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/values/layer_description.h"
#include "core/values/signal_shape.h"

namespace paralif {

class LayerModule;
struct LayerMaking;

/// What a shape is inferred from.
struct ShapeInference {
  SignalShape input;  ///< of the layer before
  /// Shape that an earlier layer gives; throws Error(setting) for an unknown id.
  std::function<SignalShape(const std::string& id)> shape_of;
};

/// Known before anything is built.
struct LayerCost {
  std::int64_t parameters = 0;  ///< learned values
  std::int64_t operations = 0;  ///< multiplications of a weight in a time step of one sample
};

class LayerKind {
 public:
  virtual ~LayerKind() = default;
  [[nodiscard]] virtual std::string_view name() const = 0;         ///< "conv2d"
  [[nodiscard]] virtual Text title() const = 0;                    ///< "Convolution, 2-D"
  [[nodiscard]] virtual Text explanation() const = 0;              ///< for a newcomer

  [[nodiscard]] virtual std::vector<ParameterFacts> parameters() const = 0;
  /// Defaults of all parameters, by key.
  [[nodiscard]] virtual std::map<std::string, ParameterValue> defaults() const = 0;
  /// Whether a parameter has an effect beside the others.
  [[nodiscard]] virtual bool applies(const LayerDescription& layer, std::string_view key) const = 0;
  /// Throws Error(setting), whose subject is "<id>.<key>", for the first value that is wrong.
  virtual void check(const LayerDescription& layer) const = 0;

  /// The shape this layer gives. Throws Error(setting) whose subject is the layer's id.
  [[nodiscard]] virtual SignalShape output(const LayerDescription& layer,
                                           const ShapeInference& from) const = 0;
  /// Of a layer that output() accepts.
  [[nodiscard]] virtual LayerCost cost(const LayerDescription& layer,
                                       const ShapeInference& from) const = 0;
  /// The module, with its parameters initialised. `making.input` has been accepted by output().
  [[nodiscard]] virtual std::shared_ptr<LayerModule> make(const LayerDescription& layer,
                                                          const LayerMaking& making) const = 0;
};

/// Every kind, in the order an editor offers them.
std::span<const LayerKind* const> layer_kinds();
/// Null for an unknown name.
const LayerKind* find_layer_kind(std::string_view name);

}  // namespace paralif
