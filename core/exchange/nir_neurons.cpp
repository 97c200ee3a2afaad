#include "core/exchange/nir_neurons.h"

#include <algorithm>
#include <cmath>

#include "core/exchange/nir_parameters.h"

namespace paralif::nir {
namespace {

constexpr double rounding = 1e-6;  // of single precision, in which most files are
constexpr double far_logit = 40.0;  // whose sigmoid is 1 in single precision

bool near(double a, double b) {
  return std::abs(a - b) <= rounding * std::max(std::abs(a), std::abs(b));
}

bool all_of(const Values& values, double value) {
  return std::ranges::all_of(values, [&](double v) { return near(v, value); });
}

bool uniform(const Values& values) { return all_of(values, values.front()); }

Values logits(const Values& decays) {
  Values all;
  for (const double d : decays) {
    all.push_back(d <= 0 ? -far_logit : d >= 1 ? far_logit : std::log(d) - std::log1p(-d));
  }
  return all;
}

Array<double> row(const Values& values) {
  return {{static_cast<std::int64_t>(values.size())}, values};
}

/// A time constant in seconds; absent where nothing is kept.
ParameterValue time_constant(double decay, double dt) {
  if (decay <= 0) return std::monostate{};
  return -dt / std::log(decay);
}

Values minus(Values from, const Values& what) {
  for (std::size_t i = 0; i < from.size(); ++i) from[i] -= what[i];
  return from;
}

class Maker {
 public:
  Maker(const NeuronPattern& pattern, const std::string& id, const Shape& shape, double dt,
        ImportedNetwork& made)
      : pattern_(pattern), filter_(pattern.filter), id_(id), shape_(shape), dt_(dt), made_(made) {
    layer_.layer = {id, pattern.cycle != nullptr ? "recurrent_neuron" : "neuron", {}};
    threshold_ = filter_.threshold;
    if (pattern.threshold != nullptr) {
      threshold_ = spread(*pattern.threshold, "threshold", size_of(shape));
    }
    // Measured from the resting membrane, where it starts; of a change that makes no difference.
    if (!threshold_.empty() && !pattern.change) threshold_ = minus(threshold_, filter_.leak);
    if (filter_.fires()) reset_ = minus(filter_.reset, filter_.leak);
  }

  NeuronLayers layers() {
    if (pattern_.cycle != nullptr && shape_.size() != 1) {
      refuse(*pattern_.first, "is recurrent across the places of a picture");
    }
    if (!published()) general();
    NeuronLayers all;
    all.layers.push_back(std::move(layer_));
    if (threshold_.empty() && !all_of(filter_.leak, 0.0)) all.layers.push_back(resting());
    return all;
  }

 private:
  /// LIF, ParaLIF or a read-out: v = beta v + (1 - beta) i, the rest of kappa in the weights before.
  bool published() {
    const bool resets = filter_.fires() && !all_of(reset_, 0.0);
    const bool leaks = std::ranges::all_of(filter_.beta, [](double b) { return b < 1.0; });
    const bool low = std::ranges::any_of(threshold_, [](double t) { return t < 0.0; });
    if (resets || !leaks || (low && !uniform(threshold_))) return false;
    Values gain;
    for (std::size_t i = 0; i < filter_.kappa.size(); ++i) {
      gain.push_back(filter_.kappa[i] / (1.0 - filter_.beta[i]));
    }
    if (!all_of(gain, 1.0) && !multiply(made_, gain)) return false;
    auto& values = layer_.layer.values;
    const char* paralif = pattern_.change ? "ParaLIF-D" : "ParaLIF-T";
    values["model"] = std::string(pattern_.threshold != nullptr ? paralif : "LIF");
    values["fire"] = !threshold_.empty();
    values["time_step"] = dt_;
    give_threshold();
    const bool synapse = !filter_.alpha.empty() && !all_of(filter_.alpha, 0.0);
    const bool equal = uniform(filter_.beta) && (!synapse || uniform(filter_.alpha));
    values["tau_mem"] = time_constant(filter_.beta.front(), dt_);
    values["tau_syn"] = synapse ? time_constant(filter_.alpha.front(), dt_) : ParameterValue{};
    if (!equal) {
      values["learn_tau"] = true;
      values["tau_per_neuron"] = true;
      // Present, whatever they are: the values of the neurons follow.
      values["tau_mem"] = dt_;
      layer_.tensors["beta"] = row(logits(filter_.beta));
      if (synapse) {
        values["tau_syn"] = dt_;
        layer_.tensors["alpha"] = row(logits(filter_.alpha));
      }
    }
    if (pattern_.cycle != nullptr) give_cycle(gain);
    return true;
  }

