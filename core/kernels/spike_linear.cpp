#include "core/kernels/spike_linear.h"

#include "core/kernels/cpu/linear_args.h"
#include "core/kernels/pass_tensors.h"

namespace paralif {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// Rows of input as tensors: dense, or row starts, units and values.
struct Rows {
  Tensor dense, row_start, unit, value;
  std::int64_t count = 0;
  std::int64_t inputs = 0;

  template <typename T>
  [[nodiscard]] cpu::SpikeRows<T> pointers() const {
    cpu::SpikeRows<T> rows;
    rows.rows = count;
    rows.inputs = inputs;
    rows.dense = data_or_null<T>(dense);
    rows.row_start = data_or_null<std::int64_t>(row_start);
    rows.unit = data_or_null<std::int32_t>(unit);
    rows.value = data_or_null<float>(value);
    return rows;
  }
};

std::int64_t stride_of(std::int64_t outputs) { return (outputs + 15) / 16 * 16; }

/// (rows, columns) with columns padded by zeros to a whole number of vectors.
Tensor padded(const Tensor& matrix) {
  const std::int64_t columns = matrix.size(-1);
  const Tensor plain = matrix.detach();
  if (stride_of(columns) == columns) return plain.contiguous();
  return torch::constant_pad_nd(plain, {0, stride_of(columns) - columns}).contiguous();
}

template <typename T>
void run_gather(const Rows& rows, const Tensor& weight, const Tensor& bias, const Tensor& output) {
  cpu::GatherRows<T> args;
  args.spikes = rows.pointers<T>();
  args.outputs = output.size(-1);
  args.stride = weight.size(1);
  args.weight = weight.data_ptr<T>();
  args.bias = bias.data_ptr<T>();
  args.output = output.data_ptr<T>();
  share_out(cpu::row_panels(rows.count), cpu::row_panel * args.outputs,
            [&](std::int64_t begin, std::int64_t end) {
              cpu::linear_sweeps<T>().gather(args, begin, end);
            });
}

/// input (..., K) x weight (K, stride) + bias, dense.
template <typename T>
void run_dense(const Tensor& input, const Tensor& weight, const Tensor& bias,
               const Tensor& output) {
  cpu::DenseRows<T> args;
  args.inputs = input.size(-1);
  args.rows = input.numel() / args.inputs;
  args.outputs = output.size(-1);
  args.stride = weight.size(1);
  args.input = input.data_ptr<T>();
  args.weight = weight.data_ptr<T>();
  args.bias = data_or_null<T>(bias);
  args.output = output.data_ptr<T>();
  share_out(cpu::row_panels(args.rows), cpu::row_panel * args.outputs,
            [&](std::int64_t begin, std::int64_t end) {
              cpu::linear_sweeps<T>().dense(args, begin, end);
            });
}

struct LinearGradients {
  Tensor weight, bias;
};

template <typename T>
LinearGradients run_scatter(const Rows& rows, const Tensor& grad) {
  cpu::ScatterRows<T> args;
  args.spikes = rows.pointers<T>();
  args.outputs = grad.size(-1);
  args.stride = stride_of(args.outputs);
  args.parts = rows.count >= 4096 ? 4 : 1;
  const Tensor weight = torch::zeros({args.parts, rows.inputs, args.stride}, grad.options());
  const Tensor bias = torch::zeros({args.parts, args.stride}, grad.options());
  args.grad = grad.data_ptr<T>();
  args.grad_weight = weight.data_ptr<T>();
  args.grad_bias = bias.data_ptr<T>();
  const auto& sweeps = cpu::linear_sweeps<T>();
  share_out(args.parts * sweeps.column_tiles(args.outputs), rows.count,
            [&](std::int64_t begin, std::int64_t end) { sweeps.scatter(args, begin, end); });
  return {weight.sum(0).slice(1, 0, args.outputs).t().contiguous(),
          bias.sum(0).slice(0, 0, args.outputs)};
}

std::vector<std::int64_t> with_last(torch::IntArrayRef sizes, std::int64_t last) {
  std::vector<std::int64_t> all = sizes.vec();
  all.back() = last;
  return all;
}

class SpikeLinear : public torch::autograd::Function<SpikeLinear> {
 public:
  static Tensor forward(AutogradContext* context, const Tensor& input, const Tensor& weight,
                        const Tensor& bias, bool sparse) {
    const Tensor x = input.contiguous();
    Tensor output = reused_empty(with_last(x.sizes(), weight.size(0)), x.options());
    const Tensor by_input = padded(weight.detach().t());
    const Tensor padded_bias = padded(bias);
    AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "spike_linear", [&] {
      if (sparse) {
        Rows rows;
        rows.dense = x.detach();
        rows.inputs = x.size(-1);
        rows.count = x.numel() / rows.inputs;
        run_gather<scalar_t>(rows, by_input, padded_bias, output);
      } else {
        run_dense<scalar_t>(x, by_input, padded_bias, output);
      }
    });
    context->save_for_backward({x, weight});
    context->saved_data["input"] = input.requires_grad();
    context->saved_data["sparse"] = sparse;
    return output;
  }

