// Neuron and Linear passes and the streaming copy, set up.
#include <ATen/Parallel.h>
#include <torch/cuda.h>
#include <torch/types.h>

#include <cstring>

#include "core/bench/probe.h"
#include "core/bench/convolution_probe.h"
#include "core/bench/training_probe.h"
#include "core/kernels/pass_tensors.h"
#include "core/kernels/spike_linear.h"
#include "core/kernels/threads.h"
#include "core/neurons/initialisation.h"
#include "core/neurons/multi_step_lif.h"
#include "core/neurons/neuron_layer.h"
#include "core/neurons/step_neurons.h"
#include "core/training/device.h"
#include "core/training/network_of.h"
#include "datasets/error.h"

namespace paralif::bench {
namespace {

using torch::Tensor;

/// Waits for the device.
void finish(const torch::Device& device) {
  if (device.is_cuda()) torch::cuda::synchronize(device.index());
}

/// The same for every backend, weak enough that neurons fire now and then.
Tensor random_input(std::int64_t batch, std::int64_t steps, std::int64_t neurons,
                    const torch::Device& device = torch::kCPU) {
  Tensor input = reused_empty({batch, steps, neurons}, torch::kFloat32);
  return input.uniform_(0.0, 0.1, weight_generator(1)).to(device);
}

class CopyProbe : public Probe {
 public:
  explicit CopyProbe(const StreamingCopy& request)
      : request_(request),
        device_(device_named(request.device)),
        from_(random_input(request.batch, request.steps, request.neurons, device_)),
        to_(reused_like(from_)) {}

  void run() override {
    use_threads(request_.threads);
    if (device_.is_cuda()) {
      to_.copy_(from_);
      finish(device_);
      return;
    }
    const float* from = from_.data_ptr<float>();
    float* to = to_.data_ptr<float>();
    at::parallel_for(0, from_.numel(), 1 << 14, [&](std::int64_t begin, std::int64_t end) {
      std::memcpy(to + begin, from + begin, static_cast<std::size_t>(end - begin) * sizeof(float));
    });
  }

 private:
  StreamingCopy request_;
  torch::Device device_;
  Tensor from_;
  Tensor to_;
};

NeuronSettings settings_of(const NeuronPass& request) {
  Experiment experiment;
  experiment.neuron.name = request.neuron;
  experiment.backend = request.backend;
  NeuronSettings settings = neuron_settings(experiment);
  settings.neurons = request.neurons;
  return settings;
}

/// "PLIF soft": the model, and its reset.
MultiStepLifSettings multi_step_of(const NeuronPass& request) {
  MultiStepLifSettings settings;
  settings.learn_tau = request.neuron.starts_with("PLIF");
  settings.reset = request.neuron.ends_with("soft") ? ResetRule::soft : ResetRule::hard;
  settings.threshold = 0.05;  // for the weak input of random_input()
  return settings;
}

/// A model written as one step.
StepNeuronSettings step_of(const NeuronPass& request) {
  StepNeuronSettings settings;
  settings.model = request.neuron;
  settings.neurons = request.neurons;
  settings.values["threshold"] = 0.05;  // for the weak input of random_input()
  settings.learn_values = true;
  return settings;
}

NeuronOutput output_of(NeuronLayer& layer, const NeuronPass&, const Tensor& input,
                       std::uint64_t key) {
  return layer.forward(input, key);
}
NeuronOutput output_of(MultiStepLif& layer, const NeuronPass& request, const Tensor& input,
                       std::uint64_t) {
  return request.backend == "sequential" ? layer.forward_by_steps(input) : layer.forward(input);
}
NeuronOutput output_of(StepNeurons& layer, const NeuronPass&, const Tensor& input, std::uint64_t) {
  return layer.forward(input);
}

/// A layer of neurons of any kind.
template <class Layer>
class NeuronProbe : public Probe {
 public:
  template <class Settings>
  NeuronProbe(const NeuronPass& request, const Settings& settings)
      : request_(request),
        device_(device_named(request.device)),
        layer_(settings),
        input_(random_input(request.batch, request.steps, request.neurons, device_)) {
    layer_.to(device_);
    if (request.pass == Pass::forward) return;
    input_.requires_grad_(true);
    grad_ = random_input(request.batch, request.steps, request.neurons, device_);
  }

  void run() override {
    use_threads(request_.threads);
    if (request_.pass == Pass::forward) {
      const torch::NoGradGuard no_grad;
      output_of(layer_, request_, input_, ++key_);
      finish(device_);
      return;
    }
    input_.mutable_grad().reset();
    for (Tensor& parameter : layer_.parameters()) parameter.mutable_grad().reset();
    output_of(layer_, request_, input_, ++key_).output.backward(grad_);
    finish(device_);
  }

 private:
  NeuronPass request_;
  torch::Device device_;
  Layer layer_;
  Tensor input_;
  Tensor grad_;
  std::uint64_t key_ = 0;
};

class LinearProbe : public Probe {
 public:
  explicit LinearProbe(const LinearPass& request) : request_(request) {
    input_ = random_input(request.batch, request.steps, request.inputs);
    input_.copy_(input_ < 0.1 * request.density);
    input_.requires_grad_(true);
    weight_ = torch::rand({request.outputs, request.inputs}).requires_grad_(true);
    bias_ = torch::zeros({request.outputs}).requires_grad_(true);
    grad_ = random_input(request.batch, request.steps, request.outputs);
  }

  void run() override {
    use_threads(request_.threads);
    for (Tensor* tensor : {&input_, &weight_, &bias_}) tensor->mutable_grad().reset();
    spike_linear(input_, weight_, bias_, request_.sparse).backward(grad_);
  }

 private:
  LinearPass request_;
  Tensor input_;
  Tensor weight_;
  Tensor bias_;
  Tensor grad_;
};

}  // namespace

std::unique_ptr<Probe> probe_of(const Request& request) {
  if (const auto* copy = std::get_if<StreamingCopy>(&request)) {
    return std::make_unique<CopyProbe>(*copy);
  }
  if (const auto* pass = std::get_if<NeuronPass>(&request)) {
    const bool multi_step = pass->neuron.ends_with(" hard") || pass->neuron.ends_with(" soft");
    if (multi_step) {
      return std::make_unique<NeuronProbe<MultiStepLif>>(*pass, multi_step_of(*pass));
    }
    if (step_model(pass->neuron) != nullptr) {
      return std::make_unique<NeuronProbe<StepNeurons>>(*pass, step_of(*pass));
    }
    return std::make_unique<NeuronProbe<NeuronLayer>>(*pass, settings_of(*pass));
  }
  if (const auto* linear = std::get_if<LinearPass>(&request)) {
    return std::make_unique<LinearProbe>(*linear);
  }
  if (const auto* convolution = std::get_if<ConvolutionPass>(&request)) {
    return convolution_probe(*convolution);
  }
  return training_probe(std::get<TrainingStep>(request));
}

}  // namespace paralif::bench
