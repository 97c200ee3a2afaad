// ParaLIF's fused pass as an autograd function.
#include "core/kernels/fused.h"
#include "core/kernels/pass_tensors.h"

namespace paralif {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr std::int64_t tile_width = 64;

struct FilterOptions {
  SpikeRule rule;
  bool shifted;
};

template <typename T>
void run_forward(const FilterOptions& options, const Tensor& x, const Tensor& base,
                 const Tensor& alpha, const Tensor& beta, const Tensor& threshold,
                 const Tensor& spikes, const Tensor& membrane, const Tensor& current) {
  cpu::FilterForward<T> args;
  args.shape = shape_of(x);
  args.rule = options.rule;
  args.shifted = options.shifted;
  args.input = x.data_ptr<T>();
  args.base = data_or_null<T>(base);
  args.alpha = alpha.data_ptr<T>();
  args.beta = beta.data_ptr<T>();
  args.threshold = data_or_null<T>(threshold);
  args.spikes = data_or_null<T>(spikes);
  args.membrane = data_or_null<T>(membrane);
  args.current = data_or_null<T>(current);
  const auto& sweeps = cpu::sweeps<T>();
  share_out(sweeps.items(args.shape), args.shape.steps * tile_width,
            [&](std::int64_t begin, std::int64_t end) { sweeps.filter_forward(args, begin, end); });
}

template <typename T>
void run_backward(const FilterOptions& options, const Tensor& grad_spikes,
                  const Tensor& grad_membrane, const Tensor& membrane, const Tensor& base,
                  const Tensor& current, const Tensor& alpha, const Tensor& beta,
                  const Tensor& threshold, const Tensor& grad_input, const Tensor& grad_base,
                  const Tensor& grad_alpha, const Tensor& grad_beta,
                  const Tensor& grad_threshold) {
  cpu::FilterBackward<T> args;
  args.shape = shape_of(membrane);
  args.rule = options.rule;
  args.shifted = options.shifted;
  args.grad_spikes = data_or_null<T>(grad_spikes);
  args.grad_membrane = data_or_null<T>(grad_membrane);
  args.membrane = membrane.data_ptr<T>();
  args.base = data_or_null<T>(base);
  args.current = data_or_null<T>(current);
  args.alpha = alpha.data_ptr<T>();
  args.beta = beta.data_ptr<T>();
  args.threshold = data_or_null<T>(threshold);
  args.grad_input = data_or_null<T>(grad_input);
  args.grad_base = data_or_null<T>(grad_base);
  args.grad_alpha = data_or_null<T>(grad_alpha);
  args.grad_beta = data_or_null<T>(grad_beta);
  args.grad_threshold = data_or_null<T>(grad_threshold);
  const auto& sweeps = cpu::sweeps<T>();
  share_out(sweeps.items(args.shape), args.shape.steps * tile_width,
            [&](std::int64_t begin, std::int64_t end) { sweeps.filter_backward(args, begin, end); });
}

class FusedFilter : public torch::autograd::Function<FusedFilter> {
 public:
  static variable_list forward(AutogradContext* context, const Tensor& input,
                               const Tensor& base_or_empty, const Tensor& alpha,
                               const Tensor& beta, const Tensor& threshold_or_empty,
                               std::int64_t squash, std::int64_t generator,
                               std::int64_t surrogate, double scale, std::int64_t key,
                               bool shifted, bool from_rest) {
    FilterOptions options;
    options.rule = {static_cast<Squash>(squash), static_cast<Generator>(generator),
                    static_cast<Surrogate>(surrogate), scale, static_cast<std::uint64_t>(key), from_rest};
    options.shifted = shifted;
    const Tensor base = or_undefined(base_or_empty);
    const Tensor threshold = or_undefined(threshold_or_empty);
    const Tensor x = input.contiguous();
    const Tensor b = base.defined() ? base.contiguous() : base;
    const std::int64_t neurons = x.size(2);
    const Tensor a_n = per_neuron(alpha, neurons);
    const Tensor b_n = per_neuron(beta, neurons);
    const Tensor t_n = threshold.defined() ? per_neuron(threshold, neurons) : threshold;
    const bool fires = options.rule.generator != Generator::none;
    const bool decays = alpha.requires_grad() || beta.requires_grad();
    Tensor spikes = fires ? torch::empty_like(x) : Tensor();
    Tensor membrane = torch::empty_like(x);
    Tensor current = decays ? torch::empty_like(x) : Tensor();
    AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "fused_filter", [&] {
      run_forward<scalar_t>(options, x, b, a_n, b_n, t_n, spikes, membrane, current);
    });
    context->save_for_backward({membrane, b, current, a_n, b_n, t_n, alpha, beta, threshold});
    context->saved_data["squash"] = squash;
    context->saved_data["generator"] = generator;
    context->saved_data["surrogate"] = surrogate;
    context->saved_data["scale"] = scale;
    context->saved_data["key"] = key;
    context->saved_data["shifted"] = shifted;
    context->saved_data["from_rest"] = from_rest;
    context->saved_data["alpha"] = alpha.requires_grad();
    context->saved_data["beta"] = beta.requires_grad();
    context->saved_data["threshold"] = options.rule.uses_threshold() && threshold.defined() && threshold.requires_grad();
    context->saved_data["base"] = base.defined() && base.requires_grad();
    context->set_materialize_grads(false);
    return {fires ? spikes : torch::empty({0}, x.options()), membrane};
  }

