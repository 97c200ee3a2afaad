#include "core/neurons/multi_step_lif.h"

#include <cmath>

#include "core/kernels/fused_reset.h"
#include "core/neurons/reference_forms.h"
#include "datasets/error.h"

namespace paralif {

using torch::Tensor;

MultiStepLif::MultiStepLif(const MultiStepLifSettings& settings) : settings_(settings) {
  if (!(settings.tau_steps > 1.0) || !std::isfinite(settings.tau_steps)) {
    throw Error(Error::Kind::setting, "tau", "must be above 1 time step");
  }
  const auto type = torch::get_default_dtype();
  if (settings.learn_tau) {
    w_ = register_parameter(
        "w", torch::tensor(-std::log(settings.tau_steps - 1.0), torch::kFloat64).to(type));
  } else {
    rate_ =
        register_buffer("rate", torch::tensor(1.0 / settings.tau_steps, torch::kFloat64).to(type));
  }
}

Tensor MultiStepLif::rate() const {
  return settings_.learn_tau ? torch::sigmoid(w_) : rate_;
}

NeuronOutput MultiStepLif::forward(const Tensor& input, bool want_membrane) {
  if (!input.is_cpu()) return forward_by_steps(input);
  const Tensor k = rate();
  ResetOptions options;
  if (settings_.fire) {
    options.reset = settings_.reset == ResetRule::hard ? cpu::Reset::hard : cpu::Reset::soft;
  } else {
    options.reset = cpu::Reset::none;
  }
  options.detached = settings_.detach_reset;
  options.rule.surrogate = settings_.surrogate;
  options.rule.surrogate_scale = settings_.surrogate_scale;
  options.want_membrane = want_membrane;
  const Tensor threshold = torch::full({}, settings_.threshold, k.options().requires_grad(false));
  const auto pass = fused_reset(input, 1 - k, settings_.decay_input ? k : torch::ones_like(k),
                                threshold, options);
  const Tensor membrane = pass.membrane.defined() ? pass.membrane.detach() : Tensor();
  return {settings_.fire ? pass.spikes : pass.membrane, membrane, {}};
}

NeuronOutput MultiStepLif::forward_by_steps(const Tensor& input) {
  const Tensor k = rate();
  SpikeRule rule;
  rule.surrogate = settings_.surrogate;
  rule.surrogate_scale = settings_.surrogate_scale;
  Tensor v = torch::zeros_like(input.select(1, 0));
  std::vector<Tensor> spikes;
  std::vector<Tensor> membranes;
  for (std::int64_t t = 0; t < input.size(1); ++t) {
    const Tensor x = input.select(1, t);
    v = settings_.decay_input ? v + (x - v) * k : v * (1 - k) + x;
    if (settings_.fire) {
      const Tensor s = reference::heaviside_at_zero(v - settings_.threshold, rule);
      const Tensor through = settings_.detach_reset ? s.detach() : s;
      v = settings_.reset == ResetRule::hard ? v * (1 - through)
                                             : v - through * settings_.threshold;
      spikes.push_back(s);
    }
    membranes.push_back(v);
  }
  const Tensor all = torch::stack(membranes, 1);
  return {settings_.fire ? torch::stack(spikes, 1) : all, all.detach(), {}};
}

}  // namespace paralif
