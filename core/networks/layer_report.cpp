#include "core/networks/layer_report.h"

#include "core/networks/infer_shapes.h"
#include "datasets/error.h"

namespace paralif {
namespace {

/// What the values of a layer alone are wrong about.
void check_values(const LayerDescription& layer, LayerReport& report) {
  try {
    if (const LayerKind* kind = find_layer_kind(layer.kind)) kind->check(layer);
  } catch (const Error& error) {
    report.problem = error.what();
    if (error.subject().starts_with(layer.id + ".")) {
      report.key = error.subject().substr(layer.id.size() + 1);
    }
  }
}

}  // namespace

std::vector<LayerReport> report_layers(const NetworkDescription& network,
                                       const std::optional<SignalShape>& input) {
  std::vector<LayerReport> reports(network.layers.size());
  std::vector<SignalShape> shapes;
  bool fits = input.has_value();
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    const LayerDescription& layer = network.layers[i];
    if (!fits) {
      check_values(layer, reports[i]);
      continue;
    }
    try {
      const auto end = network.layers.begin() + static_cast<std::ptrdiff_t>(i) + 1;
      shapes = infer_shapes({{network.layers.begin(), end}}, *input);
      reports[i].output = shapes.back();
      const ShapeInference from{i == 0 ? *input : shapes[i - 1], [&](const std::string& id) {
                                  for (std::size_t k = 0; k < i; ++k) {
                                    if (network.layers[k].id == id) return shapes[k];
                                  }
                                  return SignalShape{};
                                }};
      reports[i].cost = find_layer_kind(layer.kind)->cost(layer, from);
    } catch (const Error& error) {
      fits = false;
      reports[i].problem = error.what();
      if (error.subject().starts_with(layer.id + ".")) {
        reports[i].key = error.subject().substr(layer.id.size() + 1);
      }
    }
  }
  return reports;
}

}  // namespace paralif
