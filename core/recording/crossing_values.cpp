#include "core/recording/crossing_values.h"

namespace paralif {
namespace {

using torch::Tensor;

/// One neuron's column of the first sample of (B, T, features...).
std::vector<double> column(const Tensor& sequence, std::int64_t neuron) {
  const Tensor one = sequence.select(0, 0).flatten(1).select(1, neuron).to(torch::kCPU, torch::kFloat64);
  const Tensor plain = one.contiguous();
  return {plain.data_ptr<double>(), plain.data_ptr<double>() + plain.numel()};
}

double value_of(const Tensor& parameter, std::int64_t neuron) {
  const Tensor flat = parameter.detach().reshape({-1});
  return flat[flat.numel() > 1 ? neuron : 0].item<double>();
}

/// What the layer's own spikes add to each step's input.
std::vector<double> fed_back(const NeuronLayer& neurons, const Tensor& feedback,
                             std::int64_t neuron) {
  const torch::NoGradGuard no_grad;
  const Tensor weight = neurons.recurrent->weight.select(0, neuron);
  const double bias = value_of(neurons.recurrent->bias, neuron);
  const Tensor sums = torch::matmul(feedback.select(0, 0), weight.to(feedback.dtype()))
                          .to(torch::kCPU, torch::kFloat64)
                          .contiguous();
  std::vector<double> added(static_cast<std::size_t>(sums.numel()), bias);
  for (std::size_t step = 1; step < added.size(); ++step) {
    added[step] += sums.data_ptr<double>()[step - 1];
  }
  return added;
}

}  // namespace

std::vector<float> crossing_values(const NeuronLayer& neurons, const LayerTrace& output,
                                   std::int64_t neuron,
                                   std::span<const std::int32_t> spike_steps) {
  const NeuronSettings& s = neurons.settings();
  const bool known = output.input.defined() && output.membrane.defined();
  if (s.model != NeuronModel::lif || !s.fire || !known) return {};
  // In convolutional layers a channel feeds back within each place.
  if (s.recurrent && output.input.dim() > 3) return {};
  const std::vector<double> membrane = column(output.membrane, neuron);
  std::vector<double> input = column(output.input, neuron);
  if (s.recurrent) {
    const std::vector<double> more = fed_back(neurons, output.feedback, neuron);
    for (std::size_t step = 0; step < input.size(); ++step) input[step] += more[step];
  }
  const double alpha = value_of(neurons.alpha(), neuron);
  const double beta = value_of(neurons.beta(), neuron);
  const double refractory_steps = s.refractory_s / s.time_step_s;
  std::vector<float> values;
  double current = 0.0;
  double wait = 0.0;
  auto spike = spike_steps.begin();
  for (std::size_t step = 0; step < membrane.size() && spike != spike_steps.end(); ++step) {
    current = alpha * current + input[step];
    wait -= 1.0;
    if (*spike != static_cast<std::int32_t>(step)) continue;
    const double before = step > 0 ? membrane[step - 1] : 0.0;
    const bool driven = refractory_steps <= 0 || wait <= 0;
    values.push_back(
        static_cast<float>(beta * before + (driven ? (1.0 - beta) * current : 0.0)));
    wait = refractory_steps;
    ++spike;
  }
  return values;
}

}  // namespace paralif