  void give_threshold() {
    if (threshold_.empty()) return;
    auto& values = layer_.layer.values;
    values["threshold"] = threshold_.front();
    if (uniform(threshold_)) return;
    values["threshold"] = 1.0;
    values["learn_threshold"] = true;
    values["share"] = std::string("neuron");
    layer_.tensors["threshold"] = row(threshold_);
  }

  /// The weights back, times what the input is multiplied by.
  void give_cycle(const Values& gain) {
    const NirNode& cycle = *pattern_.cycle;
    const auto units = static_cast<std::size_t>(size_of(shape_));
    Array<double> weight = needed(cycle, "weight");
    if (weight.shape != std::vector<std::int64_t>(2, size_of(shape_))) {
      refuse(cycle, fmt::format("has a weight of {} for {} neurons", text_of(weight.shape), units));
    }
    Values bias(units, 0.0);
    if (cycle.type == "Affine") bias = spread(cycle, "bias", size_of(shape_));
    for (std::size_t i = 0; i < units; ++i) {
      for (std::size_t k = 0; k < units; ++k) weight.values[i * units + k] *= gain[i];
      bias[i] *= gain[i];
    }
    if (filter_.fires() && !all_of(bias, 0.0)) {
      made_.notes.push_back(fmt::format(
          "The bias of '{}' counts from the first step on; some programs leave it out there.",
          cycle.name));
    }
    layer_.tensors["recurrent.weight"] = std::move(weight);
    layer_.tensors["recurrent.bias"] = row(bias);
  }

  /// The model CubaLIF, which resets to any value and has a factor of its own.
  void general() {
    const NirNode& node = *pattern_.first;
    if (pattern_.cycle != nullptr) {
      refuse(node, "is recurrent and has a reset or a factor that recurrent layers have not");
    }
    if (pattern_.threshold != nullptr) {
      refuse(node, "has no leak, or factors that no weights before it could take");
    }
    const std::size_t units = filter_.beta.size();
    const auto or_zero = [&](const Values& values) {
      return values.empty() ? Values(units, 0.0) : values;
    };
    const std::map<std::string, Values> own{{"tau_syn", or_zero(filter_.alpha)},
                                            {"tau_mem", filter_.beta},
                                            {"gain", filter_.kappa},
                                            {"threshold", or_zero(threshold_)},
                                            {"reset_to", or_zero(reset_)}};
    auto& values = layer_.layer.values;
    values["model"] = std::string("CubaLIF");
    values["fire"] = !threshold_.empty();
    values["time_step"] = dt_;
    const bool equal = std::ranges::all_of(own, [](const auto& one) { return uniform(one.second); });
    if (equal && filter_.beta.front() < 1.0) {
      for (const auto& [key, one] : own) values[key] = one.front();
      values["tau_syn"] = time_constant(own.at("tau_syn").front(), dt_);
      values["tau_mem"] = time_constant(filter_.beta.front(), dt_);
      return;
    }
    values["learn_tau"] = true;
    values["learn_threshold"] = true;
    values["share"] = std::string(equal ? "layer" : "neuron");
    for (const auto& [key, one] : own) {
      Array<double> stored = row(key.starts_with("tau") ? logits(one) : one);
      if (equal) stored = {{}, {stored.values.front()}};
      layer_.tensors[key] = std::move(stored);
    }
  }

  /// A read-out that rests at another value than 0, as a layer of weights behind it.
  NeuronLayers::One resting() const {
    if (shape_.size() != 1) refuse(*pattern_.first, "gives a picture that rests at another value than 0");
    const std::int64_t units = size_of(shape_);
    Array<double> weight{{units, units}, Values(static_cast<std::size_t>(units * units), 0.0)};
    for (std::int64_t i = 0; i < units; ++i) weight.values[static_cast<std::size_t>(i * units + i)] = 1.0;
    return {{id_ + "_rest", "linear", {{"units", units}, {"bias", true}}},
            {{"weight", std::move(weight)}, {"bias", row(filter_.leak)}}};
  }

