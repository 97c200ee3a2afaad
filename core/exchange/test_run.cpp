#include "core/exchange/test_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/encoding/event_changes.h"
#include "core/encoding/flip_noise.h"
#include "core/encoding/spike_source.h"
#include "core/exchange/spikes_file.h"
#include "core/exchange/weights_reader.h"
#include "core/kernels/interruption.h"
#include "core/neurons/initialisation.h"
#include "core/runs/run_store.h"
#include "core/training/checkpoint.h"
#include "core/training/run_weights.h"
#include "core/training/trainer.h"
#include "datasets/catalogue/catalogue.h"
#include "datasets/error.h"

namespace paralif {
namespace {

using torch::Tensor;

constexpr int fewest_bits = 2;
constexpr int most_bits = 16;

const SpikeSource& part_of(const DataSplit& data, const std::string& part) {
  if (part == "test") return *data.test;
  if (part == "training") return *data.train;
  if (part != "validation") {
    throw Error(Error::Kind::setting, "part", fmt::format("'{}' is unknown", part),
                "choose test, validation or training");
  }
  if (data.validation) return *data.validation;
  throw Error(Error::Kind::setting, "part", "this run kept no validation part",
              "choose test or training");
}

void check(const RunTestPlan& plan) {
  for (const int bits : plan.bits) {
    if (bits >= fewest_bits && bits <= most_bits) continue;
    throw Error(Error::Kind::setting, "bits", fmt::format("{} is out of range", bits),
                fmt::format("give {} to {}", fewest_bits, most_bits));
  }
}

/// Layers with weights of two or more dimensions.
std::vector<std::string> weighted_layers(Network& network) {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < network.layers().size(); ++i) {
    const auto parameters = network.layers()[i]->parameters();
    if (std::ranges::any_of(parameters, [](const Tensor& p) { return p.dim() >= 2; })) {
      ids.push_back(network.description().layers[i].id);
    }
  }
  return ids;
}

/// Every weight of two or more dimensions of a layer, or of all, to a whole multiple of its tensor's
/// largest value over 2^(bits - 1) - 1: what a chip with one scale a layer keeps.
void round_weights(Network& network, int bits, const std::string& layer) {
  const torch::NoGradGuard no_grad;
  const double levels = std::pow(2.0, bits - 1) - 1.0;
  for (std::size_t i = 0; i < network.layers().size(); ++i) {
    if (!layer.empty() && network.description().layers[i].id != layer) continue;
    for (Tensor& parameter : network.layers()[i]->parameters()) {
      if (parameter.dim() < 2) continue;
      const Tensor scale = parameter.abs().max() / levels;
      if (scale.item<double>() > 0.0) parameter.copy_(torch::round(parameter / scale) * scale);
    }
  }
}

/// Normal, in units of the deviation of each tensor's own values; the same for a seed.
void disturb_weights(Network& network, double strength, std::uint64_t seed) {
  const torch::NoGradGuard no_grad;
  torch::Generator generator = weight_generator(seed);
  for (auto& parameter : network.parameters()) {
    if (parameter.dim() < 2) continue;
    const Tensor noise = torch::empty_like(parameter, torch::kCPU).normal_(0.0, 1.0, generator);
    parameter.add_(noise.to(parameter.device()) * parameter.std() * strength);
  }
}

std::string field(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string quoted;
  for (const char c : text) quoted.append(c == '"' ? 2 : 1, c);
  return fmt::format("\"{}\"", quoted);
}

const std::string& name_of(const RunTest& test, std::int64_t label) {
  return test.class_names[static_cast<std::size_t>(label)];
}

}  // namespace

