#include "core/exchange/nir_import.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "core/exchange/nir_neurons.h"
#include "core/exchange/nir_parameters.h"

namespace paralif {
namespace {

using nir::refuse;
using nir::Shape;
using nir::single;
using nir::size_of;
using nir::spread;
using nir::square;
using nir::Values;
using nir::whole_number;

class Importer {
 public:
  Importer(const NirGraph& graph, double dt) : graph_(graph), dt_(dt) {
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
      place_[graph.nodes[i].name] = i;
      nir::require_finite(graph.nodes[i]);
    }
    for (const auto& [from, to] : graph.edges) {
      if (from == to) refuse(graph_.nodes[place_.at(to)], "leads to itself; give a cycle weights of its own");
      after_[from].push_back(&graph_.nodes[place_.at(to)]);
      before_[to].push_back(&graph_.nodes[place_.at(from)]);
    }
  }

  ImportedNetwork network() {
    const NirNode* at = input();
    while (true) {
      done_.insert(at->name);
      const NirNode* next = next_of(*at);
      if (next == nullptr) refuse(*at, "leads nowhere; a chain ends with an Output");
      if (next->type == "Output") {
        nir::require_shape(*next, shape_);
        break;
      }
      at = take(*next);
    }
    if (made_.network.layers.empty()) refuse(*at, "is all there is: the graph has no layers");
    made_.output = shape_;
    for (const NirNode& node : graph_.nodes) {
      if (node.type != "Output" && node.type != "Input" && !done_.contains(node.name)) {
        refuse(node, "stands beside the chain from Input to Output, which alone is understood");
      }
    }
    return std::move(made_);
  }

 private:
  const NirNode* input() {
    const NirNode* found = nullptr;
    for (const NirNode& node : graph_.nodes) {
      if (node.type != "Input") continue;
      if (found != nullptr) refuse(node, "is a second input; one is understood");
      found = &node;
    }
    if (found == nullptr) throw Error(Error::Kind::setting, "graph", "has no Input node");
    const Array<double>* shape = found->find("shape");
    if (shape == nullptr) refuse(*found, "has no 'shape'");
    constexpr double most_values = 1 << 24;
    double values = 1;
    for (const double extent : shape->values) {
      values *= extent;
      if (!(extent >= 1 && values <= most_values && extent == std::floor(extent))) refuse(*found, "has an impossible shape");
      shape_.push_back(static_cast<std::int64_t>(extent));
    }
    if (shape_.empty() || shape_.size() > 3) refuse(*found, "has an impossible shape");
    made_.input = shape_;
    return found;
  }

  [[nodiscard]] std::vector<const NirNode*> after(const NirNode& node) const {
    const auto found = after_.find(node.name);
    return found == after_.end() ? std::vector<const NirNode*>{} : found->second;
  }
  [[nodiscard]] std::vector<const NirNode*> before(const NirNode& node) const {
    const auto found = before_.find(node.name);
    return found == before_.end() ? std::vector<const NirNode*>{} : found->second;
  }
  /// The one node that comes next in the chain.
  [[nodiscard]] const NirNode* next_of(const NirNode& node) const {
    const NirNode* next = nullptr;
    for (const NirNode* one : after(node)) {
      if (done_.contains(one->name)) continue;
      if (next != nullptr) refuse(node, "leads to several nodes; chains are understood");
      next = one;
    }
    return next;
  }

  /// A name that is unique and no more than letters, digits, '_' and '-'.
  std::string id_of(const NirNode& node) {
    std::string id;
    for (const char c : node.name) {
      const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
      id += plain ? c : '_';
    }
    if (id.empty()) id = "layer";
    std::string unique = id;
    for (int i = 2; made_.tensors.contains(unique); ++i) unique = fmt::format("{}_{}", id, i);
    made_.tensors[unique];
    return unique;
  }

  void add(const NirNode& node, const std::string& id, const std::string& kind,
           std::map<std::string, ParameterValue> values, Shape shape,
           std::map<std::string, Array<double>> tensors = {}) {
    made_.network.layers.push_back({id, kind, std::move(values)});
    made_.tensors[id] = std::move(tensors);
    made_.nodes[id] = node.name;
    shape_ = std::move(shape);
  }

