#include "core/experiments/presets.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/experiments/network_experiments.h"
#include "datasets/catalogue/catalogue.h"
#include "datasets/error.h"

namespace paralif {
namespace {

struct BestRow {
  const char* dataset;
  const char* title;
  double window_s;
  std::int64_t steps;
  std::int64_t batch;
  std::int64_t epochs;
  std::vector<std::int64_t> dense;
  std::vector<std::int64_t> recurrent;  ///< empty: none published
  bool augmentation;
};

// The published table of best configurations.
const std::vector<BestRow>& best_rows() {
  static const std::vector<BestRow> rows{
      {"heidelberg", "Spiking Heidelberg Digits", 1e-3, 100, 64, 200, {128, 128, 128}, {256}, true},
      {"ntidigits", "N-TIDIGITS", 1e-3, 100, 64, 300, {128, 128, 128}, {256}, false},
      {"dvsgesture", "DVS Gesture", 5e-3, 100, 16, 50, {128, 128}, {128}, true},
      {"nmnist", "N-MNIST", 5e-3, 100, 256, 50, {128, 128}, {128}, false},
      {"yinyang", "Yin-Yang", 1e-3, 10000, 64, 20, {128}, {}, false},
  };
  return rows;
}

bool is_trainable(const std::string& dataset) {
  return std::ranges::find(trainable_datasets(), dataset) != trainable_datasets().end();
}

Experiment yin_yang_with(const std::string& neuron, std::int64_t steps, std::int64_t epochs) {
  Experiment experiment;
  experiment.title = fmt::format("Yin-Yang, {}", neuron);
  experiment.dataset.steps = steps;
  experiment.neuron.name = neuron;
  experiment.training.epochs = epochs;
  return experiment;
}

std::vector<Preset> make_presets() {
  std::vector<Preset> all;
  all.push_back({"yinyang-first", "First steps", "Yin-Yang in a minute",
                 "128 ParaLIF-T neurons learn the Yin-Yang figure from spike trains of 100 steps.",
                 first_experiment()});
  all.push_back({"yinyang-lif", "First steps", "The same with LIF",
                 "The classical neuron with reset on the same task.",
                 yin_yang_with("LIF", 100, 20)});
  all.push_back({"yinyang-gs", "First steps", "Spikes by chance (ParaLIF-GS)",
                 "Neurons that draw their spikes, with the Gumbel-softmax gradient.",
                 yin_yang_with("ParaLIF-GS", 100, 20)});
  all.push_back({"yinyang-d", "First steps", "Spikes on change (ParaLIF-D)",
                 "Neurons that spike when the membrane rises fast.",
                 yin_yang_with("ParaLIF-D", 100, 20)});
  for (const BestRow& row : best_rows()) {
    if (!is_trainable(row.dataset)) continue;
    for (const bool recurrent : {false, true}) {
      if (recurrent && row.recurrent.empty()) continue;
      const Experiment experiment = best_configuration(row.dataset, recurrent);
      all.push_back({fmt::format("best-{}{}", row.dataset, recurrent ? "-recurrent" : ""),
                     "Published best configurations", experiment.title,
                     fmt::format("The configuration published for {}.", row.title), experiment});
    }
  }
  for (Preset& preset : network_experiments()) all.push_back(std::move(preset));
  return all;
}

}  // namespace

const std::vector<Preset>& presets() {
  static const std::vector<Preset> all = make_presets();
  return all;
}

Experiment published_defaults() {
  Experiment experiment;
  experiment.title.clear();
  experiment.dataset.name = "heidelberg";
  experiment.neuron.name = "ParaLIF-D";
  experiment.network.hidden = {128, 128, 128};
  experiment.training.epochs = 200;
  experiment.training.save_model = false;
  return experiment;
}

void restore_published(Experiment& experiment) {
  experiment.neuron.tau_init = "reference";
  experiment.dataset.redraw = false;
}

Experiment first_experiment() {
  return yin_yang_with("ParaLIF-T", 100, 20);
}

Experiment best_configuration(const std::string& dataset, bool recurrent) {
  const auto& rows = best_rows();
  const auto row = std::ranges::find(rows, dataset, &BestRow::dataset);
  if (row == rows.end()) {
    throw Error(Error::Kind::setting, "dataset",
                fmt::format("there is no best configuration for '{}'", dataset));
  }
  if (recurrent && row->recurrent.empty()) {
    throw Error(Error::Kind::setting, "recurrent",
                fmt::format("no recurrent network was published for {}", row->title),
                "leave it out");
  }
  Experiment experiment;
  experiment.title =
      fmt::format("{}, best {}", row->title, recurrent ? "recurrent" : "feed-forward");
  experiment.dataset.name = row->dataset;
  experiment.dataset.steps = row->steps;
  experiment.dataset.window_s = row->window_s;
  experiment.dataset.augmentation = row->augmentation;
  experiment.network.hidden = recurrent ? row->recurrent : row->dense;
  experiment.network.recurrent = {recurrent};
  experiment.training.epochs = row->epochs;
  experiment.training.batch_size = row->batch;
  experiment.training.save_model = true;
  return experiment;
}

Experiment starting_point(const std::string& dataset) {
  constexpr std::int64_t epochs = 20;
  Experiment experiment = first_experiment();
  const Dataset& described = dataset_named(dataset);
  if (described.kind == DataKind::points) {
    if (!described.is_computed()) experiment.title = "Own points";
  } else if (std::ranges::find(best_rows(), dataset, &BestRow::dataset) != best_rows().end()) {
    experiment = best_configuration(dataset, false);
  } else if (described.kind == DataKind::images) {
    experiment.title = described.title;
    experiment.network.hidden = {256, 256};
    experiment.training.batch_size = 128;
  } else {  // recordings for which nothing was published
    experiment =
        best_configuration(described.kind == DataKind::audio ? "heidelberg" : "nmnist", false);
    experiment.title = described.title;
  }
  experiment.dataset.name = dataset;
  experiment.training.epochs = epochs;
  return experiment;
}

const std::vector<std::string>& trainable_datasets() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const Dataset& dataset : catalogue()) all.push_back(dataset.name);
    return all;
  }();
  return names;
}

}  // namespace paralif
