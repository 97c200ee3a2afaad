#include "core/bench/suite.h"

#include <fmt/format.h>

#include "core/kernels/cpu/step_models.h"
#include "core/kernels/cpu/sweeps.h"

namespace paralif::bench {
namespace {

struct Size {
  std::int64_t batch, steps, neurons;
};

const std::vector<std::string>& neurons() {
  static const std::vector<std::string> names{"LIF", "ParaLIF-T", "ParaLIF-D", "ParaLIF-SB",
                                              "ParaLIF-GS"};
  return names;
}

Group passes_of(const Size& size, const std::vector<std::string>& backends, int threads,
                const std::string& device) {
  Group group;
  group.title = fmt::format("{} x {} x {}", size.batch, size.steps, size.neurons);
  group.requests.emplace_back(
      StreamingCopy{size.batch, size.steps, size.neurons, threads, device});
  for (const std::string& neuron : neurons()) {
    for (const std::string& backend : backends) {
      const bool lif = neuron == "LIF";
      if (lif && backend == "fft") continue;
      if (!lif && backend == "published") continue;
      for (const Pass pass : {Pass::forward, Pass::forward_backward}) {
        group.requests.emplace_back(NeuronPass{
            neuron, backend == "published" ? "sequential" : backend, pass, size.batch,
            size.steps, size.neurons, threads, device});
      }
    }
  }
  for (const StepModel& model : step_models()) {
    for (const Pass pass : {Pass::forward, Pass::forward_backward}) {
      group.requests.emplace_back(NeuronPass{std::string(model.facts.name), "fused", pass,
                                             size.batch, size.steps, size.neurons, threads, device});
    }
  }
  return group;
}

/// A training step as published and fused.
Group step_of(TrainingStep step, const std::string& title) {
  Group group;
  group.title = title;
  group.rounds = 7;
  group.memory = true;
  for (const std::string& backend : {published_backend(step.neuron), std::string("fused")}) {
    step.backend = backend;
    group.requests.emplace_back(step);
  }
  return group;
}

/// SpikingJelly's neurons, a tensor a step and fused.
Group multi_step_passes(const Size& size, int threads, const std::string& device) {
  Group group;
  group.title = fmt::format("{} x {} x {}, hard and soft reset", size.batch, size.steps,
                            size.neurons);
  group.requests.emplace_back(
      StreamingCopy{size.batch, size.steps, size.neurons, threads, device});
  for (const char* neuron : {"SJ-LIF hard", "SJ-LIF soft", "PLIF hard", "PLIF soft"}) {
    for (const char* backend : {"sequential", "fused"}) {
      for (const Pass pass : {Pass::forward, Pass::forward_backward}) {
        group.requests.emplace_back(NeuronPass{neuron, backend, pass, size.batch, size.steps,
                                               size.neurons, threads, device});
      }
    }
  }
  return group;
}

/// A step of a published network at a published batch, beside the same network of ReLU units, whose
/// neurons cost next to nothing.
Group network_step(const char* network, std::int64_t batch, std::int64_t steps, double density,
                   const std::vector<std::string>& neurons, int threads,
                   const std::string& device) {
  TrainingStep step;
  step.network = network;
  step.batch = batch;
  step.steps = steps;
  step.density = density;
  step.threads = threads;
  step.device = device;
  Group group;
  group.title = fmt::format("training step, {}, {} x {}", network, batch, steps);
  group.rounds = 5;
  group.budget_s = 30.0;
  group.memory = true;
  for (const std::string& neuron : neurons) {
    step.neuron = neuron;
    group.requests.emplace_back(step);
  }
  if (device == "cpu" && cpu::has_bfloat16()) {
    step.neuron = neurons[1];
    step.precision = "bfloat16";
    group.requests.emplace_back(step);
  }
  return group;
}

/// What the first convolution of plif_net costs beside writing its output once, which gathering
/// events one by one would have to do too.
Group first_convolution(int threads) {
  Group group;
  group.title = "first convolution, 640 x 2 x 34 x 34 to 128, 5 % spikes";
  group.requests.emplace_back(StreamingCopy{640, 34 * 34, 128, threads, "cpu"});
  for (const Pass pass : {Pass::forward, Pass::forward_backward}) {
    group.requests.emplace_back(ConvolutionPass{pass, 640, 2, 34, 128, 0.05, threads});
  }
  return group;
}

}  // namespace

std::vector<Group> quick_suite(int threads, const std::string& device) {
  // "published" stands for LIF step by step: at a batch of 64 the slow forms of ParaLIF alone
  // would take a minute.
  std::vector<Group> groups{
      passes_of({1, 1000, 128}, {"sequential", "fft", "fused"}, threads, device),
      passes_of({64, 1000, 128}, {"published", "fft", "fused"}, threads, device)};
  groups[0].budget_s = 0.4;
  groups[1].budget_s = 1.0;
  return groups;
}

std::vector<Group> full_suite(int threads, const std::string& device) {
  std::vector<Group> groups;
  for (const Size& size : {Size{1, 1000, 128}, Size{1, 5000, 128}, Size{64, 1000, 128},
                           Size{256, 250, 512}}) {
    groups.push_back(passes_of(size, {"sequential", "fft", "fused"}, threads, device));
  }
  // What a convolutional layer gives its neurons: 16 samples of 17 x 17 places, 128 channels.
  groups.push_back(passes_of({16 * 17 * 17, 10, 128}, {"sequential", "fft", "fused"}, threads,
                             device));
  if (device == "cpu") {
    groups.push_back(multi_step_passes({64, 1000, 128}, threads, device));
    groups.push_back(multi_step_passes({16 * 17 * 17, 10, 128}, threads, device));
    Group linear;
    linear.title = "Linear of spikes, forward and backward";
    for (const auto& [inputs, outputs] : {std::pair{128, 128}, std::pair{256, 256},
                                          std::pair{700, 128}}) {
      for (const double density : {0.01, 0.05, 0.2, 0.35, 0.5}) {
        for (const bool sparse : {true, false}) {
          linear.requests.emplace_back(
              LinearPass{sparse, 64, 250, inputs, outputs, density, threads});
        }
      }
    }
    groups.push_back(linear);
  }
  for (const char* neuron : {"ParaLIF-D", "ParaLIF-T", "ParaLIF-GS", "LIF"}) {
    TrainingStep step;
    step.neuron = neuron;
    step.threads = threads;
    step.device = device;
    groups.push_back(step_of(step, "training step, SHD's shape, 3 x 128 " + step.neuron));
    step.layers = 1;
    step.hidden = 256;
    step.recurrent = true;
    groups.push_back(step_of(step, "training step, SHD's shape, recurrent 1 x 256 " + step.neuron));
    step.recurrent = false;
    step.hidden = 128;
    step.inputs = 4;
    step.classes = 3;
    step.steps = 100;
    step.density = 0.5;
    groups.push_back(step_of(step, "training step, Yin-Yang, 1 x 128 " + step.neuron));
    groups.back().rounds = 15;
  }
  for (Group& group : network_suite(threads, device)) groups.push_back(std::move(group));
  return groups;
}

std::vector<Group> network_suite(int threads, const std::string& device) {
  // Densities of N-MNIST in ten bins, of pixels (all of them), of SHD in bins of 10 ms.
  std::vector<Group> groups{
          network_step("plif-net-nmnist", 64, 10, 0.05, {"ReLU", "ParaLIF-T", "PLIF", "SJ-LIF"},
                       threads, device),
          network_step("sequential-cifar10", 128, 32, 1.0,
                       {"ReLU", "ParaLIF-GS", "ParaLIF-T", "SJ-LIF"}, threads, device),
          network_step("delays-heidelberg", 256, 100, 0.1, {"ReLU", "ParaLIF-T", "SJ-LIF"}, threads,
                       device)};
  if (device == "cpu") groups.push_back(first_convolution(threads));
  return groups;
}

const Result* relu_form_of(const TrainingStep& step, const std::vector<Result>& results) {
  TrainingStep wanted = step;
  wanted.neuron = "ReLU";
  wanted.precision = "float32";
  for (const Result& result : results) {
    if (result.request == Request{wanted}) return &result;
  }
  return nullptr;
}

const Result* copy_of(const ConvolutionPass& pass, const std::vector<Result>& results) {
  return copy_of(NeuronPass{.batch = pass.frames,
                            .steps = pass.side * pass.side,
                            .neurons = pass.outputs,
                            .threads = pass.threads},
                 results);
}

const Result* copy_of(const NeuronPass& pass, const std::vector<Result>& results) {
  const StreamingCopy wanted{pass.batch, pass.steps, pass.neurons, pass.threads, pass.device};
  for (const Result& result : results) {
    if (result.request == Request{wanted}) return &result;
  }
  return nullptr;
}

const Result* published_form_of(const Request& request, const std::vector<Result>& results) {
  Request wanted = request;
  if (auto* pass = std::get_if<NeuronPass>(&wanted)) {
    pass->backend = published_backend(pass->neuron);
  } else if (auto* step = std::get_if<TrainingStep>(&wanted)) {
    step->backend = published_backend(step->neuron);
  } else {
    return nullptr;
  }
  for (const Result& result : results) {
    if (result.request == wanted) return &result;
  }
  return nullptr;
}

}  // namespace paralif::bench
