// A NIR graph as it grows, layer by layer of a network. Private to nir_export.cpp.
#pragma once

#include <fmt/format.h>

#include <algorithm>

#include "core/exchange/nir_arrays.h"
#include "core/exchange/nir_graph.h"
#include "core/layers/layer_kind.h"
#include "core/networks/network.h"
#include "datasets/error.h"

namespace paralif::nir {

class GraphBuilder {
 public:
  /// `approximations`: where sentences on what NIR cannot say go; null: it is refused.
  GraphBuilder(const Network& network, double dt, std::vector<std::string>* approximations)
      : network_(network), dt_(dt), approximations_(approximations) {
    graph_.version = "1.0.7";
  }

  [[nodiscard]] const Network& network() const { return network_; }
  [[nodiscard]] NirGraph& graph() { return graph_; }
  [[nodiscard]] double dt() const { return dt_; }
  /// The layer that is being written.
  [[nodiscard]] std::size_t at() const { return at_; }
  void go_to(std::size_t layer) { at_ = layer; }
  /// The node whose output the next one takes.
  [[nodiscard]] const std::string& last() const { return last_; }

  [[noreturn]] void refuse(const std::string& problem, const std::string& remedy = {}) const {
    const LayerDescription& layer = network_.description().layers[at_];
    throw Error::shown_as(Error::Kind::setting, layer.id,
                          fmt::format("layer {}, {} \"{}\"", at_ + 1, layer.kind, layer.id),
                          problem, remedy);
  }

  /// Refuses what NIR cannot say, or notes what stands for it.
  void approximate(const std::string& problem, const std::string& nearest) const {
    if (approximations_ == nullptr) refuse(problem, "as an approximation: " + nearest);
    const LayerDescription& layer = network_.description().layers[at_];
    std::string sentence =
        fmt::format("layer {}, {} \"{}\", {}: {}", at_ + 1, layer.kind, layer.id, problem, nearest);
    if (std::ranges::find(*approximations_, sentence) != approximations_->end()) return;
    approximations_->push_back(std::move(sentence));
  }

  void add(NirNode node, const std::vector<std::string>& from) {
    for (const std::string& one : from) graph_.edges.emplace_back(one, node.name);
    last_ = node.name;
    graph_.nodes.push_back(std::move(node));
  }

  [[nodiscard]] const SignalShape& input() const {
    return at_ == 0 ? network_.input() : network_.shapes()[at_ - 1];
  }

  template <typename T>
  [[nodiscard]] T value(const LayerDescription& layer, const std::string& key) const {
    const auto own = layer.values.find(key);
    const ParameterValue value =
        own != layer.values.end() ? own->second : find_layer_kind(layer.kind)->defaults().at(key);
    return std::get<T>(value);
  }

  [[nodiscard]] torch::Tensor parameter(const char* name) const {
    const auto named = network_.layers()[at_]->named_parameters(false);
    const torch::Tensor* found = named.find(name);
    return found == nullptr ? torch::Tensor() : *found;
  }
  [[nodiscard]] torch::Tensor buffer(const char* name) const {
    const auto named = network_.layers()[at_]->named_buffers(false);
    return *named.find(name);
  }

  static Array<double> ones(std::int64_t count, double value) {
    return {{count}, std::vector<double>(static_cast<std::size_t>(count), value)};
  }
  static Array<double> spread(const SignalShape& shape, double value) {
    return {shape.features, std::vector<double>(static_cast<std::size_t>(shape.units()), value)};
  }
  /// One value for every unit of the layer, from one or as many.
  [[nodiscard]] Array<double> spread(const torch::Tensor& values) const {
    const Array<double> given = array_of(values.reshape({-1}));
    if (given.values.size() == 1) return spread(network_.shapes()[at_], given.values[0]);
    return {network_.shapes()[at_].features, given.values};
  }

 private:
  const Network& network_;
  double dt_;
  std::vector<std::string>* approximations_;
  NirGraph graph_;
  std::string last_ = "input";
  std::size_t at_ = 0;
};

/// Writes the neurons of the layer that the builder is at. Throws Error(setting).
void add_neurons(GraphBuilder& builder, const LayerDescription& layer);

}  // namespace paralif::nir
