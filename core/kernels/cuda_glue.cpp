// The GPU's passes as autograd functions.
#include "core/kernels/cuda_glue.h"

#include <c10/cuda/CUDAStream.h>

#include "core/kernels/cuda/passes.h"
#include "core/kernels/pass_tensors.h"
#include "core/kernels/saved_rule.h"

namespace paralif {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

cuda::Stream stream() {
  return c10::cuda::getCurrentCUDAStream().stream();
}

/// The arguments that forward and backward of both neurons share.
template <typename T, typename Pass>
void set_common(Pass& pass, const cpu::Shape& shape, const Tensor& alpha, const Tensor& beta,
                const Tensor& threshold) {
  pass.shape = shape;
  pass.alpha = alpha.data_ptr<T>();
  pass.beta = beta.data_ptr<T>();
  pass.threshold = data_or_null<T>(threshold);
}

Tensor given(const Tensor& grad) {
  return grad.defined() ? grad.contiguous() : Tensor();
}

Tensor reduced(const Tensor& per_row, const Tensor& setting) {
  return per_row.defined() ? reduced_like(per_row, setting) : Tensor();
}

bool learns(const Tensor& tensor) {
  return tensor.defined() && tensor.requires_grad();
}

class FilterOnGpu : public torch::autograd::Function<FilterOnGpu> {
 public:
  static variable_list forward(AutogradContext* context, const Tensor& input,
                               const Tensor& base_or_empty, const Tensor& alpha, const Tensor& beta,
                               const Tensor& threshold_or_empty, const SpikeRule& rule,
                               bool shifted) {
    const c10::DeviceGuard guard(input.device());
    const Tensor base = or_undefined(base_or_empty);
    const Tensor threshold = or_undefined(threshold_or_empty);
    const Tensor x = input.contiguous();
    const Tensor b = base.defined() ? base.contiguous() : base;
    const cpu::Shape shape = shape_of(x);
    const Tensor a_n = per_neuron(alpha, shape.neurons);
    const Tensor b_n = per_neuron(beta, shape.neurons);
    const Tensor t_n = threshold.defined() ? per_neuron(threshold, shape.neurons) : threshold;
    const bool fires = rule.spike_function != SpikeFunction::none;
    const Tensor spikes = fires ? torch::empty_like(x) : torch::empty({0}, x.options());
    const Tensor membrane = torch::empty_like(x);
    const bool decays = alpha.requires_grad() || beta.requires_grad();
    const Tensor current = decays ? torch::empty_like(x) : Tensor();
    AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "fused_filter_on_gpu", [&] {
      cuda::FilterForward<scalar_t> pass;
      set_common<scalar_t>(pass, shape, a_n, b_n, t_n);
      pass.chunk_steps = shifted ? shape.steps : cuda::chunk_steps_for(shape);
      const Tensor states = torch::empty(
          {shape.batch, cuda::chunks(shape, pass.chunk_steps), 2, shape.neurons}, x.options());
      pass.rule = rule;
      pass.shifted = shifted;
      pass.input = x.data_ptr<scalar_t>();
      pass.base = data_or_null<scalar_t>(b);
      pass.membrane = membrane.data_ptr<scalar_t>();
      pass.current = data_or_null<scalar_t>(current);
      pass.spikes = fires ? spikes.data_ptr<scalar_t>() : nullptr;
      pass.states = states.data_ptr<scalar_t>();
      cuda::filter_forward(pass, stream());
    });
    context->save_for_backward({membrane, b, current, a_n, b_n, t_n, alpha, beta, threshold});
    save_rule(context, rule);
    context->saved_data["shifted"] = shifted;
    context->saved_data["wanted"] = std::vector<std::int64_t>{
        learns(alpha), learns(beta), rule.uses_threshold() && learns(threshold), learns(base)};
    context->set_materialize_grads(false);
    return {spikes, membrane};
  }