RunTest test_run(const RunTestPlan& plan, const std::function<bool(double)>& progress) {
  check(plan);
  const RunSummary summary = read_summary(plan.run);
  const DataSplit data = open_data(summary.experiment.dataset);
  const SpikeSource* source = &part_of(data, plan.part);
  std::optional<ChangedSource> changed;
  const EventChanges changes{plan.lost, plan.jitter};
  if (changes.any()) source = &changed.emplace(*source, changes);
  std::optional<NoisySource> noisy;
  if (plan.noise_db) source = &noisy.emplace(*source, *plan.noise_db);
  Trainer trainer(summary.experiment, data);
  const bool own = plan.weights.empty();
  const std::filesystem::path weights = own ? weights_in(plan.run) : plan.weights;
  const auto restore = [&] {
    if (!own && is_foreign_weights(weights)) {
      take_weights(trainer.network(), read_weights(weights), weights.string());
    } else {
      restore_weights(trainer, weights);
    }
    if (plan.weight_noise > 0) {
      disturb_weights(trainer.network(), plan.weight_noise,
                      static_cast<std::uint64_t>(summary.experiment.seed));
    }
  };
  restore();

  RunTest test;
  test.part = plan.part;
  test.weights = own ? weights.filename().string() : weights.string();
  test.class_names = source->class_names();
  for (auto i = static_cast<std::int64_t>(test.class_names.size()); i < source->classes(); ++i) {
    test.class_names.push_back(class_title(summary.experiment.dataset.name, i));
  }
  std::vector<std::string> rounded_layers{std::string()};  // all
  if (plan.bits_by_layer) {
    for (std::string& id : weighted_layers(trainer.network())) rounded_layers.push_back(std::move(id));
  }
  const double all = static_cast<double>(trainer.samples_of(*source)) *
                     static_cast<double>(1 + plan.bits.size() * rounded_layers.size());
  double done = 0.0;
  const auto advance = [&](std::size_t samples) {
    done += static_cast<double>(samples);
    if (!progress(done / std::max(1.0, all))) throw Interrupted{};
  };
  const PartResult result = trainer.result_of(
      *source, [&](const std::vector<std::int64_t>& samples, const SpikeBatch& batch,
                   const Tensor& scores) {
        const Tensor sure = torch::softmax(scores.to(torch::kFloat64), 1);
        const Tensor predicted = scores.argmax(1);
        for (std::size_t i = 0; i < samples.size(); ++i) {
          const auto row = static_cast<std::int64_t>(i);
          const auto guess = predicted[row].item<std::int64_t>();
          test.predictions.push_back(
              {samples[i], batch.labels[i], guess, sure[row][guess].item<double>()});
        }
        advance(samples.size());
      });
  test.samples = static_cast<std::int64_t>(test.predictions.size());
  test.loss = result.loss;
  test.accuracy = result.accuracy;
  test.confusion = result.confusion;
  const auto& hidden = trainer.network().hidden();
  for (std::size_t i = 0; i < hidden.size() && i < result.layer_spikes.size(); ++i) {
    test.layers.push_back({hidden[i].id, result.layer_spikes[i], result.layer_rates[i]});
  }
  const bool unchanged = own && !changes.any() && !plan.noise_db && plan.weight_noise == 0;
  if (plan.part == "test" && unchanged && summary.epochs_done > 0) {
    test.recorded = summary.last_test_accuracy;
  }
  if (!plan.spikes.empty()) {
    write_spikes(trainer, *source, std::min(plan.spike_samples, test.samples), plan.spikes);
  }
  for (const std::string& layer : rounded_layers) {
    for (const int bits : plan.bits) {
      restore();
      round_weights(trainer.network(), bits, layer);
      const PartResult rounded = trainer.result_of(
          *source, [&](const std::vector<std::int64_t>& samples, const SpikeBatch&, const Tensor&) {
            advance(samples.size());
          });
      test.rounded.push_back({bits, layer, rounded.accuracy});
    }
  }
  return test;
}

std::vector<ClassResult> by_class(const RunTest& test) {
  const ConfusionMatrix& confusion = test.confusion;
  std::vector<ClassResult> rows(static_cast<std::size_t>(confusion.classes));
  for (std::int64_t truth = 0; truth < confusion.classes; ++truth) {
    ClassResult& row = rows[static_cast<std::size_t>(truth)];
    for (std::int64_t predicted = 0; predicted < confusion.classes; ++predicted) {
      const auto count =
          confusion.counts[static_cast<std::size_t>(truth * confusion.classes + predicted)];
      row.samples += count;
      if (predicted == truth) {
        row.right = count;
      } else if (count > row.taken) {
        row.other = predicted;
        row.taken = count;
      }
    }
  }
  return rows;
}

std::string predictions_csv(const RunTest& test) {
  std::string text = "sample,label,predicted,right,confidence\n";
  for (const Prediction& p : test.predictions) {
    text += fmt::format("{},{},{},{},{:.6g}\n", p.sample, field(name_of(test, p.label)),
                        field(name_of(test, p.predicted)), p.label == p.predicted ? 1 : 0,
                        p.confidence);
  }
  return text;
}

std::string confusion_csv(const RunTest& test) {
  std::string text = "label";
  for (const std::string& name : test.class_names) text += fmt::format(",{}", field(name));
  text += "\n";
  const std::int64_t classes = test.confusion.classes;
  for (std::int64_t truth = 0; truth < classes; ++truth) {
    text += field(name_of(test, truth));
    for (std::int64_t predicted = 0; predicted < classes; ++predicted) {
      text += fmt::format(
          ",{}", test.confusion.counts[static_cast<std::size_t>(truth * classes + predicted)]);
    }
    text += "\n";
  }
  return text;
}

}  // namespace paralif
