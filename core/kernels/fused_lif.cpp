// LIF's fused pass, without recurrence, as an autograd function.
#include "core/kernels/fused.h"
#include "core/kernels/pass_tensors.h"

namespace paralif {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr std::int64_t tile_width = 64;

template <typename T>
void run_forward(double refractory_steps, const Tensor& x, const Tensor& alpha,
                 const Tensor& beta, const Tensor& threshold, const Tensor& spikes,
                 const Tensor& potential, const Tensor& gate, const Tensor& current) {
  cpu::LifForward<T> args;
  args.shape = shape_of(x);
  args.refractory_steps = refractory_steps;
  args.input = x.data_ptr<T>();
  args.alpha = alpha.data_ptr<T>();
  args.beta = beta.data_ptr<T>();
  args.threshold = threshold.data_ptr<T>();
  args.spikes = spikes.data_ptr<T>();
  args.potential = potential.data_ptr<T>();
  args.gate = data_or_null<T>(gate);
  args.current = data_or_null<T>(current);
  const auto& sweeps = cpu::sweeps<T>();
  share_out(sweeps.items(args.shape), args.shape.steps * tile_width,
            [&](std::int64_t begin, std::int64_t end) { sweeps.lif_forward(args, begin, end); });
}

template <typename T>
void run_backward(const SpikeRule& rule, const Tensor& grad_spikes, const Tensor& potential,
                  const Tensor& gate, const Tensor& current, const Tensor& alpha,
                  const Tensor& beta, const Tensor& threshold, const Tensor& grad_input,
                  const Tensor& grad_alpha, const Tensor& grad_beta,
                  const Tensor& grad_threshold) {
  cpu::LifBackward<T> args;
  args.shape = shape_of(potential);
  args.rule = rule;
  args.grad_spikes = grad_spikes.data_ptr<T>();
  args.potential = potential.data_ptr<T>();
  args.gate = data_or_null<T>(gate);
  args.current = data_or_null<T>(current);
  args.alpha = alpha.data_ptr<T>();
  args.beta = beta.data_ptr<T>();
  args.threshold = threshold.data_ptr<T>();
  args.grad_input = grad_input.data_ptr<T>();
  args.grad_alpha = data_or_null<T>(grad_alpha);
  args.grad_beta = data_or_null<T>(grad_beta);
  args.grad_threshold = data_or_null<T>(grad_threshold);
  const auto& sweeps = cpu::sweeps<T>();
  share_out(sweeps.items(args.shape), args.shape.steps * tile_width,
            [&](std::int64_t begin, std::int64_t end) { sweeps.lif_backward(args, begin, end); });
}

class FusedLif : public torch::autograd::Function<FusedLif> {
 public:
  static variable_list forward(AutogradContext* context, const Tensor& input, const Tensor& alpha,
                               const Tensor& beta, const Tensor& threshold,
                               std::int64_t surrogate, double scale, double refractory_steps) {
    const Tensor x = input.contiguous();
    const std::int64_t neurons = x.size(2);
    const Tensor a_n = per_neuron(alpha, neurons);
    const Tensor b_n = per_neuron(beta, neurons);
    const Tensor t_n = per_neuron(threshold, neurons);
    const bool decays = alpha.requires_grad() || beta.requires_grad();
    Tensor spikes = torch::empty_like(x);
    Tensor potential = torch::empty_like(x);
    Tensor gate = refractory_steps > 0 ? torch::empty_like(x) : Tensor();
    Tensor current = decays ? torch::empty_like(x) : Tensor();
    AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "fused_lif", [&] {
      run_forward<scalar_t>(refractory_steps, x, a_n, b_n, t_n, spikes, potential, gate, current);
    });
    context->save_for_backward({potential, gate, current, a_n, b_n, t_n, alpha, beta, threshold});
    context->saved_data["surrogate"] = surrogate;
    context->saved_data["scale"] = scale;
    context->saved_data["alpha"] = alpha.requires_grad();
    context->saved_data["beta"] = beta.requires_grad();
    context->saved_data["threshold"] = threshold.requires_grad();
    context->mark_non_differentiable({potential});
    context->set_materialize_grads(false);
    return {spikes, potential};
  }

  static variable_list backward(AutogradContext* context, variable_list grads) {
    variable_list result(7);
    if (!grads[0].defined()) return result;
    const auto saved = context->get_saved_variables();
    auto& data = context->saved_data;
    const Tensor& potential = saved[0];
    SpikeRule rule;
    rule.surrogate = static_cast<Surrogate>(data["surrogate"].toInt());
    rule.surrogate_scale = data["scale"].toDouble();
    const Tensor grad_spikes = grads[0].contiguous();
    const auto per_sample = [&](const char* name) {
      return data[name].toBool() ? torch::zeros({potential.size(0), potential.size(2)}, potential.options())
                                 : Tensor();
    };
    const Tensor grad_alpha = per_sample("alpha");
    const Tensor grad_beta = per_sample("beta");
    const Tensor grad_threshold = per_sample("threshold");
    const Tensor grad_input = torch::empty_like(potential);
    AT_DISPATCH_FLOATING_TYPES(potential.scalar_type(), "fused_lif_backward", [&] {
      run_backward<scalar_t>(rule, grad_spikes, potential, saved[1], saved[2], saved[3], saved[4],
                             saved[5], grad_input, grad_alpha, grad_beta, grad_threshold);
    });
    result[0] = grad_input;
    if (grad_alpha.defined()) result[1] = reduced_like(grad_alpha, saved[6]);
    if (grad_beta.defined()) result[2] = reduced_like(grad_beta, saved[7]);
    if (grad_threshold.defined()) result[3] = reduced_like(grad_threshold, saved[8]);
    return result;
  }
};

}  // namespace

LifPass fused_lif(const Tensor& input, const Tensor& alpha, const Tensor& beta,
                  const Tensor& threshold, const SpikeRule& rule, double refractory_steps) {
  auto out = FusedLif::apply(input, alpha, beta, threshold,
                             static_cast<std::int64_t>(rule.surrogate), rule.surrogate_scale,
                             refractory_steps);
  return {out[0], out[1]};
}

}  // namespace paralif
