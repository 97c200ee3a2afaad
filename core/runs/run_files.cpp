// run.json and metrics.h5.
#include "core/runs/run_files.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/runs/new_run.h"
#include "core/runs/metric_units.h"
#include "core/runs/run_checks.h"
#include "core/values/json_document.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"
#include "datasets/hdf5_appender.h"
#include "datasets/hdf5_file.h"
#include "datasets/readers/readable.h"

namespace paralif::run_files {
namespace {

namespace fs = std::filesystem;

constexpr int schema = 1;

/// A count: nlohmann converts real numbers of any size without a word.
std::int64_t whole(const nlohmann::json& json, const char* name) {
  const nlohmann::json& value = json.at(name);
  if (value.is_number_integer()) return value.get<std::int64_t>();
  throw std::out_of_range(name);
}

[[noreturn]] void newer(const fs::path& path) {
  throw Error(Error::Kind::file, path.string(), "is from a newer version of the program",
              "update ParaLIF Studio");
}

/// "2024-05-01T12:03:22Z".
std::string utc_text(std::int64_t instant) {
  const std::time_t time = instant;
  std::tm parts{};
  gmtime_r(&time, &parts);
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", parts);
}

/// Earlier versions wrote only the local time, which another time zone or clock reads otherwise.
RunStatus status_of(const nlohmann::json& json, const fs::path& path) {
  const auto text = json.at("status").get<std::string>();
  if (const auto status = run_status_of(text)) return *status;
  throw Error(Error::Kind::file, path.string(), "'status' is unknown", "the file is damaged");
}

std::int64_t started_of(const nlohmann::json& json, const fs::path& path) {
  if (json.contains("started_utc")) {
    std::tm parts{};
    const auto text = json.at("started_utc").get<std::string>();
    const char* end = strptime(text.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    if (end != nullptr && *end == '\0') return timegm(&parts);
    throw Error(Error::Kind::file, path.string(),
                "'started_utc' is no time such as 2024-05-01T12:03:22Z", "the file is damaged");
  }
  const std::int64_t instant = instant_of_local(json.at("started").get<std::string>());
  if (instant < 0) {
    throw Error(Error::Kind::file, path.string(),
                "'started' is no time such as 2024-05-01 14:03:22", "the file is damaged");
  }
  return instant;
}

/// Rows of a table from `first` on, as one column of it.
template <typename Value, typename Record>
std::vector<Value> column(const std::vector<Record>& records, std::size_t first,
                          Value Record::*member) {
  std::vector<Value> values;
  for (std::size_t i = first; i < records.size(); ++i) values.push_back(records[i].*member);
  return values;
}

template <typename Record, typename Value>
void fill(std::vector<Record>& records, const Array<Value>& array, auto member,
          const Hdf5Reader& file) {
  if (records.empty()) records.resize(array.values.size());
  if (records.size() != array.values.size()) {
    throw Error(Error::Kind::file, file.path().string(), "has columns of different lengths",
                "the file is damaged");
  }
  for (std::size_t i = 0; i < records.size(); ++i) records[i].*member = array.values[i];
}

/// A value a layer in each row. An array without layers is left out.
void append_layers(Hdf5Appender& file, const std::string& name,
                   const std::vector<EpochMetrics>& epochs, std::size_t first,
                   std::vector<double> EpochMetrics::*member) {
  std::size_t layers = 0;
  for (const EpochMetrics& epoch : epochs) layers = std::max(layers, (epoch.*member).size());
  if (layers == 0) return;
  std::vector<double> values;
  for (std::size_t i = first; i < epochs.size(); ++i) {
    const auto& given = epochs[i].*member;
    for (std::size_t layer = 0; layer < layers; ++layer) {
      values.push_back(layer < given.size() ? given[layer] : 0.0);
    }
  }
  file.append(name, static_cast<std::int64_t>(first), values, static_cast<std::int64_t>(layers));
}

void read_layers(const Hdf5Reader& file, const std::string& name, std::vector<EpochMetrics>& epochs,
                 std::vector<double> EpochMetrics::*member) {
  if (!file.contains(name)) return;  // no layer, or no epoch yet
  const Array<double> array = file.doubles(name);
  if (array.shape.size() != 2 || array.shape[0] != static_cast<std::int64_t>(epochs.size())) {
    throw Error(Error::Kind::file, file.path().string(), "'" + name + "' has a wrong shape",
                "the file is damaged");
  }
  const auto layers = static_cast<std::size_t>(array.shape[1]);
  for (std::size_t i = 0; i < epochs.size(); ++i) {
    const auto* first = array.values.data() + i * layers;
    (epochs[i].*member).assign(first, first + layers);
  }
}

/// Every real column of an epoch, by its name in the file.
constexpr std::pair<const char*, double EpochMetrics::*> epoch_columns[] = {
    {"train_loss", &EpochMetrics::train_loss},
    {"train_accuracy", &EpochMetrics::train_accuracy},
    {"test_loss", &EpochMetrics::test_loss},
    {"test_accuracy", &EpochMetrics::test_accuracy},
    {"train_seconds", &EpochMetrics::train_seconds},
    {"test_seconds", &EpochMetrics::test_seconds},
    {"learning_rate", &EpochMetrics::learning_rate}};

/// Columns that files of earlier versions lack.
constexpr std::pair<const char*, std::vector<double> EpochMetrics::*> step_spike_columns[] = {
    {"layer_step_spikes", &EpochMetrics::layer_step_spikes},
    {"feedback_step_spikes", &EpochMetrics::feedback_step_spikes}};
constexpr std::pair<const char*, std::optional<double> EpochMetrics::*> validation_columns[] = {
    {"validation_loss", &EpochMetrics::validation_loss},
    {"validation_accuracy", &EpochMetrics::validation_accuracy}};

/// Nothing without a validation part; NaN in epochs that had none.
void append_validation(Hdf5Appender& file, const std::string& name,
                       const std::vector<EpochMetrics>& epochs, std::size_t first,
                       std::optional<double> EpochMetrics::*member) {
  if (std::ranges::none_of(epochs, [&](const auto& e) { return (e.*member).has_value(); })) return;
  std::vector<double> values;
  for (std::size_t i = first; i < epochs.size(); ++i) {
    values.push_back((epochs[i].*member).value_or(std::numeric_limits<double>::quiet_NaN()));
  }
  file.append(name, static_cast<std::int64_t>(first), values);
}

void read_validation(const Hdf5Reader& file, const std::string& name,
                     std::vector<EpochMetrics>& epochs,
                     std::optional<double> EpochMetrics::*member) {
  const Array<double> array = file.doubles(name);
  if (array.values.size() != epochs.size()) {
    throw Error(Error::Kind::file, file.path().string(), "has columns of different lengths",
                "the file is damaged");
  }
  for (std::size_t i = 0; i < epochs.size(); ++i) {
    if (!std::isnan(array.values[i])) epochs[i].*member = array.values[i];
  }
}

}  // namespace

void write_head(const fs::path& folder, const Head& h) {
  nlohmann::ordered_json json{{"schema", schema},
                              {"status", to_string(h.status)},
                              {"started", local_time_text(h.started_at)},
                              {"started_utc", utc_text(h.started_at)},
                              {"epochs_done", h.epochs_done},
                              {"last_test_accuracy", h.last_test_accuracy},
                              {"train_seconds", h.train_seconds}};
  if (h.best_validation_accuracy) json["best_validation_accuracy"] = *h.best_validation_accuracy;
  if (h.best_test_accuracy) json["best_test_accuracy"] = *h.best_test_accuracy;
  if (h.parameters) json["parameters"] = *h.parameters;
  write_file(folder / head, json.dump(2) + "\n");
}

Head read_head(const fs::path& folder) {
  const fs::path path = folder / head;
  const nlohmann::json json = read_json(path);
  Head h;
  try {
    if (whole(json, "schema") > schema) newer(path);
    h.status = status_of(json, path);
    h.started_at = started_of(json, path);
    for (const auto& [name, member] : {std::pair{"best_test_accuracy", &Head::best_test_accuracy},
                                       {"best_validation_accuracy",
                                        &Head::best_validation_accuracy}}) {
      if (json.contains(name)) h.*member = json.at(name).get<double>();
    }
    h.epochs_done = whole(json, "epochs_done");
    if (json.contains("parameters")) h.parameters = whole(json, "parameters");
    json.at("last_test_accuracy").get_to(h.last_test_accuracy);
    json.at("train_seconds").get_to(h.train_seconds);
  } catch (const nlohmann::json::exception&) {
    throw Error(Error::Kind::file, path.string(), "is damaged or not of a run",
                "choose the folder of another run");
  } catch (const std::out_of_range& field) {
    throw Error(Error::Kind::file, path.string(),
                fmt::format("'{}' is no whole number", field.what()), "the file is damaged");
  }
  check(h, path);
  return h;
}

namespace {

/// The batches behind `batches` rows of them, and the epochs behind as many of theirs.
void append_rows(Hdf5Appender& file, const Metrics& m, std::int64_t batch_rows,
                 std::size_t epoch_rows) {
  file.append("batches/step", batch_rows, column(m.batches, 0, &BatchMetrics::step));
  file.append("batches/epoch", batch_rows, column(m.batches, 0, &BatchMetrics::epoch));
  file.append("batches/batch", batch_rows, column(m.batches, 0, &BatchMetrics::batch));
  file.append("batches/loss", batch_rows, column(m.batches, 0, &BatchMetrics::loss));
  file.append("batches/accuracy", batch_rows, column(m.batches, 0, &BatchMetrics::accuracy));
  const auto kept = static_cast<std::int64_t>(epoch_rows);
  file.append("epochs/epoch", kept, column(m.epochs, epoch_rows, &EpochMetrics::epoch));
  file.append("epochs/step", kept, column(m.epochs, epoch_rows, &EpochMetrics::step));
  for (const auto& [name, member] : epoch_columns) {
    file.append(std::string("epochs/") + name, kept, column(m.epochs, epoch_rows, member));
  }
  append_layers(file, "epochs/layer_rates", m.epochs, epoch_rows, &EpochMetrics::layer_rates);
  append_layers(file, "epochs/layer_spikes", m.epochs, epoch_rows, &EpochMetrics::layer_spikes);
  for (const auto& [name, member] : step_spike_columns) {
    append_layers(file, std::string("epochs/") + name, m.epochs, epoch_rows, member);
  }
  for (const auto& [name, member] : validation_columns) {
    append_validation(file, std::string("epochs/") + name, m.epochs, epoch_rows, member);
  }
  for (const auto& [array, unit] : metric_units) {
    file.describe(std::string(array), "unit", std::string(unit));
  }
  file.close();
}

}  // namespace

void write_metrics(const fs::path& folder, const Metrics& m) {
  replace_file(folder / metrics, [&](const fs::path& aside) {
    Hdf5Appender file = Hdf5Appender::fresh(aside);
    file.attribute("/", "schema", 1);
    append_rows(file, m, 0, 0);
  });
}

void append_metrics(const fs::path& folder, const Metrics& m, std::int64_t batch_rows,
                    std::size_t epoch_rows) {
  replace_file(folder / metrics, [&](const fs::path& aside) {
    fs::copy_file(folder / metrics, aside, fs::copy_options::overwrite_existing);
    Hdf5Appender file = Hdf5Appender::existing(aside);
    append_rows(file, m, batch_rows, epoch_rows);
  });
}

Metrics read_metrics(const fs::path& folder) {
  require_readable_file(folder / metrics);
  const Hdf5Reader file(folder / metrics);
  const auto attributes = file.attributes("/");
  const auto version = attributes.find("schema");
  const auto* number =
      version == attributes.end() ? nullptr : std::get_if<std::int64_t>(&version->second);
  if (number != nullptr && *number > schema) newer(folder / metrics);
  Metrics m;
  fill(m.batches, file.integers("batches/step"), &BatchMetrics::step, file);
  fill(m.batches, file.integers("batches/epoch"), &BatchMetrics::epoch, file);
  fill(m.batches, file.integers("batches/batch"), &BatchMetrics::batch, file);
  fill(m.batches, file.doubles("batches/loss"), &BatchMetrics::loss, file);
  fill(m.batches, file.doubles("batches/accuracy"), &BatchMetrics::accuracy, file);
  fill(m.epochs, file.integers("epochs/epoch"), &EpochMetrics::epoch, file);
  fill(m.epochs, file.integers("epochs/step"), &EpochMetrics::step, file);
  for (const auto& [name, member] : epoch_columns) {
    fill(m.epochs, file.doubles(std::string("epochs/") + name), member, file);
  }
  read_layers(file, "epochs/layer_rates", m.epochs, &EpochMetrics::layer_rates);
  read_layers(file, "epochs/layer_spikes", m.epochs, &EpochMetrics::layer_spikes);
  // Files of earlier versions lack these.
  for (const auto& [name, member] : step_spike_columns) {
    const std::string path = std::string("epochs/") + name;
    if (file.contains(path)) read_layers(file, path, m.epochs, member);
  }
  for (const auto& [name, member] : validation_columns) {
    const std::string path = std::string("epochs/") + name;
    if (file.contains(path)) read_validation(file, path, m.epochs, member);
  }
  check(m, folder / metrics);
  return m;
}

}  // namespace paralif::run_files