  const NeuronPattern& pattern_;
  const Filter& filter_;
  const std::string& id_;
  const Shape& shape_;
  double dt_;
  ImportedNetwork& made_;
  NeuronLayers::One layer_;
  Values threshold_, reset_;
};

}  // namespace

bool Filter::same_as(const Filter& other) const {
  const auto same = [](const Values& a, const Values& b) {
    return std::ranges::equal(a, b, [](double x, double y) { return near(x, y); });
  };
  return same(alpha, other.alpha) && same(beta, other.beta) && same(kappa, other.kappa) &&
         same(leak, other.leak) && same(threshold, other.threshold) && same(reset, other.reset);
}

std::optional<Filter> filter_of(const NirNode& node, std::int64_t units, double dt) {
  static const std::vector<std::string> types{"I", "LI", "IF", "LIF", "CubaLI", "CubaLIF"};
  if (std::ranges::find(types, node.type) == types.end()) return std::nullopt;
  const bool cuba = node.type.starts_with("Cuba");
  const bool leaks = node.type != "IF" && node.type != "I";
  const auto decays = [&](const char* key) {
    Values all = spread(node, key, units);
    for (double& tau : all) {
      if (!(tau > 0) || dt > tau * (1 + rounding)) {
        refuse(node, fmt::format("has a '{}' of {} s, below the time step of {} s; give a smaller time step", key, tau, dt));
      }
      tau = std::max(0.0, 1.0 - dt / tau);
    }
    return all;
  };
  Filter filter;
  filter.kappa = spread(node, "r", units, 1.0);
  filter.leak = Values(static_cast<std::size_t>(units), 0.0);
  filter.beta = Values(static_cast<std::size_t>(units), 1.0);
  if (cuba) {
    filter.alpha = decays("tau_syn");
    const Values w_in = spread(node, "w_in", units, 1.0);
    for (std::size_t i = 0; i < w_in.size(); ++i) filter.kappa[i] *= w_in[i] * (1.0 - filter.alpha[i]);
  }
  if (leaks) {
    filter.beta = decays(cuba ? "tau_mem" : "tau");
    filter.leak = spread(node, "v_leak", units, 0.0);
    for (std::size_t i = 0; i < filter.beta.size(); ++i) filter.kappa[i] *= 1.0 - filter.beta[i];
  } else if (node.type == "I") {
    for (double& r : filter.kappa) r *= dt;
  }
  if (node.type.ends_with("F")) {
    filter.threshold = spread(node, "v_threshold", units);
    filter.reset = spread(node, "v_reset", units, 0.0);
  }
  return filter;
}

NeuronLayers layers_of(const NeuronPattern& pattern, const std::string& id, const Shape& shape,
                       double dt, ImportedNetwork& made) {
  return Maker(pattern, id, shape, dt, made).layers();
}

bool multiply(ImportedNetwork& made, const Values& factors) {
  if (made.network.layers.empty()) return false;
  const LayerDescription& last = made.network.layers.back();
  const bool dense = last.kind == "linear";
  if (!dense && last.kind != "conv1d" && last.kind != "conv2d") return false;
  auto& tensors = made.tensors.at(last.id);
  Array<double>& weight = tensors.at("weight");
  const auto rows = static_cast<std::size_t>(weight.shape[0]);
  const std::size_t places = factors.size() / rows;  // of a channel
  for (std::size_t i = 0; i < factors.size(); ++i) {
    if (!near(factors[i], factors[i / places * places])) return false;
  }
  const std::size_t columns = weight.values.size() / rows;
  const auto bias = tensors.find("bias");
  for (std::size_t row = 0; row < rows; ++row) {
    const double factor = factors[row * places];
    for (std::size_t k = 0; k < columns; ++k) weight.values[row * columns + k] *= factor;
    if (bias != tensors.end()) bias->second.values[row] *= factor;
  }
  return true;
}

void require_finite(const NirNode& node) {
  for (const auto& [key, array] : node.values) {
    if (std::ranges::all_of(array.values, [](double v) { return std::isfinite(v); })) continue;
    refuse(node, fmt::format("has a value of '{}' that is not finite", key));
  }
}

void require_shape(const NirNode& output, const Shape& shape) {
  const Array<double>* said = output.find("shape");
  if (said == nullptr) return;
  double product = 1;
  for (const double extent : said->values) product *= extent;
  if (product == static_cast<double>(size_of(shape))) return;
  refuse(output, fmt::format("says {} values, and {} come", product, size_of(shape)));
}

void require_all(const NirNode& node, const char* key, std::int64_t units, double value) {
  if (!all_of(spread(node, key, units), value)) {
    refuse(node, fmt::format("is no part of a ParaLIF: its '{}' would be {}", key, value));
  }
}

}  // namespace paralif::nir

namespace paralif {

NirGraph with_readout(NirGraph graph) {
  constexpr double out_of_reach = 1e8;
  for (const auto& [from, to] : graph.edges) {
    const auto named = [&](const std::string& name) {
      return std::ranges::find(graph.nodes, name, &NirNode::name);
    };
    const auto output = named(to);
    const auto last = named(from);
    if (output == graph.nodes.end() || last == graph.nodes.end() || output->type != "Output") continue;
    if (last->type != "CubaLIF" && last->type != "LIF") continue;
    const Array<double>* threshold = last->find("v_threshold");
    if (threshold == nullptr || threshold->values.empty() ||
        std::ranges::any_of(threshold->values, [](double v) { return v < out_of_reach; })) {
      continue;
    }
    last->type.pop_back();  // CubaLI, LI
    last->values.erase("v_threshold");
    last->values.erase("v_reset");
  }
  return graph;
}

}  // namespace paralif
