// ParaLIF's fused pass as an autograd function.
#include "core/kernels/cuda_glue.h"
#include "core/kernels/filter_scan.h"
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
  Tensor input, base, alpha, beta, threshold, membrane, states;
};

template <typename T>
std::int64_t work_items(const cpu::Shape& shape, const cpu::Chunks& chunks) {
  return cpu::sweeps<T>().items(shape) * chunks.count;
}

template <typename T>
std::int64_t work_of_item(const cpu::Shape& shape, const cpu::Chunks& chunks) {
  return shape.steps / chunks.count * tile_width;
}

template <typename T>
void run_ends(const cpu::Shape& shape, const cpu::Chunks& chunks, const Tensors& t,
              const Tensor& drive, const Tensor& ends, bool backward) {
  cpu::FilterEnds<T> args;
  args.shape = shape;
  args.chunks = chunks;
  args.backward = backward;
  args.drive = drive.data_ptr<T>();
  args.alpha = t.alpha.data_ptr<T>();
  args.beta = t.beta.data_ptr<T>();
  args.ends = ends.data_ptr<T>();
  share_out(work_items<T>(shape, chunks), work_of_item<T>(shape, chunks),
            [&](std::int64_t begin, std::int64_t end) {
              cpu::sweeps<T>().filter_ends(args, begin, end);
            });
  if (backward) {
    join_backward(shape, chunks, args.alpha, args.beta, args.ends);
  } else {
    join_forward(shape, chunks, args.alpha, args.beta, args.ends);
  }
}

template <typename T>
void run_forward(const SpikeRule& rule, bool shifted, const Tensors& t, const Tensor& spikes) {
  cpu::FilterForward<T> args;
  args.shape = shape_of(t.input);
  args.rule = rule;
  args.shifted = shifted;
  args.input = t.input.data_ptr<T>();
  args.base = data_or_null<T>(t.base);
  args.alpha = t.alpha.data_ptr<T>();
  args.beta = t.beta.data_ptr<T>();
  args.threshold = data_or_null<T>(t.threshold);
  args.spikes = data_or_null<T>(spikes);
  args.membrane = data_or_null<T>(t.membrane);
  Tensor states = t.states;
  if (!shifted) args.chunks = chunks_of(args.shape, cpu::sweeps<T>().items(args.shape));
  if (args.chunks.count > 1) {
    if (!states.defined()) {
      states = reused_empty({args.shape.batch, cpu::blocks(args.shape), 2, args.shape.neurons},
                            t.input.options());
    }
    run_ends<T>(args.shape, args.chunks, t, t.input, states, false);
  }
  args.states = data_or_null<T>(states);
  share_out(work_items<T>(args.shape, args.chunks), work_of_item<T>(args.shape, args.chunks),
            [&](std::int64_t begin, std::int64_t end) {
              cpu::sweeps<T>().filter_forward(args, begin, end);
            });
}

struct Gradients {
  Tensor spikes, membrane;                     ///< given
  Tensor input, base, alpha, beta, threshold;  ///< wanted; the last three (rows, N)
};

template <typename T>
void run_backward(const cpu::Shape& shape, const cpu::Chunks& chunks, const SpikeRule& rule,
                  bool shifted, const Tensors& t, const Gradients& g) {
  cpu::FilterBackward<T> args;
  args.shape = shape;
  args.chunks = chunks;
  args.rule = rule;
  args.shifted = shifted;
  args.grad_spikes = data_or_null<T>(g.spikes);
  args.grad_membrane = data_or_null<T>(g.membrane);
  args.membrane = data_or_null<T>(t.membrane);
  args.input = data_or_null<T>(t.input);
  args.states = data_or_null<T>(t.states);
  args.base = data_or_null<T>(t.base);
  args.alpha = t.alpha.data_ptr<T>();
  args.beta = t.beta.data_ptr<T>();
  args.threshold = data_or_null<T>(t.threshold);
  args.grad_input = g.input.data_ptr<T>();
  args.grad_threshold = data_or_null<T>(g.threshold);
  const auto sweep = [&] {
    share_out(work_items<T>(shape, chunks), work_of_item<T>(shape, chunks),
              [&](std::int64_t begin, std::int64_t end) {
                cpu::sweeps<T>().filter_backward(args, begin, end);
              });
  };
  Tensor adjoints;
  if (chunks.count > 1) {
    args.rule_only = true;
    sweep();
    adjoints =
        torch::zeros({shape.batch, chunks.count, 2, shape.neurons}, g.input.options());
    run_ends<T>(shape, chunks, t, g.input, adjoints, true);
    args.adjoints = adjoints.data_ptr<T>();
    args.rule_only = false;
    args.rule.spike_function = SpikeFunction::none;  // its gradient now lies in grad_input
    args.grad_spikes = nullptr;
    args.grad_threshold = nullptr;
    args.grad_membrane = args.grad_input;
  }
  args.grad_base = data_or_null<T>(g.base);
  args.grad_alpha = data_or_null<T>(g.alpha);
  args.grad_beta = data_or_null<T>(g.beta);
  sweep();
}

