// NIR's neurons as layers of neurons. Private to the import.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/exchange/nir_import.h"
#include "core/exchange/nir_nodes.h"

namespace paralif::nir {

/// i = alpha i + x;  u = leak + beta (v - leak) + kappa i;  spike where u > threshold; v = reset
struct Filter {
  Values alpha;  ///< empty: no synapse
  Values beta;
  Values kappa;  ///< r, w_in and the steps of both filters
  Values leak;
  Values threshold;  ///< empty: the membrane is the output
  Values reset;

  [[nodiscard]] bool fires() const { return !threshold.empty(); }
  [[nodiscard]] bool same_as(const Filter& other) const;
};

/// Of a node with a membrane, for so many units; nothing for another type.
std::optional<Filter> filter_of(const NirNode& node, std::int64_t units, double dt);

struct NeuronPattern {
  const NirNode* first = nullptr;
  Filter filter;
  const NirNode* cycle = nullptr;      ///< Linear or Affine from the spikes back to the neurons
  const NirNode* threshold = nullptr;  ///< of a ParaLIF
  bool change = false;                 ///< the threshold is one of the membrane's change
  std::vector<const NirNode*> parts{};  ///< nodes besides these

  /// The node that gives what the layer gives.
  [[nodiscard]] const NirNode* last() const { return threshold != nullptr ? threshold : first; }
};

struct NeuronLayers {
  struct One {
    LayerDescription layer;
    std::map<std::string, Array<double>> tensors;
  };
  std::vector<One> layers;
};

/// Factors of the input may be moved into the weights before, the last layer of `made`. Throws
/// Error(setting) for what no layer computes.
NeuronLayers layers_of(const NeuronPattern& pattern, const std::string& id, const Shape& shape,
                       double dt, ImportedNetwork& made);

/// Multiplies what the last layer gives, one factor a unit; false where it has no weights for that.
bool multiply(ImportedNetwork& made, const Values& factors);

/// Throw Error(setting): for a value that is not finite; for an Output of another shape.
void require_finite(const NirNode& node);
void require_shape(const NirNode& output, const Shape& shape);

/// Throws Error(setting) where not all values of a node are this one.
void require_all(const NirNode& node, const char* key, std::int64_t units, double value);

}  // namespace paralif::nir
