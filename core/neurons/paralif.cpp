// ParaLIF: step by step, by FFT as published, and by the fused passes.
//
// Recurrence has two passes: the hidden spikes h come from the feed-forward membrane M one step
// earlier, and the final membrane is M + filter(x + fc(h)) = 2 M + filter(fc(h)).
#include "core/kernels/fused.h"
#include "core/kernels/interruption.h"
#include "core/kernels/spike_linear.h"
#include "core/neurons/neuron_layer.h"
#include "core/neurons/reference_forms.h"

namespace paralif {
namespace {

using torch::Tensor;

/// What the published FFT adds to the linear filter.
Tensor wrapped_part(const Tensor& x, const Tensor& alpha, const Tensor& beta) {
  return reference::filter_wrapped(x, alpha, beta) - reference::filter_by_fft(x, alpha, beta);
}

/// Feedback that starts at rest: nothing reaches the first step.
Tensor without_first(const Tensor& feedback) {
  const Tensor later = feedback.slice(1, 1, feedback.size(1));
  return torch::constant_pad_nd(later, {0, 0, 1, 0}, 0);
}

}  // namespace

NeuronOutput NeuronLayer::paralif_sequential(const Tensor& x, const SpikeRule& hidden,
                                             const SpikeRule& output) {
  const auto& s = settings_;
  const Tensor a = alpha();
  const Tensor b = beta();
  const Tensor theta = threshold();
  const Tensor zero = torch::zeros({x.size(0), x.size(2)}, x.options());
  const auto noise_of = [&](const SpikeRule& rule) {
    return rule.stochastic() ? rule_noise(x.sizes(), rule.noise_key, x.options().requires_grad(false))
                             : Tensor();
  };
  const Tensor hidden_noise = s.recurrent && s.recurrent_fire ? noise_of(hidden) : Tensor();
  const Tensor output_noise = noise_of(output);
  const auto at = [](const Tensor& noise, std::int64_t t) {
    return noise.defined() ? noise.select(1, t) : noise;
  };

  // Step by step: the filter of a whole sequence, and what the published FFT adds to it.
  const auto filtered = [&](const Tensor& input) {
    Tensor current = zero;
    Tensor v = zero;
    std::vector<Tensor> steps;
    for (std::int64_t t = 0; t < input.size(1); ++t) {
      throw_if_interrupted();
      current = a * current + input.select(1, t);
      v = b * v + (1 - b) * current;
      reference::watch_backward(v, t);
      steps.push_back(v);
    }
    const Tensor all = torch::stack(steps, 1);
    return s.agreement == Agreement::published_parallel ? all + wrapped_part(input, a, b) : all;
  };
  const auto spiked = [&](const Tensor& membrane, const SpikeRule& rule, const Tensor& noise) {
    Tensor previous = reference::first_potential(zero, rule);
    std::vector<Tensor> steps;
    for (std::int64_t t = 0; t < membrane.size(1); ++t) {
      throw_if_interrupted();
      const Tensor u = reference::squash(membrane.select(1, t), rule.squash);
      reference::watch_backward(u, t);
      steps.push_back(reference::spikes_of_step(u, previous, theta, rule, at(noise, t)));
      previous = u;
    }
    return torch::stack(steps, 1);
  };
  Tensor membrane = filtered(x);
  Tensor h;
  if (s.recurrent) {
    const Tensor earlier = reference::shifted_later(membrane);
    h = s.recurrent_fire ? spiked(earlier, hidden, hidden_noise) : torch::relu(earlier);
    if (hidden.from_rest) h = without_first(h);
    membrane = membrane + filtered(x + recurrent->forward(h));
  }
  return {s.fire ? spiked(membrane, output, output_noise) : membrane, membrane.detach(), h};
}

NeuronOutput NeuronLayer::paralif_fft(const Tensor& x, const SpikeRule& hidden,
                                      const SpikeRule& output) {
  const auto& s = settings_;
  const Tensor a = alpha();
  const Tensor b = beta();
  const auto spiked = [&](const Tensor& membrane, const SpikeRule& rule) {
    const Tensor noise =
        rule.stochastic() ? rule_noise(x.sizes(), rule.noise_key, x.options().requires_grad(false))
                          : Tensor();
    return reference::spikes(membrane, threshold(), rule, noise);
  };
  const auto filtered = [&](const Tensor& input) {
    throw_if_interrupted();
    return s.agreement == Agreement::published_parallel ? reference::filter_wrapped(input, a, b)
                                                        : reference::filter_by_fft(input, a, b);
  };
  Tensor membrane = filtered(x);
  Tensor h;
  if (s.recurrent) {
    const Tensor earlier = reference::shifted_later(membrane);
    h = s.recurrent_fire ? spiked(earlier, hidden) : torch::relu(earlier);
    if (hidden.from_rest) h = without_first(h);
    membrane = membrane + filtered(x + recurrent->forward(h));
  }
  return {s.fire ? spiked(membrane, output) : membrane, membrane.detach(), h};
}

NeuronOutput NeuronLayer::paralif_fused(const Tensor& x, const SpikeRule& hidden,
                                        const SpikeRule& output, bool want_membrane) {
  const auto& s = settings_;
  const Tensor a = alpha();
  const Tensor b = beta();
  const Tensor theta = threshold();
  const bool wraps = s.agreement == Agreement::published_parallel;
  Tensor base = wraps ? 0.5 * wrapped_part(x, a, b) : Tensor();  // the sweep adds 2 x base
  Tensor driven = x;
  Tensor h;
  if (s.recurrent) {
    SpikeRule first = hidden;
    if (!s.recurrent_fire) first.spike_function = SpikeFunction::none;
    const auto pass = fused_filter(x, base, a, b, theta, first, true, true);
    base = pass.membrane;
    h = s.recurrent_fire ? pass.spikes : torch::relu(reference::shifted_later(base));
    driven = spike_linear(h, recurrent->weight, recurrent->bias);
    if (wraps) base = base + 0.5 * wrapped_part(driven, a, b);
  }
  const auto pass = fused_filter(driven, base, a, b, theta, output, false, want_membrane);
  return {s.fire ? pass.spikes : pass.membrane,
          pass.membrane.defined() ? pass.membrane.detach() : Tensor(), h};
}

}  // namespace paralif
