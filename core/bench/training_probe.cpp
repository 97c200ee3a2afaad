#include "core/bench/training_probe.h"

#include <torch/types.h>

#include <random>

#include "core/experiments/network_presets.h"
#include "core/kernels/threads.h"
#include "core/networks/network.h"
#include "core/neurons/initialisation.h"
#include "core/training/device.h"
#include "core/training/losses.h"
#include "core/training/network_of.h"
#include "core/training/optimizer.h"

namespace paralif::bench {
namespace {

using torch::Tensor;

Experiment experiment_of(const TrainingStep& request) {
  Experiment e;
  if (!request.network.empty()) {
    e.network.layers = network_named(request.network + ":" + request.neuron);
    e.backend = request.backend;
    e.precision = request.precision;
    return e;
  }
  e.neuron.name = request.neuron;
  e.backend = request.backend;
  e.network.hidden.assign(static_cast<std::size_t>(request.layers), request.hidden);
  e.network.recurrent = request.recurrent;
  return e;
}

struct Ends {
  std::vector<std::int64_t> features;
  std::int64_t classes;
};

/// What goes into a network and comes out of it.
Ends ends_of(const TrainingStep& request) {
  if (request.network.starts_with("plif-net-nmnist")) return {{2, 34, 34}, 10};
  if (request.network.starts_with("plif-net-dvsgesture")) return {{2, 128, 128}, 10};
  if (request.network.starts_with("sequential-cifar10")) return {{3, 32}, 10};
  if (request.network.starts_with("delays-heidelberg")) return {{140}, 20};
  if (request.network.starts_with("delays-ntidigits")) return {{64}, 11};
  return {{request.inputs}, request.classes};
}

SpikeBatch random_spikes(const TrainingStep& request) {
  SpikeBatch batch;
  batch.samples = request.batch;
  batch.steps = request.steps;
  batch.inputs = 1;
  for (const std::int64_t side : ends_of(request).features) batch.inputs *= side;
  std::mt19937 random(1);
  std::bernoulli_distribution fires(request.density);
  batch.row_start.push_back(0);
  for (std::int64_t row = 0; row < request.batch * request.steps; ++row) {
    for (std::int32_t unit = 0; unit < batch.inputs; ++unit) {
      if (fires(random)) batch.unit.push_back(unit);
    }
    batch.row_start.push_back(batch.events());
  }
  return batch;
}

std::shared_ptr<Network> on_device(const TrainingStep& request, const torch::Device& device) {
  const Ends ends = ends_of(request);
  auto network = make_network(experiment_of(request), {0, ends.features}, ends.classes);
  network->to(device);
  return network;
}

class TrainingProbe : public Probe {
 public:
  explicit TrainingProbe(const TrainingStep& request)
      : request_(request),
        device_(device_named(request.device)),
        network_(on_device(request, device_)),
        optimizer_(network_->parameters(), optimizer_settings(experiment_of(request))) {
    input_ = random_spikes(request);
    labels_ = torch::randint(0, ends_of(request).classes, {request.batch}, weight_generator(1),
                             torch::kInt64)
                  .to(device_);
  }

  void run() override {
    use_threads(request_.threads);
    const NetworkOutput out = network_->forward(input_, ++key_);
    const Tensor loss = cross_entropy(out.readout.mean(1), labels_);
    optimizer_.zero_grad();
    loss.backward();
    optimizer_.step();
    loss.item<float>();
  }

 private:
  TrainingStep request_;
  torch::Device device_;
  std::shared_ptr<Network> network_;
  Optimizer optimizer_;
  SpikeBatch input_;
  Tensor labels_;
  std::uint64_t key_ = 0;
};

}  // namespace

std::unique_ptr<Probe> training_probe(const TrainingStep& request) {
  return std::make_unique<TrainingProbe>(request);
}

}  // namespace paralif::bench