  /// Adds the layer of a node, or of a pattern that begins with it; returns the last node of it.
  const NirNode* take(const NirNode& node) {
    const std::string& type = node.type;
    if (type == "Linear" || type == "Affine") {
      weights(node);
    } else if (type == "Conv1d" || type == "Conv2d") {
      convolution(node);
    } else if (type == "AvgPool2d" || type == "SumPool2d") {
      return pool(node);
    } else if (type == "Flatten") {
      flatten(node);
    } else if (type == "Delay") {
      delay(node);
    } else if (type == "Scale") {
      scale(node);
    } else if (type == "Threshold") {
      refuse(node, "stands behind no membrane of its own");
    } else if (const auto neurons = nir::filter_of(node, size_of(shape_), dt_)) {
      return neurons_from(node, *neurons);
    } else {
      refuse(node, "is of a type that has no counterpart here");
    }
    return &node;
  }

  void weights(const NirNode& node) {
    const Array<double>& weight = nir::needed(node, "weight");
    if (weight.shape.size() != 2 || weight.shape[1] != size_of(shape_)) {
      refuse(node, fmt::format("has a weight of {} for {} values", nir::text_of(weight.shape),
                               size_of(shape_)));
    }
    if (shape_.size() > 1) add(node, id_of({node.name + "_flat", ""}), "flatten", {}, {size_of(shape_)});
    const std::int64_t units = weight.shape[0];
    if (units < 1) refuse(node, "gives nothing");
    std::map<std::string, Array<double>> tensors{{"weight", weight}};
    tensors["weight"].values = with_factor(weight.values);
    const bool bias = node.type == "Affine";
    if (bias) tensors["bias"] = {{units}, spread(node, "bias", units)};
    add(node, id_of(node), "linear", {{"units", units}, {"bias", bias}}, {units}, std::move(tensors));
  }

  /// Times the factor of a sum pool before them.
  Values with_factor(Values weight) {
    for (double& w : weight) w *= factor_;
    factor_ = 1.0;
    return weight;
  }

  void convolution(const NirNode& node) {
    const bool plane = node.type == "Conv2d";
    const Array<double>& weight = nir::needed(node, "weight");
    if (weight.shape.size() != (plane ? 4U : 3U)) {
      refuse(node, fmt::format("has a weight of {}", nir::text_of(weight.shape)));
    }
    if (shape_.size() != (plane ? 3U : 2U)) {
      refuse(node, fmt::format("gets {}", nir::text_of(shape_)));
    }
    const std::int64_t kernel = weight.shape[2];
    if (weight.shape.back() != kernel) refuse(node, "has a kernel that is not square");
    if (square(node, "dilation", 1) != 1) refuse(node, "has a dilation, which layers here have not");
    const std::int64_t stride = square(node, "stride", 1);
    std::int64_t padding = 0;
    const auto word = node.words.find("padding");
    if (word == node.words.end()) {
      padding = square(node, "padding", 0, 0);
    } else if (word->second == "same") {
      if (kernel % 2 == 0 || stride != 1) refuse(node, "pads to the same size with an even kernel");
      padding = kernel / 2;
    } else if (word->second != "valid") {
      refuse(node, fmt::format("has a padding '{}'", word->second));
    }
    const std::int64_t channels = weight.shape[0];
    const std::int64_t groups = whole_number(node, "groups", 1, 1);
    if (kernel < 1 || channels < 1 || weight.shape[1] * groups != shape_[0]) {
      refuse(node, fmt::format("has a weight of {} in {} groups for {}", nir::text_of(weight.shape),
                               groups, nir::text_of(shape_)));
    }
    const Values bias = spread(node, "bias", channels, 0.0);
    const bool biased = std::ranges::any_of(bias, [](double b) { return b != 0.0; });
    std::map<std::string, Array<double>> tensors{{"weight", weight}};
    tensors["weight"].values = with_factor(weight.values);
    if (biased) tensors["bias"] = {{channels}, bias};
    Shape shape{channels};
    for (std::size_t d = 1; d < shape_.size(); ++d) {
      shape.push_back((shape_[d] + 2 * padding - kernel) / stride + 1);
      if (shape.back() < 1) refuse(node, "has a kernel larger than what comes in");
    }
    add(node, id_of(node), plane ? "conv2d" : "conv1d",
        {{"channels", channels}, {"kernel", kernel}, {"stride", stride}, {"padding", padding},
         {"groups", groups}, {"bias", biased}},
        std::move(shape), std::move(tensors));
  }

