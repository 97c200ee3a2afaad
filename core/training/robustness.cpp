#include "core/training/robustness.h"

#include <fmt/format.h>

#include <atomic>
#include <cmath>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>
#include <numeric>

#include "core/encoding/flip_noise.h"
#include "core/experiments/presets.h"
#include "core/experiments/published_parameters.h"
#include "core/kernels/interruption.h"
#include "core/training/checkpoint.h"
#include "core/training/run_weights.h"
#include "core/training/trainer.h"
#include "core/values/counter_random.h"
#include "datasets/error.h"

namespace paralif {
namespace {

constexpr std::uint64_t test_noise_part = 0x726f62757374ULL;

/// Share of test samples that are right with this noise.
double accuracy_with(Trainer& trainer, const SpikeSource& source, const NoiseLevel& level,
                     std::int64_t batch_size, std::uint64_t key,
                     const std::function<void(double)>& done) {
  const std::int64_t count = trainer.samples_of(source);
  std::int64_t right = 0;
  std::vector<std::int64_t> samples;
  for (std::int64_t first = 0; first < count; first += batch_size) {
    samples.resize(static_cast<std::size_t>(std::min(batch_size, count - first)));
    std::iota(samples.begin(), samples.end(), first);
    SpikeBatch batch = source.batch(samples, trainer.test_draw());
    if (level) batch = flipped_by_key(batch, *level, keyed(key, static_cast<std::uint64_t>(first)));
    const auto guesses = trainer.scores(trainer.run(batch, false)).argmax(1).to(torch::kCPU);
    for (std::size_t i = 0; i < samples.size(); ++i) {
      right += guesses[static_cast<std::int64_t>(i)].item<std::int64_t>() == batch.labels[i] ? 1 : 0;
    }
    done(static_cast<double>(first + static_cast<std::int64_t>(samples.size())) /
         static_cast<double>(count));
  }
  return static_cast<double>(right) / static_cast<double>(std::max<std::int64_t>(1, count));
}

}  // namespace

double NoiseResult::mean() const {
  if (accuracies.empty()) return std::numeric_limits<double>::quiet_NaN();
  return std::accumulate(accuracies.begin(), accuracies.end(), 0.0) /
         static_cast<double>(accuracies.size());
}

double NoiseResult::deviation() const {
  if (accuracies.empty()) return std::numeric_limits<double>::quiet_NaN();
  const double middle = mean();
  double squares = 0.0;
  for (const double one : accuracies) squares += (one - middle) * (one - middle);
  return std::sqrt(squares / static_cast<double>(accuracies.size()));
}

Experiment robustness_experiment() {
  Experiment e = published_defaults();
  e.training.epochs = 100;
  e.training.schedule = "none";
  return e;
}

RobustnessResults run_robustness(const Experiment& experiment, const RobustnessPlan& plan,
                                 const RobustnessProgress& progress) {
  std::atomic<bool> stopped{false};
  const InterruptionScope scope(stopped);
  RobustnessResults results;
  const auto tell = [&](const std::string& doing, double part) {
    if (progress(results, doing, part)) return;
    stopped = true;
    throw Interrupted{};
  };
  tell("reading the data", 0.0);
  std::unique_ptr<SpikeSource> clean;  // what is trained on, before the noise
  DataSplit data = open_data(experiment.dataset);
  if (plan.train_noise_db) {
    clean = std::move(data.train);
    data.train = std::make_unique<NoisySource>(*clean, *plan.train_noise_db);
  }
  Trainer trainer(experiment, data);
  results.inputs = data.train->inputs();
  results.classes = data.train->classes();
  results.train_samples = trainer.samples_of(*data.train);
  double seconds = 0.0;
  if (plan.run.empty()) {
    while (!trainer.finished()) {
      const std::int64_t epoch = trainer.progress().epoch;
      while (!trainer.epoch_trained()) {
        trainer.train_batch();
        const double within = static_cast<double>(trainer.progress().batch) /
                              static_cast<double>(trainer.batches_per_epoch());
        tell(fmt::format("epoch {} of {}", epoch, experiment.training.epochs),
             (static_cast<double>(epoch - 1) + within) /
                 static_cast<double>(experiment.training.epochs));
      }
      const EpochMetrics metrics = trainer.finish_epoch().metrics;
      results.train_accuracies.push_back(metrics.train_accuracy);
      seconds += metrics.train_seconds;
      results.train_seconds = seconds / static_cast<double>(results.train_accuracies.size());
    }
  } else {
    restore_weights(trainer, weights_in(plan.run));
  }
  for (std::size_t level = 0; level < plan.levels.size(); ++level) {
    results.levels.push_back({plan.levels[level], {}});
    for (int repeat = 0; repeat < plan.repeats; ++repeat) {
      const std::uint64_t key =
          keyed(keyed(keyed(static_cast<std::uint64_t>(experiment.seed), test_noise_part), level),
                static_cast<std::uint64_t>(repeat));
      const auto done = [&](double part) {
        tell(fmt::format("noise {}, test {} of {}", level_text(plan.levels[level]), repeat + 1,
                         plan.repeats),
             part);
      };
      const double accuracy = accuracy_with(trainer, *data.test, plan.levels[level],
                                            experiment.training.batch_size, key, done);
      results.levels.back().accuracies.push_back(accuracy);
    }
  }
  tell("done", 1.0);
  return results;
}

std::string robustness_json(const Experiment& experiment, const RobustnessPlan& plan,
                            const RobustnessResults& results) {
  using Json = nlohmann::ordered_json;
  Json json{{"train_accuracies", results.train_accuracies},
            {"train_duration", results.train_seconds > 0 ? Json(results.train_seconds) : Json()}};
  Json& tests = json["test_accuracies"];
  tests = Json::object();
  for (const NoiseResult& level : results.levels) {
    tests[level.level ? fmt::format("{}", *level.level) : "null"] = level.accuracies;
  }
  json["nb_spikes"] = nullptr;
  json["test_duration"] = nullptr;
  json["PARAMS"] = Json::parse(published_parameters(
      experiment, {results.inputs, results.classes, results.train_samples}));
  json["PARAMS"]["noise_type"] = "Flip";
  json["PARAMS"]["train_noise_level"] =
      plan.train_noise_db ? Json(*plan.train_noise_db) : Json();
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace paralif
