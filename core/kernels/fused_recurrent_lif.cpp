// Recurrent LIF as an autograd function: one matrix product and one fused step a time step.
#include "core/kernels/cuda_glue.h"
#include "core/kernels/fused.h"
#include "core/kernels/pass_tensors.h"

namespace paralif {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

struct Saved {
  Tensor potential, gate, current, feedback, alpha, beta, threshold, weight;
};

template <typename T>
void run_forward(const RecurrentLifOptions& options, const Tensor& x, const Tensor& weight,
                 const Tensor& bias, const Saved& saved, const Tensor& spikes,
                 const Tensor& membrane) {
  cpu::LifStepForward<T> args;
  args.shape = shape_of(x);
  args.refractory_steps = options.refractory_steps;
  args.fires = options.fires;
  args.feeds_spikes = options.feeds_spikes;
  const std::int64_t batch = x.size(0);
  const std::int64_t neurons = x.size(2);
  Tensor state_current = torch::zeros({batch, neurons}, x.options());
  Tensor state_membrane = torch::zeros_like(state_current);
  Tensor state_wait =
      options.refractory_steps > 0 ? torch::zeros_like(state_current) : Tensor();
  Tensor recurrent = torch::empty_like(state_current);
  const Tensor transposed = weight.t();
  args.input = x.data_ptr<T>();
  args.recurrent = recurrent.data_ptr<T>();
  args.alpha = saved.alpha.data_ptr<T>();
  args.beta = saved.beta.data_ptr<T>();
  args.threshold = data_or_null<T>(saved.threshold);
  args.state_current = state_current.data_ptr<T>();
  args.state_membrane = state_membrane.data_ptr<T>();
  args.state_wait = data_or_null<T>(state_wait);
  args.spikes = data_or_null<T>(spikes);
  args.potential = saved.potential.data_ptr<T>();
  args.membrane = membrane.data_ptr<T>();
  args.feedback = saved.feedback.data_ptr<T>();
  args.gate = data_or_null<T>(saved.gate);
  args.current = data_or_null<T>(saved.current);
  const auto& sweeps = cpu::sweeps<T>();
  for (args.t = 0; args.t < args.shape.steps; ++args.t) {
    if (args.t == 0) {
      recurrent.copy_(bias.expand_as(recurrent));
    } else {
      at::addmm_out(recurrent, bias, saved.feedback.select(1, args.t - 1), transposed);
    }
    if (x.is_cuda()) {
      throw_if_interrupted();
      lif_step_forward_on_gpu(args);
      continue;
    }
    share_out(batch, neurons, [&](std::int64_t begin, std::int64_t end) {
      sweeps.lif_step_forward(args, begin, end);
    });
  }
}

template <typename T>
void run_backward(const RecurrentLifOptions& options, const Saved& saved,
                  const Tensor& grad_spikes, const Tensor& grad_membrane,
                  const Tensor& grad_input, const Tensor& grad_alpha, const Tensor& grad_beta,
                  const Tensor& grad_threshold) {
  cpu::LifStepBackward<T> args;
  args.shape = shape_of(saved.potential);
  args.rule = options.rule;
  args.fires = options.fires;
  args.feeds_spikes = options.feeds_spikes;
  const std::int64_t batch = args.shape.batch;
  Tensor lambda = torch::zeros({batch, args.shape.neurons}, saved.potential.options());
  Tensor mu = torch::zeros_like(lambda);
  Tensor grad_feedback = torch::zeros_like(lambda);
  args.grad_spikes = data_or_null<T>(grad_spikes);
  args.grad_membrane = data_or_null<T>(grad_membrane);
  args.grad_feedback = grad_feedback.data_ptr<T>();
  args.potential = saved.potential.data_ptr<T>();
  args.gate = data_or_null<T>(saved.gate);
  args.current = data_or_null<T>(saved.current);
  args.alpha = saved.alpha.data_ptr<T>();
  args.beta = saved.beta.data_ptr<T>();
  args.threshold = data_or_null<T>(saved.threshold);
  args.state_lambda = lambda.data_ptr<T>();
  args.state_mu = mu.data_ptr<T>();
  args.grad_input = grad_input.data_ptr<T>();
  args.grad_alpha = data_or_null<T>(grad_alpha);
  args.grad_beta = data_or_null<T>(grad_beta);
  args.grad_threshold = data_or_null<T>(grad_threshold);
  const auto& sweeps = cpu::sweeps<T>();
  for (args.t = args.shape.steps - 1; args.t >= 0; --args.t) {
    if (args.t + 1 < args.shape.steps) at::mm_out(grad_feedback, mu, saved.weight);
    if (grad_input.is_cuda()) {
      throw_if_interrupted();
      lif_step_backward_on_gpu(args);
      continue;
    }
    share_out(batch, args.shape.neurons, [&](std::int64_t begin, std::int64_t end) {
      sweeps.lif_step_backward(args, begin, end);
    });
  }
}

class FusedRecurrentLif : public torch::autograd::Function<FusedRecurrentLif> {
 public:
  static variable_list forward(AutogradContext* context, const Tensor& input, const Tensor& alpha,
                               const Tensor& beta, const Tensor& threshold_or_empty,
                               const Tensor& weight, const Tensor& bias, std::int64_t surrogate, double scale,
                               double refractory_steps, bool fires, bool feeds_spikes) {
    RecurrentLifOptions options;
    options.refractory_steps = refractory_steps;
    options.fires = fires;
    options.feeds_spikes = feeds_spikes;
    const Tensor threshold = or_undefined(threshold_or_empty);
    const Tensor x = input.contiguous();
    const std::int64_t neurons = x.size(2);
    const bool decays = alpha.requires_grad() || beta.requires_grad();
    Tensor membrane = torch::empty_like(x);
    Tensor spikes = fires ? torch::empty_like(x) : Tensor();
    Saved saved;
    saved.potential = fires ? torch::empty_like(x) : membrane;
    saved.gate = refractory_steps > 0 ? torch::empty_like(x) : Tensor();
    saved.current = decays ? torch::empty_like(x) : Tensor();
    saved.feedback = torch::empty_like(x);
    saved.alpha = per_neuron(alpha, neurons);
    saved.beta = per_neuron(beta, neurons);
    saved.threshold = threshold.defined() ? per_neuron(threshold, neurons) : threshold;
    AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "fused_recurrent_lif", [&] {
      run_forward<scalar_t>(options, x, weight, bias, saved, spikes, membrane);
    });
    context->save_for_backward({saved.potential, saved.gate, saved.current, saved.feedback,
                                saved.alpha, saved.beta, saved.threshold, weight, alpha, beta,
                                threshold});
    context->saved_data["surrogate"] = surrogate;
    context->saved_data["scale"] = scale;
    context->saved_data["fires"] = fires;
    context->saved_data["feeds_spikes"] = feeds_spikes;
    context->saved_data["alpha"] = alpha.requires_grad();
    context->saved_data["beta"] = beta.requires_grad();
    context->saved_data["threshold"] = fires && threshold.requires_grad();
    context->mark_non_differentiable({saved.feedback});
    context->set_materialize_grads(false);
    return {fires ? spikes : torch::empty({0}, x.options()), membrane, saved.feedback};
  }