  const NirNode* pool(const NirNode& node) {
    if (shape_.size() != 3) refuse(node, fmt::format("gets {}", nir::text_of(shape_)));
    const std::int64_t size = square(node, "kernel_size", 2);
    if (square(node, "stride", static_cast<double>(size)) != size || square(node, "padding", 0, 0) != 0) {
      refuse(node, "has windows that overlap or a padding, which pools here have not");
    }
    const Shape shape{shape_[0], shape_[1] / size, shape_[2] / size};
    if (size_of(shape) < 1) refuse(node, "has windows larger than what comes in");
    const bool sum = node.type == "SumPool2d";
    const auto next = after(node);
    if (sum && next.size() == 1 && next[0]->type == "Threshold") {
      for (const double threshold : spread(*next[0], "threshold", size_of(shape))) {
        if (threshold < 0 || threshold >= 1) refuse(*next[0], "is no maximum of spikes (0 to below 1)");
      }
      done_.insert(node.name);
      add(*next[0], id_of(node), "max_pool", {{"size", size}}, shape);
      return next[0];
    }
    add(node, id_of(node), "average_pool", {{"size", size}}, shape);
    if (sum) {  // the sum is the mean times the size of a window, for the weights behind it
      factor_ *= static_cast<double>(size * size);
      summed_ = node.name;
    }
    return &node;
  }

  void flatten(const NirNode& node) {
    const std::int64_t first = whole_number(node, "start_dim", 0, -8);
    const std::int64_t last = whole_number(node, "end_dim", -1, -8);
    const auto rank = static_cast<std::int64_t>(shape_.size());
    if (first != 0 || (last != -1 && last != rank - 1)) refuse(node, "flattens a part of its dimensions");
    add(node, id_of(node), "flatten", {}, {size_of(shape_)});
  }

  void delay(const NirNode& node) {
    if (shape_.size() != 1) refuse(node, "delays the places of a picture, which layers here do not");
    Array<double> steps{{size_of(shape_)}, spread(node, "delay", size_of(shape_))};
    double longest = 0;
    for (double& seconds : steps.values) {
      const double exact = seconds / dt_;
      const double rounded = std::round(exact);
      if (!(exact > -0.5) || std::abs(exact - rounded) > 1e-3) {
        refuse(node, fmt::format("delays by {} s, which is no whole number of steps of {} s", seconds, dt_));
      }
      seconds = rounded;
      longest = std::max(longest, rounded);
    }
    add(node, id_of(node), "fixed_delay",
        {{"longest", static_cast<std::int64_t>(std::max(1.0, longest))}}, shape_,
        {{"delays", std::move(steps)}});
  }

  void scale(const NirNode& node) {
    if (!nir::multiply(made_, spread(node, "scale", size_of(shape_)))) {
      refuse(node, "stands behind no weights that could take its factors");
    }
    made_.nodes[made_.network.layers.back().id] = node.name;
  }

  /// A neuron by itself, with a cycle of weights, or the first node of a ParaLIF.
  const NirNode* neurons_from(const NirNode& node, const nir::Filter& filter) {
    if (factor_ != 1.0) {
      refuse(node, fmt::format("gets sums of '{}' without weights between, where means are known", summed_));
    }
    nir::NeuronPattern pattern{&node, filter};
    const auto next = after(node);
    if (filter.fires()) {
      for (const NirNode* one : next) {
        if (one->type != "Linear" && one->type != "Affine") continue;
        if (after(*one) == std::vector{&node} && before(*one) == std::vector{&node}) pattern.cycle = one;
      }
      if (pattern.cycle != nullptr) done_.insert(pattern.cycle->name);
    } else {
      pattern = membrane_pattern(node, filter);
    }
    for (const NirNode* part : pattern.parts) done_.insert(part->name);
    const std::string id = id_of(*pattern.last());
    nir::NeuronLayers layers = nir::layers_of(pattern, id, shape_, dt_, made_);
    for (auto& one : layers.layers) {
      if (one.layer.id != id) one.layer.id = id_of({one.layer.id, ""});
      made_.network.layers.push_back(one.layer);
      made_.tensors[one.layer.id] = std::move(one.tensors);
    }
    made_.nodes[made_.network.layers.back().id] = pattern.last()->name;
    done_.insert(node.name);
    return pattern.last();
  }

