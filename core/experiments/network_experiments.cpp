#include "core/experiments/network_experiments.h"

#include <algorithm>

#include "core/experiments/network_presets.h"

namespace paralif {
namespace {

void plif_net_settings(Experiment& e, std::int64_t bins, std::int64_t batch, std::int64_t epochs) {
  e.dataset.polarity = "both";
  e.dataset.bins = bins;
  e.dataset.augmentation = true;
  e.dataset.shift = 0.15;
  e.dataset.scale = 0.0;
  e.training.loss = "mse_rate";
  e.training.optimizer = "adam";
  e.training.learning_rate = 1e-3;
  e.training.schedule = "cosine";
  e.training.batch_size = batch;
  e.training.epochs = epochs;
  e.training.drop_last = true;
}

void sequential_settings(Experiment& e) {
  e.dataset.augmentation = true;
  e.training.loss = "mean";
  e.training.label_smoothing = 0.1;
  e.training.optimizer = "sgd";
  e.training.momentum = 0.9;
  e.training.learning_rate = 0.1;
  e.training.schedule = "cosine";
  e.training.batch_size = 128;
  e.training.epochs = 300;
  e.training.drop_last = true;
}

void delay_settings(Experiment& e) {
  e.dataset.window_s = 10e-3;
  if (e.dataset.name == "heidelberg") e.dataset.group_units = 5;
  e.dataset.padding = "end";
  e.training.loss = "cumsum";
  e.training.optimizer = "adam";
  e.training.learning_rate = 5e-3;  // the largest of the cycle
  e.training.weight_decay = 1e-5;
  e.training.schedule = "one_cycle";
  e.training.delay_learning_rate = 0.1;
  e.training.batch_size = 256;
  e.training.epochs = 150;
}

Experiment experiment_of(const NetworkPreset& preset) {
  Experiment e;
  e.title = preset.title;
  e.dataset.name = preset.dataset;
  e.network.layers = preset.make();
  e.training.save_model = true;
  if (preset.name.starts_with("plif-net-nmnist")) plif_net_settings(e, 10, 64, 100);
  if (preset.name.starts_with("plif-net-dvsgesture")) {
    plif_net_settings(e, 20, 3, 250);
    e.dataset.resize = 128;
  }
  if (preset.name.starts_with("sequential")) sequential_settings(e);
  if (preset.name.starts_with("delays")) delay_settings(e);
  if (preset.name.ends_with("-small")) {
    e.training.epochs = 20;
    e.training.batch_size = std::min<std::int64_t>(e.training.batch_size, 16);
    if (preset.name.starts_with("plif-net-nmnist")) {
      e.training.learning_rate = 2e-3;
      e.training.epochs = 15;
    }
    if (preset.name.starts_with("plif-net-dvsgesture")) e.training.learning_rate = 5e-3;
  }
  return e;
}

}  // namespace

std::vector<Preset> network_experiments() {
  std::vector<Preset> all;
  for (const NetworkPreset& preset : network_presets()) {
    const bool small = preset.name.ends_with("-small");
    all.push_back({std::string(preset.name),
                   small ? "Published networks, small" : "Published networks",
                   std::string(preset.title),
                   small ? "The published network with fewer channels or units, to try."
                         : "The network and the settings of the published training.",
                   experiment_of(preset)});
  }
  return all;
}

}  // namespace paralif
