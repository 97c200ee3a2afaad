#include "core/exchange/nir_nodes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/exchange/nir_interpreter.h"
#include "core/exchange/nir_parameters.h"
#include "datasets/error.h"

namespace paralif::nir {
namespace {

constexpr std::int64_t most_values = std::int64_t{1} << 28;  // of one step of a node
constexpr double longest_delay = 1e6;                        // steps

/// dt / tau, one a unit.
Values rates(const NirNode& node, const char* key, std::int64_t size, double dt) {
  Values all = spread(node, key, size);
  for (double& value : all) {
    if (!(value > 0)) refuse(node, fmt::format("has a '{}' of {}; it must be above 0", key, value));
    value = dt / value;
  }
  return all;
}

class Same final : public Node {
 public:
  void step(const Values& in, Values& out) override { out = in; }
};

class Weighted final : public Node {
 public:
  Weighted(Values weight, Values bias, std::size_t inputs)
      : weight_(std::move(weight)), bias_(std::move(bias)), inputs_(inputs) {}
  void step(const Values& in, Values& out) override {
    for (std::size_t o = 0; o < bias_.size(); ++o) {
      double sum = bias_[o];
      for (std::size_t i = 0; i < inputs_; ++i) sum += weight_[o * inputs_ + i] * in[i];
      out[o] = sum;
    }
  }

 private:
  Values weight_, bias_;
  std::size_t inputs_;
};

class Scaled final : public Node {
 public:
  explicit Scaled(Values scale) : scale_(std::move(scale)) {}
  void step(const Values& in, Values& out) override {
    for (std::size_t i = 0; i < in.size(); ++i) out[i] = scale_[i] * in[i];
  }

 private:
  Values scale_;
};

class Threshold final : public Node {
 public:
  explicit Threshold(Values threshold) : threshold_(std::move(threshold)) {}
  void step(const Values& in, Values& out) override {
    for (std::size_t i = 0; i < in.size(); ++i) out[i] = in[i] > threshold_[i] ? 1.0 : 0.0;
  }

 private:
  Values threshold_;
};

/// Every neuron and integrator: an optional synapse, a membrane, an optional threshold.
struct Dynamics {
  Values synapse_rate;   ///< dt / tau_syn; empty: no synapse
  Values w_in;           ///< of the synapse
  Values membrane_rate;  ///< dt / tau; empty: no leak
  Values r;              ///< without a leak with all factors of the input
  Values v_leak;
  Values threshold;  ///< empty: the membrane is the output
  Values reset;
};

class Neuron final : public Node {
 public:
  explicit Neuron(Dynamics d) : d_(std::move(d)), v_(d_.v_leak), current_(d_.r.size(), 0.0) {}

  void step(const Values& in, Values& out) override {
    for (std::size_t i = 0; i < in.size(); ++i) {
      double x = in[i];
      if (!d_.synapse_rate.empty()) {
        current_[i] += d_.synapse_rate[i] * (d_.w_in[i] * x - current_[i]);
        x = current_[i];
      }
      if (d_.membrane_rate.empty()) {
        v_[i] += d_.r[i] * x;
      } else {
        v_[i] += d_.membrane_rate[i] * (d_.v_leak[i] - v_[i] + d_.r[i] * x);
      }
      out[i] = v_[i];
      if (d_.threshold.empty()) continue;
      const bool fires = v_[i] > d_.threshold[i];
      out[i] = fires ? 1.0 : 0.0;
      if (fires) v_[i] = d_.reset[i];
    }
  }

 private:
  Dynamics d_;
  Values v_, current_;
};

class Delay final : public Node {
 public:
  explicit Delay(std::vector<std::int64_t> steps) : steps_(std::move(steps)) {}
  void step(const Values& in, Values& out) override {
    past_.push_back(in);
    const auto now = static_cast<std::int64_t>(past_.size()) - 1;
    for (std::size_t i = 0; i < in.size(); ++i) {
      const std::int64_t at = now - steps_[i];
      out[i] = at < 0 ? 0.0 : past_[static_cast<std::size_t>(at)][i];
    }
  }

