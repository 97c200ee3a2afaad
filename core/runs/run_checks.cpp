#include "core/runs/run_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string_view>

#include "datasets/error.h"

namespace paralif::run_files {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t most_epochs = 10'000'000;
constexpr std::int64_t most_steps = std::int64_t{1} << 53;  // exact as double too
constexpr double most_seconds = 1e11;                       // three thousand years
constexpr std::int64_t longest_sample = 100'000'000;        // steps
constexpr std::int64_t widest_layer = 100'000'000;
constexpr std::int64_t most_layers = 1000;
constexpr std::int64_t widest_map = 4096;
constexpr std::int64_t most_classes = 100'000;

/// Names a file's fields.
class Fields {
 public:
  explicit Fields(const fs::path& origin) : origin_(origin) {}

  void require(bool good, std::string_view field, const std::string& problem) const {
    if (good) return;
    throw Error(Error::Kind::file, origin_.string(), fmt::format("'{}' {}", field, problem),
                "the file is damaged; put a good copy in its place");
  }

  void within(std::string_view field, std::int64_t value, std::int64_t least,
              std::int64_t most) const {
    if (value >= least && value <= most) return;
    require(false, field, fmt::format("is {}, not {} to {}", value, least, most));
  }

  void within(std::string_view field, double value, double least, double most) const {
    if (value >= least && value <= most) return;  // false for NaN
    require(false, field, fmt::format("is {}, not {} to {}", value, least, most));
  }

  void share(std::string_view field, double value) const { within(field, value, 0.0, 1.0); }

  void share(std::string_view field, const std::optional<double>& value) const {
    if (value) share(field, *value);
  }

  void finite(std::string_view field, double value) const {
    require(std::isfinite(value), field, fmt::format("is {}", value));
  }

 private:
  const fs::path& origin_;
};

void check_steps(const Fields& fields, std::string_view field,
                 const std::vector<std::int32_t>& steps, std::int64_t length) {
  for (const std::int32_t step : steps) fields.within(field, std::int64_t{step}, 0, length - 1);
}

/// `layers` as the spikes have them; where those were not kept, a trace may be of any.
void check_trace(const Fields& fields, const std::string& name, const MembraneTrace& trace,
                 const SampleProbe& probe, const std::vector<LayerActivity>* known) {
  const auto layers = known == nullptr ? most_layers : static_cast<std::int64_t>(known->size());
  // 1 is the first hidden layer; the read-out comes after the last.
  fields.within(name + "/layer", trace.layer, 1, std::max<std::int64_t>(1, layers));
  const bool readout = trace.layer >= layers;
  const std::int64_t neurons =
      readout            ? static_cast<std::int64_t>(probe.readout.size())
      : known == nullptr ? widest_layer
                         : (*known)[static_cast<std::size_t>(trace.layer)].neurons;
  fields.within(name + "/neuron", trace.neuron, 0, std::max<std::int64_t>(0, neurons - 1));
  fields.require(static_cast<std::int64_t>(trace.membrane.size()) == probe.steps,
                 name + "/membrane",
                 fmt::format("has {} steps, not {}", trace.membrane.size(), probe.steps));
  for (const float value : trace.membrane) fields.finite(name + "/membrane", value);
  if (trace.has_threshold) fields.finite(name + "/threshold", trace.threshold);
  check_steps(fields, name + "/spike_steps", trace.spike_steps, probe.steps);
}

void check_probe(const Fields& fields, const SampleProbe& probe,
                 const std::vector<LayerActivity>* layers) {
  fields.within("probe/steps", probe.steps, 1, longest_sample);
  fields.within("probe/time_step_s", probe.time_step_s, 1e-12, 1e6);
  fields.within("probe/epoch", probe.epoch, 0, most_epochs);
  fields.within("probe/sample", probe.sample, 0, most_steps);
  const auto classes = static_cast<std::int64_t>(probe.readout.size());
  if (classes > 0) {
    fields.within("probe/label", probe.label, 0, classes - 1);
    fields.within("probe/predicted", probe.predicted, 0, classes - 1);
  }
  for (std::size_t i = 0; i < probe.layers.size(); ++i) {
    const LayerActivity& layer = probe.layers[i];
    const std::string name = fmt::format("probe/layers/{:03}", i);
    fields.within(name + "/neurons", layer.neurons, 1, widest_layer);
    fields.within(name + "/rate", layer.rate, 0.0, 1e6);
    for (const SpikeEvent& spike : layer.spikes) {
      fields.within(name + "/spikes (step)", std::int64_t{spike.step}, 0, probe.steps - 1);
      fields.within(name + "/spikes (neuron)", std::int64_t{spike.neuron}, 0, layer.neurons - 1);
    }
  }
  const auto each = [&](const char* group, const std::vector<MembraneTrace>& traces) {
    for (std::size_t i = 0; i < traces.size(); ++i) {
      check_trace(fields, fmt::format("probe/{}/{:03}", group, i), traces[i], probe, layers);
    }
  };
  each("traces", probe.traces);
  each("readout", probe.readout);
}

void check_map(const Fields& fields, const DecisionMap& map) {
  fields.within("map (side)", map.side, 2, widest_map);
  fields.within("map/epoch", map.epoch, 0, most_epochs);
  const auto points = static_cast<std::size_t>(map.side * map.side);
  fields.require(map.predicted.size() == points && map.confidence.size() == points, "map",
                 "has a wrong shape");
  for (const float share : map.confidence) {
    fields.within("map/confidence", double{share}, 0.0, 1.0 + 1e-5);  // a softmax, rounded
  }
}

void check_confusion(const Fields& fields, const ConfusionMatrix& matrix) {
  fields.within("confusion (classes)", matrix.classes, 1, most_classes);
  fields.within("confusion/epoch", matrix.epoch, 0, most_epochs);
  fields.require(matrix.counts.size() ==
                     static_cast<std::size_t>(matrix.classes) *
                         static_cast<std::size_t>(matrix.classes),
                 "confusion", "has a wrong shape");
  for (const std::int64_t count : matrix.counts) {
    fields.within("confusion/counts", count, 0, std::int64_t{1} << 40);
  }
}

}  // namespace

