#include "core/experiments/spike_comparison.h"

#include <cmath>
#include <limits>

#include "core/neurons/reference_forms.h"

namespace paralif::verification {
namespace {

using torch::Tensor;

/// Distance of the rule's argument from its threshold, from the membrane that did not spike.
Tensor distance_to_threshold(const NeuronSettings& s, const Tensor& membrane,
                             const Tensor& threshold) {
  if (s.model == NeuronModel::lif) return (membrane - threshold).abs();
  const SpikeRule rule = rule_of(s);
  const Tensor u = reference::squash(membrane, rule.squash);
  if (rule.generator == Generator::delta) {
    Tensor previous = reference::shifted_later(u);
    if (s.agreement == Agreement::published_sequential) {
      previous.select(1, 0).copy_(reference::squash(torch::zeros_like(u.select(1, 0)), rule.squash));
    }
    return ((u - previous) - threshold).abs();
  }
  return (u - threshold).abs();
}

}  // namespace

SpikeComparison compare_spikes(const GoldenCase& golden, const Tensor& membrane,
                               const Tensor& spikes, const Tensor& threshold, double tolerance) {
  const auto& s = golden.settings;
  SpikeComparison result;
  const double largest = golden.membrane.abs().max().item<double>();
  const double scale = largest > 0 ? largest : 1.0;
  Tensor counted = torch::ones(golden.membrane.sizes(), torch::kBool);

  if (s.fire) {
    const Tensor differs = spikes != golden.spikes;
    const bool resets = s.model == NeuronModel::lif;
    // The one that did not spike still shows how near it was: the other was reset.
    const Tensor shown = resets ? torch::where(golden.spikes > 0, membrane, golden.membrane)
                                : golden.membrane;
    const Tensor near = distance_to_threshold(s, shown, threshold) <= tolerance * std::max(1.0, scale);
    Tensor chain = differs;
    if (resets) {
      // Everything after a first difference depends on it.
      if (s.recurrent) chain = chain.any(2, true).expand_as(differs);
      const Tensor before = reference::shifted_later(chain.to(torch::kInt32)).cumsum(1) > 0;
      counted = before.logical_not();
      result.skipped_chains = (before.any(1)).sum().item<std::int64_t>();
    }
    const Tensor first = differs.logical_and(counted);
    result.excused = first.logical_and(near).sum().item<std::int64_t>();
    result.differing = first.logical_and(near.logical_not()).sum().item<std::int64_t>();
    if (resets) counted = counted.logical_and(first.logical_not());
  }
  const Tensor difference = torch::where(counted, (membrane - golden.membrane).abs(),
                                         torch::zeros({}, membrane.options()));
  result.membrane = difference.max().item<double>() / scale;
  if (torch::isnan(membrane).any().item<bool>()) {
    result.membrane = std::numeric_limits<double>::infinity();
  }
  return result;
}

Tensor spike_probability(const Tensor& membrane, const SpikeRule& rule) {
  const Tensor u = reference::squash(membrane, rule.squash);
  return rule.generator == Generator::gumbel ? torch::sigmoid(2 * u) : u;
}

double deviations(const Tensor& spikes, const Tensor& probability) {
  const Tensor p = probability.to(torch::kFloat64);
  const double difference = std::abs((spikes.to(torch::kFloat64) - p).sum().item<double>());
  const double error = std::sqrt((p * (1 - p)).sum().item<double>());
  if (difference < 1e-6 * static_cast<double>(spikes.numel())) return 0.0;
  return error > 0 ? difference / error : std::numeric_limits<double>::infinity();
}

Tensor recovered_feedback(const GoldenCase& golden, const NeuronLayer& layer) {
  const torch::NoGradGuard no_grad;
  const Tensor alpha = layer.alpha().to(torch::kFloat64);
  const Tensor beta = layer.beta().to(torch::kFloat64);
  const Tensor x = golden.input.to(torch::kFloat64);
  const auto filter = golden.parallel ? reference::filter_wrapped : reference::filter_by_fft;
  const Tensor v = golden.membrane.to(torch::kFloat64) - 2 * filter(x, alpha, beta);
  // The filter as a matrix for each neuron, (N, T, T), from its responses to single steps.
  const std::int64_t steps = x.size(1);
  const Tensor impulses = torch::eye(steps, x.options()).unsqueeze(2).expand({steps, steps, x.size(2)});
  const Tensor matrices = filter(impulses, alpha, beta).permute({2, 1, 0});
  const Tensor input = torch::linalg_solve(matrices, v.permute({2, 1, 0})).permute({2, 1, 0});
  const Tensor drive = input - layer.recurrent->bias.to(torch::kFloat64);
  const Tensor weight = layer.recurrent->weight.to(torch::kFloat64);
  const Tensor flat = drive.reshape({-1, drive.size(2)}).t();
  const Tensor h = std::get<0>(torch::linalg_lstsq(weight, flat));
  return h.t().reshape(drive.sizes());
}

}  // namespace paralif::verification
