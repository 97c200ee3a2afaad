// LIF: step by step as published, and by the fused passes.
#include "core/kernels/fused.h"
#include "core/kernels/interruption.h"
#include "core/neurons/neuron_layer.h"
#include "core/neurons/reference_forms.h"

namespace paralif {

using torch::Tensor;

NeuronOutput NeuronLayer::lif_sequential(const Tensor& x) {
  const auto& s = settings_;
  const SpikeRule rule = rule_of(s);
  const Tensor a = alpha();
  const Tensor b = beta();
  const Tensor theta = threshold();
  const double refractory_steps = s.refractory_s / s.time_step_s;
  const bool refractory = refractory_steps > 0 && s.fire;
  Tensor current = torch::zeros({x.size(0), x.size(2)}, x.options());
  Tensor membrane = torch::zeros_like(current);
  Tensor previous = torch::zeros_like(current);
  Tensor wait = torch::zeros_like(current);
  std::vector<Tensor> spikes;
  std::vector<Tensor> membranes;
  std::vector<Tensor> fed;
  for (std::int64_t t = 0; t < x.size(1); ++t) {
    throw_if_interrupted();
    current = a * current + x.select(1, t);
    if (s.recurrent) current = current + recurrent->forward(previous);
    Tensor drive = (1 - b) * current;
    if (refractory) {
      wait = wait - 1;
      drive = drive * (wait <= 0).to(x.dtype());
    }
    membrane = b * membrane + drive;
    reference::watch_backward(membrane, t);
    Tensor fired = torch::zeros_like(membrane);
    if (s.fire) {
      fired = reference::heaviside(membrane - theta, rule);
      membrane = membrane * (1 - fired.detach());
      if (refractory) wait = torch::where(fired.detach() > 0, torch::full_like(wait, refractory_steps), wait);
      spikes.push_back(fired);
    }
    membranes.push_back(membrane);
    if (s.recurrent) {
      previous = s.recurrent_fire ? fired : torch::relu(membrane);
      fed.push_back(previous);
    }
  }
  const Tensor all = torch::stack(membranes, 1);
  return {s.fire ? torch::stack(spikes, 1) : all, all.detach(),
          s.recurrent ? torch::stack(fed, 1) : Tensor()};
}

NeuronOutput NeuronLayer::lif_fused(const Tensor& x, bool want_membrane) {
  const auto& s = settings_;
  const SpikeRule rule = rule_of(s);
  const double refractory_steps = s.fire ? s.refractory_s / s.time_step_s : 0.0;
  if (s.recurrent) {
    const auto pass = fused_recurrent_lif(x, alpha(), beta(), threshold(), recurrent->weight,
                                          recurrent->bias,
                                          {rule, refractory_steps, s.fire, s.recurrent_fire});
    Tensor feedback = pass.feedback;
    if (!s.recurrent_fire) {
      feedback = torch::relu(pass.membrane);
    } else if (s.fire) {
      feedback = pass.spikes;
    }
    return {s.fire ? pass.spikes : pass.membrane, pass.membrane.detach(), feedback};
  }
  if (!s.fire) {
    SpikeRule silent = rule;
    silent.spike_function = SpikeFunction::none;
    const auto pass = fused_filter(x, {}, alpha(), beta(), {}, silent, false, true);
    return {pass.membrane, pass.membrane.detach(), {}};
  }
  const auto pass =
      fused_lif(x, alpha(), beta(), threshold(), rule, refractory_steps, want_membrane);
  return {pass.spikes, pass.membrane, {}};
}

}  // namespace paralif