  static variable_list backward(AutogradContext* context, variable_list grads) {
    const auto saved = context->get_saved_variables();
    const Tensor& membrane = saved[0];
    const c10::DeviceGuard guard(membrane.device());
    const cpu::Shape shape = shape_of(membrane);
    const SpikeRule rule = saved_rule(context);
    const bool shifted = context->saved_data["shifted"].toBool();
    const auto wanted = context->saved_data["wanted"].toIntVector();
    const Tensor grad_spikes = rule.spike_function == SpikeFunction::none ? Tensor() : given(grads[0]);
    const Tensor grad_membrane = given(grads[1]);
    const std::int64_t chunk_steps = shifted ? shape.steps : cuda::chunk_steps_for(shape);
    const std::int64_t rows = shape.batch * cuda::chunks(shape, chunk_steps);
    const auto options = membrane.options().requires_grad(false);
    const auto sums = [&](std::int64_t want) {
      return want != 0 ? torch::zeros({rows, shape.neurons}, options) : Tensor();
    };
    const Tensor grad_alpha = sums(wanted[0]);
    const Tensor grad_beta = sums(wanted[1]);
    const Tensor grad_threshold = sums(wanted[2]);
    const Tensor grad_base = wanted[3] != 0 ? torch::empty_like(membrane) : Tensor();
    const Tensor grad_input = torch::empty_like(membrane);
    const Tensor adjoints = torch::empty({rows, 2, shape.neurons}, options);
    AT_DISPATCH_FLOATING_TYPES(membrane.scalar_type(), "fused_filter_on_gpu_backward", [&] {
      cuda::FilterBackward<scalar_t> pass;
      set_common<scalar_t>(pass, shape, saved[3], saved[4], saved[5]);
      pass.chunk_steps = chunk_steps;
      pass.rule = rule;
      pass.shifted = shifted;
      pass.grad_spikes = data_or_null<scalar_t>(grad_spikes);
      pass.grad_membrane = data_or_null<scalar_t>(grad_membrane);
      pass.membrane = membrane.data_ptr<scalar_t>();
      pass.current = data_or_null<scalar_t>(saved[2]);
      pass.base = data_or_null<scalar_t>(saved[1]);
      pass.grad_input = grad_input.data_ptr<scalar_t>();
      pass.grad_base = data_or_null<scalar_t>(grad_base);
      pass.grad_alpha = data_or_null<scalar_t>(grad_alpha);
      pass.grad_beta = data_or_null<scalar_t>(grad_beta);
      pass.grad_threshold = data_or_null<scalar_t>(grad_threshold);
      pass.adjoints = adjoints.data_ptr<scalar_t>();
      cuda::filter_backward(pass, stream());
    });
    return {grad_input,
            grad_base,
            reduced(grad_alpha, saved[6]),
            reduced(grad_beta, saved[7]),
            reduced(grad_threshold, saved[8]),
            Tensor(),
            Tensor()};
  }
};

