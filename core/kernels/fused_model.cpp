#include "core/kernels/fused_model.h"

#include <fmt/format.h>

#include "core/kernels/cuda_glue.h"
#include "core/kernels/pass_tensors.h"
#include "core/kernels/saved_rule.h"
#include "datasets/error.h"

namespace paralif {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr std::int64_t tile_width = 64;

void expect_kernels(const StepModel& model, const Tensor& input) {
  if (input.is_cpu() || model.gpu_place >= 0) return;
  throw Error(Error::Kind::device, "device",
              fmt::format("{} has no passes for a GPU", model.facts.name), "choose cpu");
}

template <typename T>
void run(const StepModel& model, const cpu::ModelForward<T>& args, bool on_cpu) {
  if (!on_cpu) return model_forward_on_gpu(model.gpu_place, args);
  share_out(cpu::sweeps<T>().items(args.shape), args.shape.steps * tile_width,
            [&](std::int64_t begin, std::int64_t end) {
              model.sweeps<T>().forward(args, begin, end);
            });
}

template <typename T>
void run(const StepModel& model, const cpu::ModelBackward<T>& args, bool on_cpu) {
  if (!on_cpu) return model_backward_on_gpu(model.gpu_place, args);
  share_out(cpu::sweeps<T>().items(args.shape), args.shape.steps * tile_width,
            [&](std::int64_t begin, std::int64_t end) {
              model.sweeps<T>().backward(args, begin, end);
            });
}

class FusedModel : public torch::autograd::Function<FusedModel> {
 public:
  static variable_list forward(AutogradContext* context, const Tensor& given,
                               const Tensor& coefficients, const StepModel* model,
                               const ModelOptions& options, bool training) {
    const Tensor input = given.contiguous();
    const Tensor c = coefficients.contiguous();
    const Tensor spikes = options.fires ? reused_like(input) : Tensor();
    const Tensor membrane =
        !options.fires || options.want_membrane ? reused_like(input) : Tensor();
    const auto count = static_cast<std::int64_t>(model->facts.states.size());
    const Tensor states =
        training ? reused_empty({count, input.size(0), input.size(1), input.size(2)},
                                input.options().requires_grad(false))
                 : Tensor();
    AT_DISPATCH_FLOATING_TYPES(input.scalar_type(), "fused_model", [&] {
      cpu::ModelForward<scalar_t> args;
      args.shape = shape_of(input);
      args.fires = options.fires;
      args.input = input.data_ptr<scalar_t>();
      args.coefficients = c.data_ptr<scalar_t>();
      args.spikes = data_or_null<scalar_t>(spikes);
      args.membrane = data_or_null<scalar_t>(membrane);
      args.states = data_or_null<scalar_t>(states);
      run(*model, args, input.is_cpu());
    });
    if (training) {
      context->save_for_backward({input, c, states});
      save_rule(context, options.rule);
      context->saved_data["model"] = std::string(model->facts.name);
      context->saved_data["fires"] = options.fires;
      context->saved_data["coefficients"] = coefficients.requires_grad();
    }
    context->set_materialize_grads(false);
    return {or_empty(spikes, input), or_empty(membrane, input)};
  }

  static variable_list backward(AutogradContext* context, variable_list grads) {
    variable_list result(5);
    if (!grads[0].defined() && !grads[1].defined()) return result;
    const auto saved = context->get_saved_variables();
    const Tensor& input = saved[0];
    const Tensor& c = saved[1];
    auto& data = context->saved_data;
    const StepModel& model = *step_model(data["model"].toStringRef());
    const auto contiguous = [](const Tensor& g) { return g.defined() ? g.contiguous() : g; };
    const Tensor to_spikes = contiguous(grads[0]);
    const Tensor to_membrane = contiguous(grads[1]);
    const Tensor to_input = reused_like(input.detach());
    const Tensor to_c = data["coefficients"].toBool()
                            ? torch::zeros({c.size(0), input.size(0), input.size(2)},
                                           c.options().requires_grad(false))
                            : Tensor();
    AT_DISPATCH_FLOATING_TYPES(input.scalar_type(), "fused_model_backward", [&] {
      cpu::ModelBackward<scalar_t> args;
      args.shape = shape_of(input);
      args.fires = data["fires"].toBool();
      args.rule = saved_rule(context);
      args.grad_spikes = data_or_null<scalar_t>(to_spikes);
      args.grad_membrane = data_or_null<scalar_t>(to_membrane);
      args.input = input.data_ptr<scalar_t>();
      args.coefficients = c.data_ptr<scalar_t>();
      args.states = saved[2].data_ptr<scalar_t>();
      args.grad_input = to_input.data_ptr<scalar_t>();
      args.grad_coefficients = data_or_null<scalar_t>(to_c);
      run(model, args, input.is_cpu());
    });
    result[0] = to_input;
    if (to_c.defined()) result[1] = to_c.sum(1);
    return result;
  }
};

}  // namespace

ModelPass fused_model(const StepModel& model, const Tensor& input, const Tensor& coefficients,
                      const ModelOptions& options) {
  expect_kernels(model, input);
  const bool training = torch::GradMode::is_enabled() &&
                        (input.requires_grad() || coefficients.requires_grad());
  const auto out = FusedModel::apply(input, coefficients, &model, options, training);
  return {or_undefined(out[0]), or_undefined(out[1])};
}

}  // namespace paralif
