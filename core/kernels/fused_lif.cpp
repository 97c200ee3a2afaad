// LIF's fused pass, without recurrence, as an autograd function.
#include "core/kernels/cuda_glue.h"
#include "core/kernels/fused.h"
#include "core/kernels/pass_tensors.h"
#include "core/kernels/saved_rule.h"

namespace paralif {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr std::int64_t tile_width = 64;

/// The tensors of a pass; undefined ones are not needed.
struct Tensors {
  Tensor input, alpha, beta, threshold, states;
};

template <typename T>
void run_forward(double refractory_steps, const Tensors& t, const Tensor& spikes,
                 const Tensor& membrane) {
  cpu::LifForward<T> args;
  args.shape = shape_of(t.input);
  args.refractory_steps = refractory_steps;
  args.input = t.input.data_ptr<T>();
  args.alpha = t.alpha.data_ptr<T>();
  args.beta = t.beta.data_ptr<T>();
  args.threshold = t.threshold.data_ptr<T>();
  args.spikes = spikes.data_ptr<T>();
  args.membrane = data_or_null<T>(membrane);
  args.states = data_or_null<T>(t.states);
  const auto& sweeps = cpu::sweeps<T>();
  share_out(sweeps.items(args.shape), args.shape.steps * tile_width,
            [&](std::int64_t begin, std::int64_t end) { sweeps.lif_forward(args, begin, end); });
}

struct Gradients {
  Tensor spikes;                         ///< given
  Tensor input, alpha, beta, threshold;  ///< wanted; the last three (B, N)
};

template <typename T>
void run_backward(const SpikeRule& rule, double refractory_steps, const Tensors& t,
                  const Gradients& g) {
  cpu::LifBackward<T> args;
  args.shape = shape_of(t.input);
  args.rule = rule;
  args.refractory_steps = refractory_steps;
  args.grad_spikes = g.spikes.data_ptr<T>();
  args.input = t.input.data_ptr<T>();
  args.states = t.states.data_ptr<T>();
  args.alpha = t.alpha.data_ptr<T>();
  args.beta = t.beta.data_ptr<T>();
  args.threshold = t.threshold.data_ptr<T>();
  args.grad_input = g.input.data_ptr<T>();
  args.grad_alpha = data_or_null<T>(g.alpha);
  args.grad_beta = data_or_null<T>(g.beta);
  args.grad_threshold = data_or_null<T>(g.threshold);
  const auto& sweeps = cpu::sweeps<T>();
  share_out(sweeps.items(args.shape), args.shape.steps * tile_width,
            [&](std::int64_t begin, std::int64_t end) { sweeps.lif_backward(args, begin, end); });
}

class FusedLif : public torch::autograd::Function<FusedLif> {
 public:
  static variable_list forward(AutogradContext* context, const Tensor& input, const Tensor& alpha,
                               const Tensor& beta, const Tensor& threshold, const SpikeRule& rule,
                               double refractory_steps, bool want_membrane, bool training) {
    Tensors t;
    t.input = input.contiguous();
    const cpu::Shape shape = shape_of(t.input);
    t.alpha = per_neuron(alpha, shape.neurons);
    t.beta = per_neuron(beta, shape.neurons);
    t.threshold = per_neuron(threshold, shape.neurons);
    const Tensor spikes = reused_like(t.input);
    Tensor membrane = want_membrane ? reused_like(t.input) : Tensor();
    if (training) {
      t.states = reused_empty({shape.batch, cpu::blocks(shape), 3, shape.neurons},
                              t.input.options());
    }
    AT_DISPATCH_FLOATING_TYPES(t.input.scalar_type(), "fused_lif", [&] {
      run_forward<scalar_t>(refractory_steps, t, spikes, membrane);
    });
    if (training) {
      context->save_for_backward({t.input, t.alpha, t.beta, t.threshold, t.states, alpha, beta,
                                  threshold});
      save_rule(context, rule);
      context->saved_data["refractory"] = refractory_steps;
      context->saved_data["alpha"] = alpha.requires_grad();
      context->saved_data["beta"] = beta.requires_grad();
      context->saved_data["threshold"] = threshold.requires_grad();
    }
    if (!membrane.defined()) membrane = torch::empty({0}, spikes.options());
    context->mark_non_differentiable({membrane});
    context->set_materialize_grads(false);
    return {spikes, membrane};
  }

  static variable_list backward(AutogradContext* context, variable_list grads) {
    variable_list result(8);
    if (!grads[0].defined()) return result;
    const auto saved = context->get_saved_variables();
    auto& data = context->saved_data;
    const Tensors t{saved[0], saved[1], saved[2], saved[3], saved[4]};
    const torch::TensorOptions options = t.alpha.options().requires_grad(false);
    const auto per_sample = [&](const char* name) {
      return data[name].toBool() ? torch::zeros({t.input.size(0), t.input.size(2)}, options)
                                 : Tensor();
    };
    const Gradients g{grads[0].contiguous(), reused_like(t.input), per_sample("alpha"),
                      per_sample("beta"), per_sample("threshold")};
    AT_DISPATCH_FLOATING_TYPES(t.input.scalar_type(), "fused_lif_backward", [&] {
      run_backward<scalar_t>(saved_rule(context), data["refractory"].toDouble(), t, g);
    });
    result[0] = g.input;
    if (g.alpha.defined()) result[1] = reduced_like(g.alpha, saved[5]);
    if (g.beta.defined()) result[2] = reduced_like(g.beta, saved[6]);
    if (g.threshold.defined()) result[3] = reduced_like(g.threshold, saved[7]);
    return result;
  }
};

}  // namespace

LifPass fused_lif(const Tensor& input, const Tensor& alpha, const Tensor& beta,
                  const Tensor& threshold, const SpikeRule& rule, double refractory_steps,
                  bool want_membrane) {
  if (input.is_cuda()) {
    return fused_lif_on_gpu(input, alpha, beta, threshold, rule, refractory_steps, want_membrane);
  }
  const bool training = torch::GradMode::is_enabled() &&
                        (input.requires_grad() || alpha.requires_grad() || beta.requires_grad() ||
                         threshold.requires_grad());
  auto out = FusedLif::apply(input, alpha, beta, threshold, rule, refractory_steps, want_membrane,
                             training);
  return {out[0], or_undefined(out[1])};
}

}  // namespace paralif
