// ParaLIF: step by step, by FFT as published, and by the fused passes.
//
// Recurrence has two passes: the hidden spikes h come from the feed-forward membrane M one step
// earlier, and the final membrane is M + filter(x + fc(h)) = 2 M + filter(fc(h)).
#include "core/kernels/fused.h"
#include "core/kernels/interruption.h"
#include "core/neurons/neuron_layer.h"
#include "core/neurons/reference_forms.h"

namespace paralif {

using torch::Tensor;

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

  Tensor current = zero;
  Tensor feed_forward = zero;  // M
  Tensor recurrent_current = zero;
  Tensor filtered = zero;  // filter(x + fc(h))
  Tensor hidden_u = zero;
  Tensor output_u = zero;
  std::vector<Tensor> spikes;
  std::vector<Tensor> membranes;
  std::vector<Tensor> fed;
  for (std::int64_t t = 0; t < x.size(1); ++t) {
    throw_if_interrupted();
    const Tensor now = x.select(1, t);
    const Tensor before = feed_forward;
    current = a * current + now;
    feed_forward = b * feed_forward + (1 - b) * current;
    Tensor membrane = feed_forward;
    if (s.recurrent) {
      Tensor h;
      if (!s.recurrent_fire) {
        h = torch::relu(before);
      } else if (s.silent_start && t == 0) {
        h = zero;
        hidden_u = reference::squash(before, hidden.squash);
      } else {
        const Tensor u = reference::squash(before, hidden.squash);
        h = reference::spikes_of_step(u, hidden_u, theta, hidden, at(hidden_noise, t));
        hidden_u = u;
      }
      fed.push_back(h);
      recurrent_current = a * recurrent_current + (now + recurrent->forward(h));
      filtered = b * filtered + (1 - b) * recurrent_current;
      membrane = feed_forward + filtered;
    }
    membranes.push_back(membrane);
    if (s.fire) {
      const Tensor u = reference::squash(membrane, output.squash);
      spikes.push_back(
          reference::spikes_of_step(u, output_u, theta, output, at(output_noise, t)));
      output_u = u;
    }
  }
  const Tensor all = torch::stack(membranes, 1);
  return {s.fire ? torch::stack(spikes, 1) : all, all.detach(),
          s.recurrent ? torch::stack(fed, 1).detach() : Tensor()};
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
  throw_if_interrupted();
  Tensor membrane = reference::filter_by_fft(x, a, b);
  Tensor h;
  if (s.recurrent) {
    const Tensor earlier = reference::shifted_later(membrane);
    h = s.recurrent_fire ? spiked(earlier, hidden) : torch::relu(earlier);
    membrane = membrane + reference::filter_by_fft(x + recurrent->forward(h), a, b);
  }
  return {s.fire ? spiked(membrane, output) : membrane, membrane.detach(),
          h.defined() ? h.detach() : h};
}

NeuronOutput NeuronLayer::paralif_fused(const Tensor& x, const SpikeRule& hidden,
                                        const SpikeRule& output) {
  const auto& s = settings_;
  const Tensor a = alpha();
  const Tensor b = beta();
  const Tensor theta = threshold();
  Tensor base;
  Tensor driven = x;
  Tensor h;
  if (s.recurrent) {
    SpikeRule first = hidden;
    if (!s.recurrent_fire) first.generator = Generator::none;
    const auto pass = fused_filter(x, {}, a, b, theta, first, true);
    base = pass.membrane;
    h = s.recurrent_fire ? pass.spikes : torch::relu(reference::shifted_later(base));
    driven = recurrent->forward(h);
  }
  const auto pass = fused_filter(driven, base, a, b, theta, output, false);
  return {s.fire ? pass.spikes : pass.membrane, pass.membrane.detach(),
          h.defined() ? h.detach() : h};
}

}  // namespace paralif