 private:
  std::vector<std::int64_t> steps_;
  std::vector<Values> past_;
};

Made weighted(const NirNode& node, const Shape& input, bool has_bias) {
  const Array<double>& weight = needed(node, "weight");
  if (weight.shape.size() != 2) refuse(node, fmt::format("has a weight of {}", text_of(weight.shape)));
  const std::int64_t units = size_of(input);
  if (weight.shape[1] != units) {
    refuse(node, fmt::format("expects {} values, gets {}", weight.shape[1], units));
  }
  Values bias = has_bias ? spread(node, "bias", weight.shape[0])
                         : Values(static_cast<std::size_t>(weight.shape[0]), 0.0);
  return {std::make_unique<Weighted>(weight.values, std::move(bias),
                                     static_cast<std::size_t>(units)),
          {weight.shape[0]}};
}

Made flatten(const NirNode& node, const Shape& input) {
  const auto dimension = [&](const char* key, double usual) {
    double at = single(node, key, usual);
    if (at < 0) at += static_cast<double>(input.size());
    if (!(at >= 0 && at < static_cast<double>(input.size()))) {
      refuse(node, fmt::format("has a '{}' that {} has not", key, text_of(input)));
    }
    return static_cast<std::size_t>(at);
  };
  const std::size_t first = dimension("start_dim", 0);
  const std::size_t last = dimension("end_dim", -1);
  if (last < first) refuse(node, "ends before it starts");
  Shape out(input.begin(), input.begin() + static_cast<std::ptrdiff_t>(first));
  std::int64_t together = 1;
  for (std::size_t d = first; d <= last; ++d) together *= input[d];
  out.push_back(together);
  out.insert(out.end(), input.begin() + static_cast<std::ptrdiff_t>(last) + 1, input.end());
  return {std::make_unique<Same>(), out};
}

Made neuron(const NirNode& node, const Shape& input, double dt) {
  const std::int64_t n = size_of(input);
  const bool cuba = node.type.starts_with("Cuba");
  const bool fires = node.type.ends_with("F");
  const bool leaks = node.type != "IF" && node.type != "I";
  Dynamics d;
  d.r = spread(node, "r", n, 1.0);
  if (cuba) {
    d.synapse_rate = rates(node, "tau_syn", n, dt);
    d.w_in = spread(node, "w_in", n, 1.0);
  }
  if (leaks) {
    d.membrane_rate = rates(node, cuba ? "tau_mem" : "tau", n, dt);
    d.v_leak = spread(node, "v_leak", n, 0.0);
  } else {
    d.v_leak = Values(static_cast<std::size_t>(n), 0.0);
    if (node.type == "I") {
      for (double& r : d.r) r *= dt;
    }
  }
  if (fires) {
    d.threshold = spread(node, "v_threshold", n);
    d.reset = spread(node, "v_reset", n, 0.0);
  }
  return {std::make_unique<Neuron>(std::move(d)), input, fires};
}

Made delay(const NirNode& node, const Shape& input, double dt) {
  std::vector<std::int64_t> steps;
  for (const double seconds : spread(node, "delay", size_of(input))) {
    const double exact = seconds / dt;
    if (!(exact >= 0 && exact <= longest_delay)) refuse(node, fmt::format("delays by {} s", seconds));
    steps.push_back(std::llround(exact));
  }
  return {std::make_unique<Delay>(std::move(steps)), input};
}

}  // namespace

std::int64_t size_of(const Shape& shape) {
  return std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
}

Made make_node(const NirNode& node, const Shape& input, double dt) {
  Made made;
  const std::string& type = node.type;
  if (type == "Input" || type == "Output") {
    made = {std::make_unique<Same>(), input};
  } else if (type == "Affine" || type == "Linear") {
    made = weighted(node, input, type == "Affine");
  } else if (type == "Scale") {
    made = {std::make_unique<Scaled>(spread(node, "scale", size_of(input))), input};
  } else if (type == "Conv1d" || type == "Conv2d") {
    made = convolution(node, input, type == "Conv1d" ? 1 : 2);
  } else if (type == "SumPool2d" || type == "AvgPool2d") {
    made = pool(node, input, type == "AvgPool2d");
  } else if (type == "Flatten") {
    made = flatten(node, input);
  } else if (type == "Threshold") {
    made = {std::make_unique<Threshold>(spread(node, "threshold", size_of(input))), input, true};
  } else if (type == "Delay") {
    made = delay(node, input, dt);
  } else if (std::ranges::find(nir_types(), type) != nir_types().end()) {
    made = neuron(node, input, dt);
  } else {
    refuse(node, fmt::format("is of a type that is not understood; there are {}",
                             fmt::join(nir_types(), ", ")));
  }
  if (size_of(made.output) > most_values) refuse(node, "has more values than memory holds");
  return made;
}

}  // namespace paralif::nir
