#include "core/neurons/reference_forms.h"

#include <cmath>

namespace paralif::reference {
namespace {

using torch::Tensor;

/// `value` forward, the gradient of `smooth` backward.
Tensor straight_through(const Tensor& value, const Tensor& smooth) {
  return value + (smooth - smooth.detach());
}

Tensor generated(const Tensor& u, const Tensor& previous_u, const Tensor& threshold,
                 const SpikeRule& rule, const Tensor& noise) {
  switch (rule.generator) {
    case Generator::threshold: return heaviside(u - threshold, rule);
    case Generator::delta: return heaviside((u - previous_u) - threshold, rule);
    case Generator::bernoulli: {
      // Backward is g * u: the derivative of u^2 / 2.
      return straight_through((noise < u).to(u.dtype()).detach(), 0.5 * u * u);
    }
    case Generator::gumbel: {
      // softmax over (u + g1, -u + g2) with g1 - g2 = log p - log(1 - p), which is logistic.
      const Tensor gumbel_difference = torch::log(noise) - torch::log1p(-noise);
      const Tensor y = torch::sigmoid(2 * u + gumbel_difference);
      return straight_through((y > 0.5).to(u.dtype()).detach(), y);
    }
    case Generator::none: break;
  }
  return u;
}

}  // namespace

Tensor heaviside(const Tensor& z, const SpikeRule& rule) {
  const double scale = rule.surrogate_scale;
  // Functions whose derivatives are the surrogates.
  const Tensor smooth = rule.surrogate == Surrogate::fastsig
                            ? z / (1 + scale * z.abs())
                            : torch::atan(M_PI_2 * scale * z) / M_PI;
  return straight_through((z > 0).to(z.dtype()).detach(), smooth);
}

Tensor squash(const Tensor& membrane, Squash kind) {
  switch (kind) {
    case Squash::identity: return membrane;
    case Squash::sigmoid: return torch::sigmoid(membrane);
    case Squash::tanh: return torch::tanh(membrane);
    case Squash::relu_tanh: return torch::relu(torch::tanh(membrane));
  }
  return membrane;
}

Tensor spikes(const Tensor& membrane, const Tensor& threshold, const SpikeRule& rule,
              const Tensor& noise) {
  const Tensor u = squash(membrane, rule.squash);
  const Tensor previous = rule.generator == Generator::delta ? shifted_later(u) : Tensor();
  return generated(u, previous, threshold, rule, noise);
}

Tensor spikes_of_step(const Tensor& u, const Tensor& previous_u, const Tensor& threshold,
                      const SpikeRule& rule, const Tensor& noise) {
  return generated(u, previous_u, threshold, rule, noise);
}

Tensor filter_by_fft(const Tensor& x, const Tensor& alpha, const Tensor& beta) {
  const std::int64_t steps = x.size(1);
  const Tensor n = torch::arange(steps, x.options()).unsqueeze(1);
  // pow(0, 0) = 1 gives the identity for an absent time constant.
  const Tensor synapse = torch::pow(alpha.reshape({1, -1}), n);
  const Tensor membrane = torch::pow(beta.reshape({1, -1}), n) * (1 - beta.reshape({1, -1}));
  const std::int64_t length = 2 * steps;
  const Tensor response = torch::fft::rfft(synapse, length, 0) * torch::fft::rfft(membrane, length, 0);
  const Tensor filtered =
      torch::fft::irfft(torch::fft::rfft(x, length, 1) * response.unsqueeze(0), length, 1);
  return filtered.slice(1, 0, steps);
}

Tensor shifted_later(const Tensor& x) {
  return torch::constant_pad_nd(x.slice(1, 0, x.size(1) - 1), {0, 0, 1, 0}, 0);
}

}  // namespace paralif::reference
