#include "core/agreement/spike_comparison.h"

#include <fmt/format.h>

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
  if (rule.spike_function == SpikeFunction::delta) {
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
  return rule.spike_function == SpikeFunction::gumbel ? torch::sigmoid(2 * u) : u;
}

double deviations(const Tensor& spikes, const Tensor& probability) {
  const Tensor p = probability.to(torch::kFloat64);
  const double difference = std::abs((spikes.to(torch::kFloat64) - p).sum().item<double>());
  const double error = std::sqrt((p * (1 - p)).sum().item<double>());
  if (difference < 1e-6 * static_cast<double>(spikes.numel())) return 0.0;
  return error > 0 ? difference / error : std::numeric_limits<double>::infinity();
}

namespace {

constexpr std::int64_t most_searched_neurons = 14;

/// W h of every step, (B T, N), float64: what the recorded membrane leaves for the feedback.
Tensor recurrent_drive(const GoldenCase& golden, const NeuronLayer& layer) {
  const Tensor alpha = layer.alpha().to(torch::kFloat64);
  const Tensor beta = layer.beta().to(torch::kFloat64);
  const Tensor x = golden.input.to(torch::kFloat64);
  const auto filter = golden.parallel ? reference::filter_wrapped : reference::filter_by_fft;
  const Tensor v = golden.membrane.to(torch::kFloat64) - 2 * filter(x, alpha, beta);
  // The filter as a matrix for each neuron, (N, T, T), from its responses to single steps.
  const std::int64_t steps = x.size(1);
  const Tensor impulses =
      torch::eye(steps, x.options()).unsqueeze(2).expand({steps, steps, x.size(2)});
  const Tensor matrices = filter(impulses, alpha, beta).permute({2, 1, 0});
  const Tensor input = torch::linalg_solve(matrices, v.permute({2, 1, 0})).permute({2, 1, 0});
  const Tensor drive = input - layer.recurrent->bias.to(torch::kFloat64);
  return drive.reshape({-1, drive.size(2)});
}

/// Every vector of n zeros and ones, (2^n, n).
Tensor binary_vectors(std::int64_t n) {
  const Tensor numbers = torch::arange(std::int64_t{1} << n, torch::kInt64).unsqueeze(1);
  const Tensor places = torch::arange(n, torch::kInt64).unsqueeze(0);
  return numbers.bitwise_right_shift(places).bitwise_and(1).to(torch::kFloat64);
}

struct Nearest {
  Tensor vectors;       ///< (rows, N): the binary h whose W h lies nearest to each row
  bool unique = true;   ///< whether no other lies within `open` of a row
};

Nearest nearest_binary(const Tensor& drive, const Tensor& weight, double open) {
  const Tensor candidates = binary_vectors(weight.size(1));
  const Tensor products = torch::matmul(candidates, weight.t());
  Nearest nearest;
  std::vector<Tensor> rows;
  for (std::int64_t i = 0; i < drive.size(0); ++i) {
    const Tensor distance = std::get<0>((products - drive[i]).abs().max(1));
    const auto [two, places] = distance.topk(2, 0, false);
    rows.push_back(candidates[places[0].item<std::int64_t>()]);
    nearest.unique = nearest.unique && two[1].item<double>() > open;
  }
  nearest.vectors = torch::stack(rows);
  return nearest;
}

}  // namespace

RecoveredFeedback recovered_feedback(const GoldenCase& golden, const NeuronLayer& layer) {
  const torch::NoGradGuard no_grad;
  const Tensor drive = recurrent_drive(golden, layer);
  const Tensor weight = layer.recurrent->weight.to(torch::kFloat64);
  // How far the membrane of float32 leaves the drive open.
  const double open = 1e-3 * std::max(drive.abs().max().item<double>(),
                                      weight.abs().max().item<double>());
  const Tensor solved = std::get<0>(torch::linalg_lstsq(weight, drive.t())).t();
  const Tensor rounded = solved.round().clamp(0, 1);
  const bool clear = (solved - rounded).abs().max().item<double>() < 0.25;
  if (clear) return {rounded.reshape(golden.input.sizes()), "least squares"};
  if (weight.size(1) <= most_searched_neurons) {
    const Nearest found = nearest_binary(drive, weight, open);
    return {found.vectors.reshape(golden.input.sizes()), "search", found.unique};
  }
  const Tensor singular = torch::linalg_svdvals(weight);
  const double condition =
      singular[0].item<double>() / std::max(singular[-1].item<double>(), 1e-300);
  return {{},
          fmt::format("the recurrent weights of {} neurons are ill-conditioned ({:.0e}), so the "
                      "hidden spikes cannot be told from the membrane",
                      weight.size(1), condition),
          true, condition < 1e3};
}

}  // namespace paralif::verification
