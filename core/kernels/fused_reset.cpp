#include "core/kernels/fused_reset.h"

#include "core/kernels/pass_tensors.h"
#include "core/kernels/saved_rule.h"

namespace paralif {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr std::int64_t tile_width = 64;

struct Settings {
  Tensor keep, gain, threshold;  ///< (N)
};

template <typename T>
void run_forward(const Tensor& input, const Settings& s, cpu::Reset reset, const Tensor& spikes,
                 const Tensor& potential, const Tensor& membrane) {
  cpu::ResetForward<T> args;
  args.shape = shape_of(input);
  args.reset = reset;
  args.input = input.data_ptr<T>();
  args.keep = s.keep.data_ptr<T>();
  args.gain = s.gain.data_ptr<T>();
  args.threshold = s.threshold.data_ptr<T>();
  args.spikes = data_or_null<T>(spikes);
  args.potential = data_or_null<T>(potential);
  args.membrane = data_or_null<T>(membrane);
  const auto& sweeps = cpu::reset_sweeps<T>();
  share_out(cpu::sweeps<T>().items(args.shape), args.shape.steps * tile_width,
            [&](std::int64_t begin, std::int64_t end) { sweeps.forward(args, begin, end); });
}

struct Gradients {
  Tensor spikes, membrane;              ///< given
  Tensor input, keep, gain, threshold;  ///< wanted; the last three (B, N)
};

template <typename T>
void run_backward(const Tensor& input, const Tensor& potential, const Settings& s,
                  const ResetOptions& options, const Gradients& g) {
  cpu::ResetBackward<T> args;
  args.shape = shape_of(potential);
  args.reset = options.reset;
  args.detached = options.detached;
  args.rule = options.rule;
  args.grad_spikes = data_or_null<T>(g.spikes);
  args.grad_membrane = data_or_null<T>(g.membrane);
  args.potential = potential.data_ptr<T>();
  args.input = data_or_null<T>(input);
  args.keep = s.keep.data_ptr<T>();
  args.gain = s.gain.data_ptr<T>();
  args.threshold = s.threshold.data_ptr<T>();
  args.grad_input = g.input.data_ptr<T>();
  args.grad_keep = data_or_null<T>(g.keep);
  args.grad_gain = data_or_null<T>(g.gain);
  args.grad_threshold = data_or_null<T>(g.threshold);
  const auto& sweeps = cpu::reset_sweeps<T>();
  share_out(cpu::sweeps<T>().items(args.shape), args.shape.steps * tile_width,
            [&](std::int64_t begin, std::int64_t end) { sweeps.backward(args, begin, end); });
}

class FusedReset : public torch::autograd::Function<FusedReset> {
 public:
  static variable_list forward(AutogradContext* context, const Tensor& given, const Tensor& keep,
                               const Tensor& gain, const Tensor& threshold,
                               const ResetOptions& options, bool training) {
    const Tensor input = given.contiguous();
    const std::int64_t neurons = input.size(2);
    const Settings s{per_neuron(keep, neurons), per_neuron(gain, neurons),
                     per_neuron(threshold, neurons)};
    const bool fires = options.reset != cpu::Reset::none;
    const Tensor spikes = fires ? reused_like(input) : Tensor();
    const Tensor potential = training ? reused_like(input) : Tensor();
    const Tensor membrane = !fires || options.want_membrane ? reused_like(input) : Tensor();
    AT_DISPATCH_FLOATING_TYPES(input.scalar_type(), "fused_reset", [&] {
      run_forward<scalar_t>(input, s, options.reset, spikes, potential, membrane);
    });
    if (training) {
      const Tensor kept = gain.requires_grad() ? input : torch::empty({0}, input.options());
      context->save_for_backward(
          {kept, potential, s.keep, s.gain, s.threshold, keep, gain, threshold});
      save_rule(context, options.rule);
      context->saved_data["reset"] = static_cast<std::int64_t>(options.reset);
      context->saved_data["detached"] = options.detached;
      context->saved_data["keep"] = keep.requires_grad();
      context->saved_data["gain"] = gain.requires_grad();
      context->saved_data["threshold"] = threshold.requires_grad() && fires;
    }
    context->set_materialize_grads(false);
    return {or_empty(spikes, input), or_empty(membrane, input)};
  }

  static variable_list backward(AutogradContext* context, variable_list grads) {
    variable_list result(6);
    if (!grads[0].defined() && !grads[1].defined()) return result;
    const auto saved = context->get_saved_variables();
    auto& data = context->saved_data;
    const Tensor& potential = saved[1];
    const torch::TensorOptions plain = potential.options().requires_grad(false);
    const auto per_sample = [&](const char* name) {
      return data[name].toBool() ? torch::zeros({potential.size(0), potential.size(2)}, plain)
                                 : Tensor();
    };
    const auto given = [](const Tensor& g) { return g.defined() ? g.contiguous() : g; };
    const Gradients g{given(grads[0]),    given(grads[1]),    reused_like(potential),
                      per_sample("keep"), per_sample("gain"), per_sample("threshold")};
    ResetOptions options;
    options.reset = static_cast<cpu::Reset>(data["reset"].toInt());
    options.detached = data["detached"].toBool();
    options.rule = saved_rule(context);
    AT_DISPATCH_FLOATING_TYPES(potential.scalar_type(), "fused_reset_backward", [&] {
      run_backward<scalar_t>(or_undefined(saved[0]), potential, {saved[2], saved[3], saved[4]},
                             options, g);
    });
    result[0] = g.input;
    if (g.keep.defined()) result[1] = reduced_like(g.keep, saved[5]);
    if (g.gain.defined()) result[2] = reduced_like(g.gain, saved[6]);
    if (g.threshold.defined()) result[3] = reduced_like(g.threshold, saved[7]);
    return result;
  }
};

}  // namespace

ResetPass fused_reset(const Tensor& input, const Tensor& keep, const Tensor& gain,
                      const Tensor& threshold, const ResetOptions& options) {
  const bool training =
      torch::GradMode::is_enabled() && (input.requires_grad() || keep.requires_grad() ||
                                        gain.requires_grad() || threshold.requires_grad());
  const auto out = FusedReset::apply(input, keep, gain, threshold, options, training);
  return {or_undefined(out[0]), or_undefined(out[1])};
}

}  // namespace paralif
