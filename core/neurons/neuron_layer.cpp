// What LIF and ParaLIF share: decays, threshold, recurrent weights and the choice of form.
#include "core/neurons/neuron_layer.h"

#include <cmath>

#include "datasets/error.h"

namespace paralif {
namespace {

using torch::Tensor;

/// exp(-dt / tau), which is 0 at tau = 0 and where tau is absent; a scalar for one value, (N) for one a neuron.
Tensor decay_of(const std::vector<double>& tau_s, double time_step_s) {
  std::vector<double> decays;
  for (const double tau : tau_s) decays.push_back(tau > 0 ? std::exp(-time_step_s / tau) : 0.0);
  if (decays.empty()) decays.push_back(0.0);
  Tensor tensor = torch::tensor(decays, torch::kFloat64);
  if (decays.size() == 1) tensor = tensor.squeeze(0);
  return tensor.to(torch::get_default_dtype());
}

Tensor decay_parameter(const Tensor& decay, DecayInit init) {
  if (init == DecayInit::reference) return decay;
  const Tensor inside = decay.clamp(1e-6, 1 - 1e-6);
  const Tensor logit = torch::log(inside) - torch::log1p(-inside);
  return torch::where(decay == 0, torch::zeros_like(decay), logit);
}

}  // namespace

Tensor over_neurons(const Tensor& values, std::int64_t neurons) {
  if (values.numel() == 1 || values.numel() == neurons) return values;
  return values.repeat_interleave(neurons / values.numel());
}

RecurrentWeights::RecurrentWeights(std::int64_t neurons, torch::Generator generator) {
  weight = register_parameter("weight", torch::empty({neurons, neurons}));
  bias = register_parameter("bias", torch::empty({neurons}));
  initialise(weight, bias, "published", std::move(generator));
}

NeuronLayer::NeuronLayer(NeuronSettings settings, torch::Generator generator)
    : settings_(std::move(settings)) {
  validate(settings_);
  const auto& s = settings_;
  alpha_ = decay_of(s.tau_syn_s, s.time_step_s);
  beta_ = decay_of(s.tau_mem_s, s.time_step_s);
  alpha_learned_ = s.learn_tau && !s.tau_syn_s.empty();
  beta_learned_ = s.learn_tau && !s.tau_mem_s.empty();
  const auto decay = [&](const char* name, const Tensor& value, bool learned) {
    if (learned) return register_parameter(name, decay_parameter(value, s.decay_init));
    return register_buffer(name, value);
  };
  alpha_ = decay("alpha", alpha_, alpha_learned_);
  beta_ = decay("beta", beta_, beta_learned_);
  Tensor threshold = torch::tensor(s.threshold, torch::kFloat64).to(torch::get_default_dtype());
  if (s.threshold.size() == 1) threshold = threshold.squeeze(0);
  threshold_ = s.learn_threshold ? register_parameter("threshold", threshold)
                                 : register_buffer("threshold", threshold);
  if (s.recurrent) {
    recurrent = register_module(
        "recurrent", std::make_shared<RecurrentWeights>(s.neurons, std::move(generator)));
  }
}

void NeuronLayer::set_backend(Backend backend) {
  NeuronSettings changed = settings_;
  changed.backend = backend;
  validate(changed);
  settings_ = std::move(changed);
}

Tensor NeuronLayer::alpha() const {
  return over_neurons(alpha_learned_ ? torch::sigmoid(alpha_) : alpha_, settings_.neurons);
}
Tensor NeuronLayer::beta() const {
  return over_neurons(beta_learned_ ? torch::sigmoid(beta_) : beta_, settings_.neurons);
}
Tensor NeuronLayer::threshold() const {
  return over_neurons(settings_.learn_threshold ? torch::relu(threshold_) : threshold_,
                      settings_.neurons);
}

NeuronOutput NeuronLayer::forward(const Tensor& input, std::uint64_t noise_key,
                                  bool want_membrane) {
  if (input.dim() != 3 || input.size(2) != settings_.neurons) {
    throw std::logic_error("NeuronLayer: input is not (batch, time, neurons)");
  }
  const bool sequential = settings_.backend == Backend::sequential;
  if (settings_.model == NeuronModel::lif) {
    return sequential ? lif_sequential(input) : lif_fused(input, want_membrane);
  }
  SpikeRule hidden = rule_of(settings_);
  hidden.noise_key = noise_key ^ 0x9e3779b97f4a7c15ULL;
  SpikeRule output = rule_of(settings_);
  output.noise_key = noise_key;
  if (!settings_.fire) output.spike_function = SpikeFunction::none;
  hidden.from_rest = output.from_rest = settings_.agreement == Agreement::published_sequential;
  if (sequential) return paralif_sequential(input, hidden, output);
  if (settings_.backend == Backend::fft) return paralif_fft(input, hidden, output);
  return paralif_fused(input, hidden, output, want_membrane);
}

}  // namespace paralif