class LifOnGpu : public torch::autograd::Function<LifOnGpu> {
 public:
  static variable_list forward(AutogradContext* context, const Tensor& input, const Tensor& alpha,
                               const Tensor& beta, const Tensor& threshold, const SpikeRule& rule,
                               double refractory_steps) {
    const c10::DeviceGuard guard(input.device());
    const Tensor x = input.contiguous();
    const cpu::Shape shape = shape_of(x);
    const Tensor a_n = per_neuron(alpha, shape.neurons);
    const Tensor b_n = per_neuron(beta, shape.neurons);
    const Tensor t_n = per_neuron(threshold, shape.neurons);
    const Tensor spikes = torch::empty_like(x);
    const Tensor potential = torch::empty_like(x);
    const Tensor gate = refractory_steps > 0 ? torch::empty_like(x) : Tensor();
    const bool decays = alpha.requires_grad() || beta.requires_grad();
    const Tensor current = decays ? torch::empty_like(x) : Tensor();
    AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "fused_lif_on_gpu", [&] {
      cuda::LifForward<scalar_t> pass;
      set_common<scalar_t>(pass, shape, a_n, b_n, t_n);
      pass.refractory_steps = refractory_steps;
      pass.input = x.data_ptr<scalar_t>();
      pass.spikes = spikes.data_ptr<scalar_t>();
      pass.potential = potential.data_ptr<scalar_t>();
      pass.gate = data_or_null<scalar_t>(gate);
      pass.current = data_or_null<scalar_t>(current);
      cuda::lif_forward(pass, stream());
    });
    context->save_for_backward({potential, gate, current, a_n, b_n, t_n, alpha, beta, threshold});
    save_rule(context, rule);
    context->saved_data["wanted"] =
        std::vector<std::int64_t>{learns(alpha), learns(beta), learns(threshold)};
    context->mark_non_differentiable({potential});
    context->set_materialize_grads(false);
    return {spikes, potential};
  }

  static variable_list backward(AutogradContext* context, variable_list grads) {
    variable_list result(6);
    if (!grads[0].defined()) return result;
    const auto saved = context->get_saved_variables();
    const Tensor& potential = saved[0];
    const c10::DeviceGuard guard(potential.device());
    const cpu::Shape shape = shape_of(potential);
    const auto wanted = context->saved_data["wanted"].toIntVector();
    const Tensor grad_spikes = grads[0].contiguous();
    const auto sums = [&](std::int64_t want) {
      return want != 0 ? torch::zeros({shape.batch, shape.neurons},
                                      potential.options().requires_grad(false))
                       : Tensor();
    };
    const Tensor grad_alpha = sums(wanted[0]);
    const Tensor grad_beta = sums(wanted[1]);
    const Tensor grad_threshold = sums(wanted[2]);
    result[0] = torch::empty_like(potential);
    AT_DISPATCH_FLOATING_TYPES(potential.scalar_type(), "fused_lif_on_gpu_backward", [&] {
      cuda::LifBackward<scalar_t> pass;
      set_common<scalar_t>(pass, shape, saved[3], saved[4], saved[5]);
      pass.rule = saved_rule(context);
      pass.grad_spikes = grad_spikes.data_ptr<scalar_t>();
      pass.potential = potential.data_ptr<scalar_t>();
      pass.gate = data_or_null<scalar_t>(saved[1]);
      pass.current = data_or_null<scalar_t>(saved[2]);
      pass.grad_input = result[0].data_ptr<scalar_t>();
      pass.grad_alpha = data_or_null<scalar_t>(grad_alpha);
      pass.grad_beta = data_or_null<scalar_t>(grad_beta);
      pass.grad_threshold = data_or_null<scalar_t>(grad_threshold);
      cuda::lif_backward(pass, stream());
    });
    result[1] = reduced(grad_alpha, saved[6]);
    result[2] = reduced(grad_beta, saved[7]);
    result[3] = reduced(grad_threshold, saved[8]);
    return result;
  }
};

}  // namespace

FilterPass fused_filter_on_gpu(const Tensor& input, const Tensor& base, const Tensor& alpha,
                               const Tensor& beta, const Tensor& threshold, const SpikeRule& rule,
                               bool shifted, bool) {
  auto out = FilterOnGpu::apply(input, or_empty(base, input), alpha, beta,
                                or_empty(rule.uses_threshold() ? threshold : Tensor(), input), rule,
                                shifted);
  return {rule.spike_function == SpikeFunction::none ? Tensor() : out[0], out[1]};
}

LifPass fused_lif_on_gpu(const Tensor& input, const Tensor& alpha, const Tensor& beta,
                         const Tensor& threshold, const SpikeRule& rule, double refractory_steps,
                         bool want_membrane) {
  auto out = LifOnGpu::apply(input, alpha, beta, threshold, rule, refractory_steps);
  return {out[0], want_membrane ? out[1] * (1 - out[0].detach()) : Tensor()};
}

void lif_step_forward_on_gpu(const cpu::LifStepForward<float>& step) {
  cuda::lif_step_forward(step, stream());
}
void lif_step_forward_on_gpu(const cpu::LifStepForward<double>& step) {
  cuda::lif_step_forward(step, stream());
}
void lif_step_backward_on_gpu(const cpu::LifStepBackward<float>& step) {
  cuda::lif_step_backward(step, stream());
}
void lif_step_backward_on_gpu(const cpu::LifStepBackward<double>& step) {
  cuda::lif_step_backward(step, stream());
}
void model_forward_on_gpu(int model, const cpu::ModelForward<float>& pass) {
  cuda::model_forward(model, pass, stream());
}
void model_forward_on_gpu(int model, const cpu::ModelForward<double>& pass) {
  cuda::model_forward(model, pass, stream());
}
void model_backward_on_gpu(int model, const cpu::ModelBackward<float>& pass) {
  cuda::model_backward(model, pass, stream());
}
void model_backward_on_gpu(int model, const cpu::ModelBackward<double>& pass) {
  cuda::model_backward(model, pass, stream());
}

}  // namespace paralif