void check(const Head& h, const fs::path& origin) {
  const Fields fields(origin);
  constexpr RunStatus written[] = {RunStatus::queued, RunStatus::running, RunStatus::finished,
                                   RunStatus::stopped, RunStatus::failed};
  fields.require(std::ranges::find(written, h.status) != std::end(written), "status", "is unknown");
  fields.within("epochs_done", h.epochs_done, 0, most_epochs);
  if (h.best_test_accuracy) fields.share("best_test_accuracy", *h.best_test_accuracy);
  if (h.best_validation_accuracy) {
    fields.share("best_validation_accuracy", *h.best_validation_accuracy);
  }
  fields.share("last_test_accuracy", h.last_test_accuracy);
  fields.within("train_seconds", h.train_seconds, 0.0, most_seconds);
  if (h.parameters) fields.within("parameters", *h.parameters, 0, most_steps);
}

void check(const Metrics& all, const fs::path& origin) {
  const Fields fields(origin);
  std::int64_t step = 0;
  for (const BatchMetrics& b : all.batches) {
    fields.within("batches/step", b.step, step + 1, most_steps);
    step = b.step;
    fields.within("batches/epoch", b.epoch, 1, most_epochs);
    fields.within("batches/batch", b.batch, 1, most_steps);
    fields.finite("batches/loss", b.loss);
    fields.share("batches/accuracy", b.accuracy);
  }
  std::int64_t epoch = 0;
  for (const EpochMetrics& e : all.epochs) {
    fields.within("epochs/epoch", e.epoch, epoch + 1, most_epochs);
    epoch = e.epoch;
    fields.within("epochs/step", e.step, 0, most_steps);
    fields.finite("epochs/train_loss", e.train_loss);
    fields.share("epochs/train_accuracy", e.train_accuracy);
    if (e.validation_loss) fields.finite("epochs/validation_loss", *e.validation_loss);
    if (e.validation_accuracy) fields.share("epochs/validation_accuracy", *e.validation_accuracy);
    fields.finite("epochs/test_loss", e.test_loss);
    fields.share("epochs/test_accuracy", e.test_accuracy);
    fields.within("epochs/train_seconds", e.train_seconds, 0.0, most_seconds);
    fields.within("epochs/test_seconds", e.test_seconds, 0.0, most_seconds);
    fields.within("epochs/learning_rate", e.learning_rate, 0.0, 1e6);
    // Without an upper limit: of a network without spikes these are its activities.
    constexpr double largest = std::numeric_limits<double>::max();
    for (const double rate : e.layer_rates) fields.within("epochs/layer_rates", rate, 0.0, largest);
    for (const double count : e.layer_spikes) {
      fields.within("epochs/layer_spikes", count, 0.0, largest);
    }
  }
}

void check(const Records& records, const fs::path& origin) {
  const Fields fields(origin);
  const auto spikes = value_of<SampleProbe>(records, "spikes");
  for (const auto& [id, record] : records) {
    fields.within("records/" + id + "/epoch", record->epoch, 0, most_epochs);
    fields.within("records/" + id + "/sample", record->sample, -1, most_steps);
    if (const auto* probe = std::get_if<SampleProbe>(&record->value)) {
      check_probe(fields, *probe, spikes ? &spikes->layers : nullptr);
    }
    if (const auto* map = std::get_if<DecisionMap>(&record->value)) check_map(fields, *map);
    if (const auto* matrix = std::get_if<ConfusionMatrix>(&record->value)) {
      check_confusion(fields, *matrix);
    }
  }
}

}  // namespace paralif::run_files
