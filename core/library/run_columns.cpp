#include "core/library/run_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/experiments/fields.h"
#include "core/runs/new_run.h"
#include "datasets/error.h"

namespace paralif {
namespace {

using Words = std::function<std::string(const RunEntry&)>;
using Number = std::function<std::optional<double>(const RunEntry&)>;

std::string percent(std::optional<double> share) {
  return share ? fmt::format("{:.1f} %", 100.0 * *share) : std::string();
}

RunColumn words(std::string key, std::vector<std::string> aliases, Text label, Text explanation,
                Words text) {
  return {std::move(key),  std::move(aliases),
          label,           {},
          explanation,     false,
          std::move(text), [](const RunEntry&) { return std::nullopt; }};
}

RunColumn share(std::string key, std::vector<std::string> aliases, Text label, Text explanation,
                Number number) {
  return {std::move(key),
          std::move(aliases),
          label,
          {},
          explanation,
          true,
          [number](const RunEntry& run) { return percent(number(run)); },
          number};
}

std::string joined(const std::vector<std::string>& parts) {
  return fmt::format("{}", fmt::join(parts, " "));
}

void add_results(std::vector<RunColumn>& columns) {
  columns.push_back(words("title", {}, marked("Title"), marked("The name of the run."),
                          [](const RunEntry& r) { return r.title; }));
  columns.push_back(words("dataset", {}, marked("Dataset"), marked("What it learned from."),
                          [](const RunEntry& r) { return r.dataset; }));
  columns.push_back(words("network", {}, marked("Network"),
                          marked("Its neuron, or its network's name."),
                          [](const RunEntry& r) { return r.network; }));
  columns.push_back(
      words("status", {}, marked("Status"),
            marked("queued, running, finished, stopped, failed, interrupted or damaged."),
            [](const RunEntry& r) { return std::string(to_string(r.status)); }));
  columns.push_back({"started",
                     {"date"},
                     marked("Started"),
                     {},
                     marked("When it began, in local time."),
                     false,
                     [](const RunEntry& r) {
                       return r.started_at > 0 ? local_time_text(r.started_at) : std::string();
                     },
                     [](const RunEntry& r) -> std::optional<double> {
                       if (r.started_at <= 0) return std::nullopt;
                       return static_cast<double>(r.started_at);
                     }});
  columns.push_back({"epochs",
                     {"epochs_done"},
                     marked("Epochs"),
                     {},
                     marked("Epochs trained, of those to train."),
                     true,
                     [](const RunEntry& r) {
                       return r.epochs > 0 ? fmt::format("{}/{}", r.epochs_done, r.epochs)
                                           : std::string();
                     },
                     [](const RunEntry& r) -> std::optional<double> {
                       if (r.epochs <= 0) return std::nullopt;
                       return static_cast<double>(r.epochs_done);
                     }});
  columns.push_back(share("validation", {"best", "validation_accuracy"}, marked("Validation"),
                          marked("The best accuracy on the validation part."),
                          [](const RunEntry& r) { return r.best_validation_accuracy; }));
  columns.back().text = [](const RunEntry& r) {
    if (r.best_validation_accuracy) return percent(r.best_validation_accuracy);
    if (r.best_test_accuracy) return percent(r.best_test_accuracy) + " (test)";
    return std::string();
  };
  columns.push_back(share("accuracy", {"test", "test_accuracy"}, marked("Test"),
                          marked("The test accuracy after the last epoch, a share of one."),
                          [](const RunEntry& r) { return r.last_test_accuracy; }));
  columns.push_back({"seconds",
                     {"train_seconds"},
                     marked("Trained"),
                     symbol("s"),
                     marked("How long all its epochs took, tests included."),
                     true,
                     [](const RunEntry& r) {
                       return r.epochs > 0 ? fmt::format("{:.1f}", r.train_seconds) : std::string();
                     },
                     [](const RunEntry& r) -> std::optional<double> {
                       if (r.epochs <= 0) return std::nullopt;
                       return r.train_seconds;
                     }});
  columns.push_back(
      {"parameters",
       {},
       marked("Parameters"),
       {},
       marked("Numbers that the network learns or could learn: weights, biases, constants."),
       true,
       [](const RunEntry& r) {
         return r.parameters ? fmt::format("{:.0f}", *r.parameters) : std::string();
       },
       [](const RunEntry& r) { return r.parameters; }});
  columns.push_back(words("tag", {"tags"}, marked("Tags"), marked("Words given to it by hand."),
                          [](const RunEntry& r) { return joined(r.marks.tags); }));
  columns.push_back(words("note", {}, marked("Note"), marked("What was written about it."),
                          [](const RunEntry& r) { return r.marks.note; }));
  columns.push_back(words("favourite", {"favorite"}, marked("Favourite"),
                          marked("Marked by hand: yes or no."),
                          [](const RunEntry& r) { return r.marks.favourite ? "yes" : "no"; }));
  columns.push_back(words("sweep", {}, marked("Sweep"), marked("The sweep that it is of."),
                          [](const RunEntry& r) { return r.sweep; }));
  columns.push_back(words("folder", {}, marked("Folder"), marked("Where it is kept."),
                          [](const RunEntry& r) { return r.folder.string(); }));
}

std::vector<RunColumn> make_columns() {
  std::vector<RunColumn> columns;
  add_results(columns);
  std::size_t index = 0;
  for (const Field& field : experiment_fields()) {
    const std::size_t at = index++;
    if (field.type == ParameterType::layers || field.key == "title") continue;
    RunColumn column{
        .key = std::string(field.key),
        .aliases = {},
        .label = field.label,
        .unit = field.unit,
        .explanation = field.explanation,
        .numeric = field.type == ParameterType::whole || field.type == ParameterType::real,
        .text = [at](const RunEntry& r) { return r.settings.at(at); },
        .number = [at](const RunEntry& r) { return number_of_text(r.settings.at(at)); }};
    if (!field.flag.empty() && field.flag != field.key) column.aliases.emplace_back(field.flag);
    column.aliases.insert(column.aliases.end(), field.aliases.begin(), field.aliases.end());
    columns.push_back(std::move(column));
  }
  return columns;
}

bool has_name(const RunColumn& column, std::string_view name) {
  return column.key == name || std::ranges::find(column.aliases, name) != column.aliases.end();
}

/// "name" of "neuron.name", and "neuron" of it: what a thing's name is, is the thing.
bool ends_or_begins(const RunColumn& column, std::string_view name) {
  const std::string& key = column.key;
  const std::size_t dot = key.find('.');
  if (dot == std::string::npos) return false;
  return key.substr(dot + 1) == name || (key.substr(0, dot) == name && key.ends_with(".name"));
}

/// Letters that must be changed, added or left out to make one of the other.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row.back();
}

std::string nearest(std::string_view name) {
  std::string best;
  std::size_t least = std::string::npos;
  const auto look = [&](const std::string& word) {
    const std::size_t d = distance(name, word);
    if (d < least) {
      least = d;
      best = word;
    }
  };
  for (const RunColumn& column : run_columns()) {
    look(column.key);
    for (const std::string& alias : column.aliases) look(alias);
    if (const auto dot = column.key.find('.'); dot != std::string::npos) {
      look(column.key.substr(dot + 1));
    }
  }
  return best;
}

}  // namespace

std::span<const RunColumn> run_columns() {
  static const std::vector<RunColumn> columns = make_columns();
  return columns;
}

const RunColumn& run_column(std::string_view name) {
  const auto columns = run_columns();
  const auto exact =
      std::ranges::find_if(columns, [&](const RunColumn& c) { return has_name(c, name); });
  if (exact != columns.end()) return *exact;
  std::vector<const RunColumn*> candidates;
  for (const RunColumn& column : columns) {
    if (ends_or_begins(column, name)) candidates.push_back(&column);
  }
  if (candidates.size() == 1) return *candidates.front();
  if (candidates.size() > 1) {
    std::vector<std::string> keys;
    for (const RunColumn* column : candidates) keys.push_back(column->key);
    throw Error(Error::Kind::setting, std::string(name),
                fmt::format("may be {}", fmt::join(keys, " or ")), "write it whole");
  }
  throw Error(Error::Kind::setting, std::string(name.substr(0, 60)), "is not known of a run",
              fmt::format("did you mean '{}'?", nearest(name.substr(0, 60))));
}

std::optional<double> number_of_text(std::string_view text) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace paralif