  static variable_list backward(AutogradContext* context, variable_list grads) {
    const auto saved = context->get_saved_variables();
    auto& data = context->saved_data;
    const Tensor& membrane = saved[0];
    FilterOptions options;
    options.rule = {static_cast<Squash>(data["squash"].toInt()),
                    static_cast<Generator>(data["generator"].toInt()),
                    static_cast<Surrogate>(data["surrogate"].toInt()), data["scale"].toDouble(),
                    static_cast<std::uint64_t>(data["key"].toInt()), data["from_rest"].toBool()};
    options.shifted = data["shifted"].toBool();
    const bool fires = options.rule.generator != Generator::none;
    const Tensor grad_spikes = fires && grads[0].defined() ? grads[0].contiguous() : Tensor();
    const Tensor grad_membrane = grads[1].defined() ? grads[1].contiguous() : Tensor();
    const auto per_sample = [&](const char* name) {
      return data[name].toBool() ? torch::zeros({membrane.size(0), membrane.size(2)}, membrane.options())
                                 : Tensor();
    };
    const Tensor grad_alpha = per_sample("alpha");
    const Tensor grad_beta = per_sample("beta");
    const Tensor grad_threshold = per_sample("threshold");
    const Tensor grad_base = data["base"].toBool() ? torch::empty_like(membrane) : Tensor();
    const Tensor grad_input = torch::empty_like(membrane);
    AT_DISPATCH_FLOATING_TYPES(membrane.scalar_type(), "fused_filter_backward", [&] {
      run_backward<scalar_t>(options, grad_spikes, grad_membrane, membrane, saved[1], saved[2],
                             saved[3], saved[4], saved[5], grad_input, grad_base, grad_alpha,
                             grad_beta, grad_threshold);
    });
    const auto reduced = [](const Tensor& per_sample_grad, const Tensor& setting) {
      return per_sample_grad.defined() ? reduced_like(per_sample_grad, setting) : Tensor();
    };
    variable_list result(12);
    result[0] = grad_input;
    result[1] = grad_base;
    result[2] = reduced(grad_alpha, saved[6]);
    result[3] = reduced(grad_beta, saved[7]);
    result[4] = reduced(grad_threshold, saved[8]);
    return result;
  }
};

}  // namespace

FilterPass fused_filter(const Tensor& input, const Tensor& base, const Tensor& alpha,
                        const Tensor& beta, const Tensor& threshold, const SpikeRule& rule,
                        bool shifted) {
  auto out = FusedFilter::apply(input, or_empty(base, input), alpha, beta,
                                or_empty(threshold, input),
                                static_cast<std::int64_t>(rule.squash),
                                static_cast<std::int64_t>(rule.generator),
                                static_cast<std::int64_t>(rule.surrogate), rule.surrogate_scale,
                                static_cast<std::int64_t>(rule.noise_key), shifted, rule.from_rest);
  return {rule.generator == Generator::none ? Tensor() : out[0], out[1]};
}

Tensor rule_noise(torch::IntArrayRef shape, std::uint64_t key,
                  const torch::TensorOptions& options) {
  Tensor noise = torch::empty(shape, options);
  AT_DISPATCH_FLOATING_TYPES(noise.scalar_type(), "rule_noise", [&] {
    const auto& sweeps = cpu::sweeps<scalar_t>();
    sweeps.uniform(key, noise.data_ptr<scalar_t>(), 0, noise.numel());
  });
  return noise;
}

}  // namespace paralif