  static variable_list backward(AutogradContext* context, variable_list grads) {
    const auto saved = context->get_saved_variables();
    const Tensor grad = grads[0].contiguous();
    const Tensor& x = saved[0];
    variable_list result(4);
    AT_DISPATCH_FLOATING_TYPES(grad.scalar_type(), "spike_linear_backward", [&] {
      if (context->saved_data["input"].toBool()) {
        result[0] = reused_like(x);
        run_dense<scalar_t>(grad, padded(saved[1]), Tensor(), result[0]);
      }
      if (context->saved_data["sparse"].toBool()) {
        Rows rows;
        rows.dense = x.detach();
        rows.inputs = x.size(-1);
        rows.count = x.numel() / rows.inputs;
        const auto gradients = run_scatter<scalar_t>(rows, grad);
        result[1] = gradients.weight;
        result[2] = gradients.bias;
      } else {
        const Tensor flat = grad.reshape({-1, grad.size(-1)});
        result[1] = flat.t().mm(x.reshape({-1, x.size(-1)}));
        result[2] = flat.sum(0);
      }
    });
    return result;
  }
};

/// Copies: the batch may be gone before backward runs, and is small.
Rows rows_of(const SpikeBatch& batch) {
  Rows rows;
  rows.row_start = torch::tensor(batch.row_start, torch::kInt64);
  rows.unit = torch::tensor(batch.unit, torch::kInt32);
  if (!batch.value.empty()) rows.value = torch::tensor(batch.value, torch::kFloat32);
  rows.count = batch.samples * batch.steps;
  rows.inputs = batch.inputs;
  return rows;
}

class EventLinear : public torch::autograd::Function<EventLinear> {
 public:
  static Tensor forward(AutogradContext* context, const Tensor& weight, const Tensor& bias,
                        const SpikeBatch& batch) {
    const Rows rows = rows_of(batch);
    Tensor output =
        reused_empty({batch.samples, batch.steps, weight.size(0)}, weight.options());
    const Tensor by_input = padded(weight.detach().t());
    const Tensor padded_bias = padded(bias);
    AT_DISPATCH_FLOATING_TYPES(weight.scalar_type(), "event_linear", [&] {
      run_gather<scalar_t>(rows, by_input, padded_bias, output);
    });
    context->save_for_backward({rows.row_start, rows.unit, rows.value});
    context->saved_data["inputs"] = batch.inputs;
    return output;
  }

  static variable_list backward(AutogradContext* context, variable_list grads) {
    const auto saved = context->get_saved_variables();
    const Tensor grad = grads[0].contiguous();
    Rows rows{{}, saved[0], saved[1], saved[2], grad.size(0) * grad.size(1),
              context->saved_data["inputs"].toInt()};
    variable_list result(3);
    AT_DISPATCH_FLOATING_TYPES(grad.scalar_type(), "event_linear_backward", [&] {
      const auto gradients = run_scatter<scalar_t>(rows, grad);
      result[0] = gradients.weight;
      result[1] = gradients.bias;
    });
    return result;
  }
};

/// So few make a dense product too thin to be fast, whatever their density.
constexpr std::int64_t few_inputs = 16;

/// Of every sixteenth row.
double sampled_density(const Tensor& input) {
  const Tensor rows = input.detach().reshape({-1, input.size(-1)});
  const Tensor some = rows.slice(0, 0, rows.size(0), 16);
  return some.numel() == 0
             ? 0.0
             : static_cast<double>(some.count_nonzero().item<std::int64_t>()) /
                   static_cast<double>(some.numel());
}

}  // namespace

double dense_from_density(std::int64_t outputs) { return outputs <= 128 ? 0.35 : 0.25; }

bool events_pay(const SpikeBatch& batch, std::int64_t outputs) {
  return batch.inputs <= few_inputs || batch.density() < dense_from_density(outputs);
}

Tensor spike_linear(const Tensor& input, const Tensor& weight, const Tensor& bias) {
  const bool sparse = !input.is_cuda() && (weight.size(1) <= few_inputs ||
                      sampled_density(input) < dense_from_density(weight.size(0)));
  return spike_linear(input, weight, bias, sparse);
}

Tensor spike_linear(const Tensor& input, const Tensor& weight, const Tensor& bias, bool sparse) {
  if (input.device().type() != torch::kCPU) return torch::linear(input, weight, bias);
  return SpikeLinear::apply(input, weight, bias, sparse);
}

Tensor event_linear(const SpikeBatch& batch, const Tensor& weight, const Tensor& bias) {
  return EventLinear::apply(weight, bias, batch);
}

}  // namespace paralif