  [[nodiscard]] const NirNode* only(const std::vector<const NirNode*>& nodes, const char* type) const {
    const NirNode* found = nullptr;
    for (const NirNode* node : nodes) {
      if (node->type != type) continue;
      if (found != nullptr) return nullptr;
      found = node;
    }
    return found;
  }

  /// A membrane and what is made of it: nothing, a Threshold, one of its change, or the recurrent
  /// form that to_nir() writes.
  nir::NeuronPattern membrane_pattern(const NirNode& node, const nir::Filter& filter) {
    nir::NeuronPattern pattern{&node, filter};
    const auto next = after(node);
    const NirNode* threshold = only(next, "Threshold");
    const NirNode* earlier = only(next, "Delay");
    const NirNode* twice = only(next, "Scale");
    if (next.size() == 1 && threshold != nullptr && before(*threshold).size() == 1) {
      pattern.threshold = threshold;
    } else if (next.size() == 2 && threshold != nullptr && earlier != nullptr) {
      const auto behind = after(*earlier);
      if (behind.size() == 1 && behind[0]->type == "Scale" &&
          after(*behind[0]) == std::vector{threshold} && before(*threshold).size() == 2) {
        pattern.threshold = threshold;
        pattern.change = true;
        pattern.parts = {earlier, behind[0]};
        nir::require_all(*earlier, "delay", size_of(shape_), dt_);
        nir::require_all(*behind[0], "scale", size_of(shape_), -1.0);
      }
    } else if (next.size() == 2 && twice != nullptr && earlier != nullptr) {
      recurrent_pattern(pattern, *earlier, *twice);
    }
    return pattern;
  }

  void recurrent_pattern(nir::NeuronPattern& pattern, const NirNode& earlier, const NirNode& twice) {
    const auto along = [&](const NirNode& from, const char* type) -> const NirNode& {
      const auto next = after(from);
      if (next.size() != 1 || next[0]->type != type) {
        refuse(from, fmt::format("is no part of a recurrent ParaLIF: a {} is to follow", type));
      }
      return *next[0];
    };
    const NirNode& hidden = along(earlier, "Threshold");
    const NirNode& weights = along(hidden, "Affine");
    const NirNode& second = along(weights, pattern.first->type.c_str());
    const NirNode& spikes = along(second, "Threshold");
    if (after(twice) != std::vector{&spikes}) refuse(twice, "is no part of a recurrent ParaLIF");
    const std::int64_t units = size_of(shape_);
    nir::require_all(earlier, "delay", units, dt_);
    nir::require_all(twice, "scale", units, 2.0);
    const auto filter = nir::filter_of(second, units, dt_);
    if (!filter || !filter->same_as(pattern.filter)) refuse(second, "has other constants than the first filter");
    if (spread(hidden, "threshold", units) != spread(spikes, "threshold", units)) {
      refuse(hidden, "has another threshold than the output");
    }
    pattern.threshold = &spikes;
    pattern.cycle = &weights;
    pattern.parts = {&earlier, &twice, &hidden, &weights, &second};
  }

  const NirGraph& graph_;
  double dt_;
  std::map<std::string, std::size_t> place_;
  std::map<std::string, std::vector<const NirNode*>> after_, before_;
  std::set<std::string> done_;
  Shape shape_;  ///< of what the chain gives so far
  double factor_ = 1.0;  ///< of sums that the next weights are to take
  std::string summed_;
  ImportedNetwork made_;
};

}  // namespace

ImportedNetwork network_from_nir(const NirGraph& graph, double time_step_s) {
  if (!(time_step_s > 0)) {
    throw Error(Error::Kind::setting, "time step", fmt::format("is {}; it must be above 0", time_step_s));
  }
  return Importer(graph, time_step_s).network();
}

}  // namespace paralif