class FusedFilter : public torch::autograd::Function<FusedFilter> {
 public:
  static variable_list forward(AutogradContext* context, const Tensor& input,
                               const Tensor& base_or_empty, const Tensor& alpha,
                               const Tensor& beta, const Tensor& threshold_or_empty,
                               const SpikeRule& rule, bool shifted, bool want_membrane,
                               bool training) {
    const Tensor base = or_undefined(base_or_empty);
    const Tensor threshold = or_undefined(threshold_or_empty);
    const bool fires = rule.spike_function != SpikeFunction::none;
    const bool decays = training && (alpha.requires_grad() || beta.requires_grad());
    Tensors t;
    t.input = input.contiguous();
    t.base = base.defined() ? base.contiguous() : base;
    const std::int64_t neurons = t.input.size(2);
    t.alpha = per_neuron(alpha, neurons);
    t.beta = per_neuron(beta, neurons);
    t.threshold = threshold.defined() ? per_neuron(threshold, neurons) : threshold;
    Tensor spikes = fires ? reused_like(t.input) : Tensor();
    if (!fires || shifted || want_membrane) t.membrane = reused_like(t.input);
    if (decays || (training && fires && !shifted)) {
      const cpu::Shape shape = shape_of(t.input);
      t.states = reused_empty({shape.batch, cpu::blocks(shape), 2, shape.neurons},
                              t.input.options());
    }
    AT_DISPATCH_FLOATING_TYPES(t.input.scalar_type(), "fused_filter",
                               [&] { run_forward<scalar_t>(rule, shifted, t, spikes); });
    if (training) {
      const Tensor none;
      context->save_for_backward({t.states.defined() ? t.input : none,
                                  t.states.defined() ? t.base : none, t.alpha, t.beta, t.threshold,
                                  shifted ? t.membrane : none, t.states, alpha, beta, threshold});
      save_rule(context, rule);
      context->saved_data["shape"] = t.input.sizes().vec();
      context->saved_data["shifted"] = shifted;
      context->saved_data["alpha"] = alpha.requires_grad();
      context->saved_data["beta"] = beta.requires_grad();
      context->saved_data["threshold"] =
          rule.uses_threshold() && threshold.defined() && threshold.requires_grad();
      context->saved_data["base"] = base.defined() && base.requires_grad();
    }
    context->set_materialize_grads(false);
    const Tensor nothing = torch::empty({0}, t.input.options().requires_grad(false));
    return {fires ? spikes : nothing, t.membrane.defined() ? t.membrane : nothing};
  }

  static variable_list backward(AutogradContext* context, variable_list grads) {
    const auto saved = context->get_saved_variables();
    auto& data = context->saved_data;
    Tensors t{saved[0], saved[1], saved[2], saved[3], saved[4], saved[5], saved[6]};
    const SpikeRule rule = saved_rule(context);
    const auto sizes = data["shape"].toIntVector();
    const cpu::Shape shape{sizes[0], sizes[1], sizes[2]};
    const bool shifted = data["shifted"].toBool();
    Gradients g;
    const auto given = [](const Tensor& grad) {
      return grad.defined() && grad.numel() > 0 ? grad.contiguous() : Tensor();
    };
    if (rule.spike_function != SpikeFunction::none) g.spikes = given(grads[0]);
    g.membrane = given(grads[1]);
    const torch::TensorOptions options = t.alpha.options().requires_grad(false);
    AT_DISPATCH_FLOATING_TYPES(t.alpha.scalar_type(), "fused_filter_backward", [&] {
      cpu::Chunks chunks;
      if (!shifted) chunks = chunks_of(shape, cpu::sweeps<scalar_t>().items(shape));
      const auto rows = [&](const char* name) {
        return data[name].toBool()
                   ? torch::zeros({shape.batch * chunks.count, shape.neurons}, options)
                   : Tensor();
      };
      g.alpha = rows("alpha");
      g.beta = rows("beta");
      g.threshold = rows("threshold");
      if (data["base"].toBool()) g.base = reused_empty(sizes, options);
      g.input = reused_empty(sizes, options);
      run_backward<scalar_t>(shape, chunks, rule, shifted, t, g);
    });
    const auto reduced = [](const Tensor& per_row, const Tensor& setting) {
      return per_row.defined() ? reduced_like(per_row, setting) : Tensor();
    };
    variable_list result(9);
    result[0] = g.input;
    result[1] = g.base;
    result[2] = reduced(g.alpha, saved[7]);
    result[3] = reduced(g.beta, saved[8]);
    result[4] = reduced(g.threshold, saved[9]);
    return result;
  }
};

}  // namespace

FilterPass fused_filter(const Tensor& input, const Tensor& base, const Tensor& alpha,
                        const Tensor& beta, const Tensor& threshold, const SpikeRule& rule,
                        bool shifted, bool want_membrane) {
  if (input.is_cuda()) {
    return fused_filter_on_gpu(input, base, alpha, beta, threshold, rule, shifted, want_membrane);
  }
  const auto learns = [](const Tensor& tensor) { return tensor.defined() && tensor.requires_grad(); };
  const bool training = torch::GradMode::is_enabled() &&
                        (learns(input) || learns(base) || learns(alpha) || learns(beta) ||
                         (rule.uses_threshold() && learns(threshold)));
  auto out = FusedFilter::apply(input, or_empty(base, input), alpha, beta,
                                or_empty(rule.uses_threshold() ? threshold : Tensor(), input), rule,
                                shifted, want_membrane, training);
  return {rule.spike_function == SpikeFunction::none ? Tensor() : out[0], or_undefined(out[1])};
}

Tensor rule_noise(torch::IntArrayRef shape, std::uint64_t key,
                  const torch::TensorOptions& options) {
  Tensor noise = torch::empty(shape, options.device(torch::kCPU));
  AT_DISPATCH_FLOATING_TYPES(noise.scalar_type(), "rule_noise", [&] {
    const auto& sweeps = cpu::sweeps<scalar_t>();
    sweeps.uniform(key, noise.data_ptr<scalar_t>(), 0, noise.numel());
  });
  return noise.to(options.device());
}

}  // namespace paralif
