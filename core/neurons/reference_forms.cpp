#include "core/neurons/reference_forms.h"

#include <cmath>

#include "core/kernels/interruption.h"

namespace paralif::reference {
namespace {

using torch::Tensor;

/// H(z) forward, g times the surrogate's slope backward, in the published order of operations.
class SurrogateStep : public torch::autograd::Function<SurrogateStep> {
 public:
  static Tensor forward(torch::autograd::AutogradContext* context, const Tensor& z, bool atan,
                        double scale, bool fires_at_zero) {
    context->save_for_backward({z});
    context->saved_data["atan"] = atan;
    context->saved_data["scale"] = scale;
    return (fires_at_zero ? z >= 0 : z > 0).to(z.dtype());
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list grads) {
    const Tensor z = context->get_saved_variables()[0];
    const double scale = context->saved_data["scale"].toDouble();
    const Tensor grad = context->saved_data["atan"].toBool()
                            ? grads[0] * (scale / 2) / (1 + (M_PI_2 * scale * z).square())
                            : grads[0] / (scale * z.abs() + 1.0).square();
    return {grad, Tensor(), Tensor(), Tensor()};
  }
};

/// `value` forward, the gradient of `smooth` backward.
Tensor straight_through(const Tensor& value, const Tensor& smooth) {
  return value + (smooth - smooth.detach());
}

Tensor generated(const Tensor& u, const Tensor& previous_u, const Tensor& threshold,
                 const SpikeRule& rule, const Tensor& noise) {
  switch (rule.spike_function) {
    case SpikeFunction::threshold: return heaviside(u - threshold, rule);
    case SpikeFunction::delta: return heaviside((u - previous_u) - threshold, rule);
    case SpikeFunction::bernoulli: {
      // Backward is g * u: the derivative of u^2 / 2.
      return straight_through((noise < u).to(u.dtype()).detach(), 0.5 * u * u);
    }
    case SpikeFunction::gumbel: {
      // softmax over (u + g1, -u + g2) with g1 - g2 = log p - log(1 - p), which is logistic.
      const Tensor gumbel_difference = torch::log(noise) - torch::log1p(-noise);
      const Tensor y = torch::sigmoid(2 * u + gumbel_difference);
      return straight_through((y > 0.5).to(u.dtype()).detach(), y);
    }
    case SpikeFunction::none: break;
  }
  return u;
}

}  // namespace

Tensor heaviside(const Tensor& z, const SpikeRule& rule) {
  return SurrogateStep::apply(z, rule.surrogate == Surrogate::atan, rule.surrogate_scale, false);
}

Tensor heaviside_at_zero(const Tensor& z, const SpikeRule& rule) {
  return SurrogateStep::apply(z, rule.surrogate == Surrogate::atan, rule.surrogate_scale, true);
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

Tensor first_potential(const Tensor& step, const SpikeRule& rule) {
  const Tensor rest = torch::zeros_like(step);
  return rule.from_rest ? squash(rest, rule.squash) : rest;
}

Tensor spikes(const Tensor& membrane, const Tensor& threshold, const SpikeRule& rule,
              const Tensor& noise) {
  const Tensor u = squash(membrane, rule.squash);
  Tensor previous;
  if (rule.spike_function == SpikeFunction::delta) {
    const Tensor first = first_potential(u.select(1, 0), rule).unsqueeze(1);
    previous = torch::cat({first, u.slice(1, 0, u.size(1) - 1)}, 1);
  }
  return generated(u, previous, threshold, rule, noise);
}

Tensor spikes_of_step(const Tensor& u, const Tensor& previous_u, const Tensor& threshold,
                      const SpikeRule& rule, const Tensor& noise) {
  return generated(u, previous_u, threshold, rule, noise);
}

namespace {

struct Responses {
  Tensor synapse, membrane;  ///< spectra of length 2T, (T + 1, 1 or N)
};

Responses responses(std::int64_t steps, const Tensor& alpha, const Tensor& beta,
                    const torch::TensorOptions& options) {
  const Tensor n = torch::arange(steps, options).unsqueeze(1);
  // pow(0, 0) = 1 gives the identity for an absent time constant.
  const Tensor synapse = torch::pow(alpha.reshape({1, -1}), n);
  const Tensor membrane = torch::pow(beta.reshape({1, -1}), n) * (1 - beta.reshape({1, -1}));
  return {torch::fft::rfft(synapse, 2 * steps, 0), torch::fft::rfft(membrane, 2 * steps, 0)};
}

}  // namespace

Tensor filter_by_fft(const Tensor& x, const Tensor& alpha, const Tensor& beta) {
  const std::int64_t steps = x.size(1);
  const std::int64_t length = 2 * steps;
  const Responses r = responses(steps, alpha, beta, x.options());
  const Tensor both = torch::fft::irfft(r.synapse * r.membrane, length, 0).slice(0, 0, steps);
  const Tensor response = torch::fft::rfft(both, length, 0).unsqueeze(0);
  return torch::fft::irfft(torch::fft::rfft(x, length, 1) * response, length, 1)
      .slice(1, 0, steps);
}

Tensor filter_wrapped(const Tensor& x, const Tensor& alpha, const Tensor& beta) {
  const std::int64_t steps = x.size(1);
  const std::int64_t length = 2 * steps;
  const Responses r = responses(steps, alpha, beta, x.options());
  const Tensor response = (r.synapse * r.membrane).unsqueeze(0);
  return torch::fft::irfft(torch::fft::rfft(x, length, 1) * response, length, 1)
      .slice(1, 0, steps);
}

Tensor shifted_later(const Tensor& x) {
  return torch::constant_pad_nd(x.slice(1, 0, x.size(1) - 1), {0, 0, 1, 0}, 0);
}

void watch_backward(const Tensor& of_step, std::int64_t step) {
  if (step % 2 != 0 || !of_step.requires_grad()) return;
  of_step.register_hook([](const Tensor&) { throw_if_interrupted(); });
}

}  // namespace paralif::reference
