// Load, memory, GPUs, and probes on any device.
#include "core/bench/timing_machine.h"

#include "core/bench/this_machine.h"

#include <fmt/format.h>
#include <torch/cuda.h>
#include <torch/types.h>

#include <cstdlib>
#include <fstream>
#include <limits>
#include <sstream>

#include "core/kernels/cpu/step_models.h"
#include "core/neurons/initialisation.h"
#include "core/neurons/neuron_layer.h"
#include "core/training/device.h"
#include "core/training/network_of.h"
#include "datasets/error.h"

namespace paralif {
namespace {

using torch::Tensor;

/// Ends only when the GPU has: its kernels are launched long before they run.
class GpuProbe : public bench::Probe {
 public:
  explicit GpuProbe(const bench::NeuronPass& request)
      : request_(request), device_(device_named(request.device)), layer_(settings_of(request)) {
    layer_.to(device_);
    input_ = input(request.batch, request.steps, request.neurons);
    if (request.pass == bench::Pass::forward_backward) {
      input_.requires_grad_(true);
      grad_ = torch::rand_like(input_.detach());
    }
    torch::cuda::synchronize(device_.index());
  }

  void run() override {
    if (request_.pass == bench::Pass::forward) {
      const torch::NoGradGuard no_grad;
      layer_.forward(input_, ++key_);
    } else {
      input_.mutable_grad().reset();
      for (Tensor& parameter : layer_.parameters()) parameter.mutable_grad().reset();
      layer_.forward(input_, ++key_).output.backward(grad_);
    }
    torch::cuda::synchronize(device_.index());
  }

 private:
  static NeuronSettings settings_of(const bench::NeuronPass& request) {
    Experiment experiment;
    experiment.neuron.name = request.neuron;
    experiment.backend = request.backend;
    NeuronSettings settings = neuron_settings(experiment);
    settings.neurons = request.neurons;
    return settings;
  }

  [[nodiscard]] Tensor input(std::int64_t batch, std::int64_t steps, std::int64_t neurons) const {
    return torch::rand({batch, steps, neurons}, weight_generator(1)).mul_(0.1).to(device_);
  }

  bench::NeuronPass request_;
  torch::Device device_;
  NeuronLayer layer_;
  Tensor input_;
  Tensor grad_;
  std::uint64_t key_ = 0;
};

class GpuCopyProbe : public bench::Probe {
 public:
  explicit GpuCopyProbe(const bench::StreamingCopy& request)
      : device_(device_named(request.device)),
        from_(torch::rand({request.batch, request.steps, request.neurons}, device_)),
        to_(torch::zeros_like(from_)) {}

  void run() override {
    to_.copy_(from_);
    torch::cuda::synchronize(device_.index());
  }

 private:
  torch::Device device_;
  Tensor from_;
  Tensor to_;
};

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

}  // namespace

TimingMachine this_timing_machine() {
  TimingMachine machine;
  machine.host = bench::this_machine();
  for (const TimingDevice& device : timing_devices()) {
    if (device.name != "cpu") machine.gpus.push_back(device.name);
  }
  double load[1];
  if (getloadavg(load, 1) == 1) machine.load = load[0];
  return machine;
}

std::vector<TimingDevice> timing_devices() {
  std::vector<TimingDevice> devices{TimingDevice{}};
  if (!torch::cuda::is_available()) return devices;
  const auto count = static_cast<int>(torch::cuda::device_count());
  for (int i = 0; i < count; ++i) devices.push_back({fmt::format("cuda:{}", i), 0});
  return devices;
}

double available_memory_bytes() {
  std::ifstream file("/proc/meminfo");
  std::string line;
  while (std::getline(file, line)) {
    if (!line.starts_with("MemAvailable:")) continue;
    std::istringstream text(line.substr(line.find(':') + 1));
    double kib = 0.0;
    if (text >> kib) return kib * 1024.0;
  }
  return std::numeric_limits<double>::infinity();
}

bench::Request request_of(const TimingPoint& p, int threads) {
  if (p.device.threads > 0) threads = p.device.threads;
  if (p.curve.backend == "copy") {
    return bench::StreamingCopy{p.batch, p.steps, p.neurons, threads, p.device.name};
  }
  return bench::NeuronPass{p.curve.neuron, p.curve.backend, p.curve.pass, p.batch,
                           p.steps,        p.neurons,          threads,      p.device.name};
}

std::unique_ptr<bench::Probe> timing_probe(const bench::Request& request) {
  if (const auto* pass = std::get_if<bench::NeuronPass>(&request); pass && pass->device != "cpu" && step_model(pass->neuron) == nullptr) {
    return std::make_unique<GpuProbe>(*pass);
  }
  if (const auto* copy = std::get_if<bench::StreamingCopy>(&request);
      copy && copy->device != "cpu") {
    return std::make_unique<GpuCopyProbe>(*copy);
  }
  return bench::probe_of(request);
}

std::string failure_sentence() {
  try {
    throw;
  } catch (const Error& error) {
    return error.what();
  } catch (const std::bad_alloc&) {
    return "out of memory";
  } catch (const std::exception& error) {
    const std::string text = error.what();
    const bool memory = text.find("can't allocate memory") != std::string::npos ||
                        text.find("out of memory") != std::string::npos;
    return memory ? "out of memory: " + first_line(text) : first_line(text);
  } catch (...) {
    return "internal error of an unknown type";
  }
}

}  // namespace paralif