  static variable_list backward(AutogradContext* context, variable_list grads) {
    const auto list = context->get_saved_variables();
    auto& data = context->saved_data;
    const Saved saved{list[0], list[1], list[2], list[3], list[4], list[5], list[6], list[7]};
    RecurrentLifOptions options;
    options.rule.surrogate = static_cast<Surrogate>(data["surrogate"].toInt());
    options.rule.surrogate_scale = data["scale"].toDouble();
    options.fires = data["fires"].toBool();
    options.feeds_spikes = data["feeds_spikes"].toBool();
    const auto given = [](const Tensor& grad) {
      return grad.defined() ? grad.contiguous() : Tensor();
    };
    const Tensor grad_spikes = options.fires ? given(grads[0]) : Tensor();
    const Tensor grad_membrane = given(grads[1]);
    const auto per_sample = [&](const char* name) {
      const Tensor& like = saved.potential;
      return data[name].toBool() ? torch::zeros({like.size(0), like.size(2)}, like.options())
                                 : Tensor();
    };
    const Tensor grad_alpha = per_sample("alpha");
    const Tensor grad_beta = per_sample("beta");
    const Tensor grad_threshold = per_sample("threshold");
    const Tensor grad_input = torch::empty_like(saved.potential);
    AT_DISPATCH_FLOATING_TYPES(grad_input.scalar_type(), "fused_recurrent_lif_backward", [&] {
      run_backward<scalar_t>(options, saved, grad_spikes, grad_membrane, grad_input, grad_alpha,
                             grad_beta, grad_threshold);
    });
    const std::int64_t steps = grad_input.size(1);
    const std::int64_t neurons = grad_input.size(2);
    variable_list result(11);
    result[0] = grad_input;
    if (grad_alpha.defined()) result[1] = reduced_like(grad_alpha, list[8]);
    if (grad_beta.defined()) result[2] = reduced_like(grad_beta, list[9]);
    if (grad_threshold.defined()) result[3] = reduced_like(grad_threshold, list[10]);
    const Tensor to_step = grad_input.slice(1, 1, steps).reshape({-1, neurons});
    const Tensor from_step = saved.feedback.slice(1, 0, steps - 1).reshape({-1, neurons});
    result[4] = to_step.t().mm(from_step);
    result[5] = grad_input.sum(std::vector<std::int64_t>{0, 1});
    return result;
  }
};

}  // namespace

RecurrentLifPass fused_recurrent_lif(const Tensor& input, const Tensor& alpha,
                                     const Tensor& beta, const Tensor& threshold,
                                     const Tensor& weight, const Tensor& bias,
                                     const RecurrentLifOptions& options) {
  auto out = FusedRecurrentLif::apply(
      input, alpha, beta, or_empty(options.fires ? threshold : Tensor(), input), weight, bias,
      static_cast<std::int64_t>(options.rule.surrogate), options.rule.surrogate_scale,
      options.refractory_steps, options.fires, options.feeds_spikes);
  return {options.fires ? out[0] : Tensor(), out[1], out[2]};
}

}  // namespace paralif
