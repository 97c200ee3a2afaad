// `paralif runs` and `paralif presets`: what has been recorded, and what to begin from.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/runs_root.h"
#include "app/cli/terminal.h"
#include "core/experiments/experiment_file.h"
#include "core/experiments/network_presets.h"
#include "core/experiments/presets.h"
#include "core/library/run_bin.h"
#include "core/library/run_columns.h"
#include "core/library/run_library.h"
#include "core/library/run_order.h"
#include "core/library/run_query.h"
#include "core/runs/new_run.h"
#include "datasets/text.h"

namespace paralif::cli {
namespace {

using Json = nlohmann::ordered_json;

struct RunsOptions {
  std::string root;
  std::vector<std::string> filter;
  std::vector<std::string> columns;
  std::string sort;
  bool ascending = false;
  std::int64_t limit = 0;
  bool bin = false;
  bool json = false;
};

std::string percent(const std::optional<double>& share) {
  return share ? fmt::format("{:.1f} %", 100.0 * *share) : "-";
}

/// Null where there is none.
template <typename T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

/// Chosen by validation, or by the test in runs of earlier versions.
std::string best_of(const RunEntry& run) {
  if (run.best_validation_accuracy) return percent(run.best_validation_accuracy) + " v";
  if (run.best_test_accuracy) return percent(run.best_test_accuracy) + " t";
  return "-";
}

Json json_of(const RunEntry& run, const std::vector<const RunColumn*>& columns) {
  Json json{{"folder", run.folder.string()}, {"title", run.title}, {"status", to_string(run.status)}};
  if (!run.problem.empty()) {
    json["problem"] = run.problem;
    json["resumable"] = false;
    return json;
  }
  json.update(Json{{"started", local_time_text(run.started_at)},
                   {"neuron", run.network},
                   {"epochs_done", run.epochs_done},
                   {"epochs", run.epochs},
                   {"best_validation_accuracy", or_null(run.best_validation_accuracy)},
                   {"best_test_accuracy", or_null(run.best_test_accuracy)},
                   {"last_test_accuracy", run.last_test_accuracy.value_or(0.0)},
                   {"train_seconds", run.train_seconds},
                   {"resumable", run.resumable},
                   {"tags", run.marks.tags},
                   {"note", run.marks.note},
                   {"favourite", run.marks.favourite},
                   {"sweep", run.sweep}});
  for (const RunColumn* column : columns) {
    const auto number = column->number(run);
    json["columns"][column->key] = number ? Json(*number) : Json(column->text(run));
  }
  return json;
}

void print_row(const RunEntry& run) {
  const bool damaged = !run.problem.empty();
  fmt::print("{:<19}  {:<11}  {:>9}  {:>9}  {:>7}  {:<28}  {}\n",
             damaged ? "-" : local_time_text(run.started_at), to_string(run.status),
             damaged ? "-" : fmt::format("{}/{}", run.epochs_done, run.epochs), best_of(run),
             percent(run.last_test_accuracy),
             (run.marks.favourite ? "* " : "") + printable(run.title),
             printable(run.folder.string()));
  if (damaged) fmt::print("  damaged: {}\n", printable(run.problem));
}

/// Each column as wide as its widest text; numbers stand at the right.
void print_table(const std::vector<const RunEntry*>& runs,
                 const std::vector<const RunColumn*>& columns) {
  std::vector<std::vector<std::string>> rows(1);
  for (const RunColumn* column : columns) rows[0].push_back(column->key);
  for (const RunEntry* run : runs) {
    auto& row = rows.emplace_back();
    for (const RunColumn* column : columns) {
      const std::string text = printable(column->text(*run));
      row.push_back(text.empty() ? "-" : text);
    }
  }
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      std::size_t width = 0;
      for (const auto& other : rows) width = std::max(width, other[c].size());
      line += columns[c]->numeric ? fmt::format("{:>{}}  ", row[c], width)
                                  : fmt::format("{:<{}}  ", row[c], width);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    fmt::print("{}\n", line);
  }
}

int list(const RunsOptions& options) {
  const RunQuery query(fmt::format("{}", fmt::join(options.filter, " ")));
  std::vector<const RunColumn*> columns;
  for (const std::string& name : options.columns) columns.push_back(&run_column(name));
  const RunColumn* by = options.sort.empty() ? nullptr : &run_column(options.sort);
  std::filesystem::path folder = root_of(options.root);
  if (options.bin) folder = bin_of(folder);
  JobControl control;
  // The bin is small and rarely looked at: it needs no index.
  const LibraryListing listing =
      options.bin ? list_library(folder, {}, control) : list_library(folder, control);
  if (!listing.index_problem.empty()) {
    fmt::print(stderr, "paralif: listed without an index: {}\n", printable(listing.index_problem));
  }
  std::vector<const RunEntry*> runs;
  for (const RunEntry& run : listing.runs) {
    if (query.matches(run)) runs.push_back(&run);
  }
  if (by != nullptr) {
    std::vector<const RunEntry*> sorted;
    for (const std::size_t i : order_of(runs, *by, !options.ascending)) sorted.push_back(runs[i]);
    runs = std::move(sorted);
  } else if (options.ascending) {
    std::ranges::reverse(runs);
  }
  if (options.limit > 0 && runs.size() > static_cast<std::size_t>(options.limit)) {
    runs.resize(static_cast<std::size_t>(options.limit));
  }
  if (options.json) {
    Json all = Json::array();
    for (const RunEntry* run : runs) all.push_back(json_of(*run, columns));
    fmt::print("{}\n", all.dump(2, ' ', false, Json::error_handler_t::replace));
    return success;
  }
  if (runs.empty()) {
    fmt::print("No {}runs in {}.\n", query.empty() ? "" : "such ", printable(folder.string()));
    return success;
  }
  if (!columns.empty()) {
    print_table(runs, columns);
    return success;
  }
  fmt::print("{:<19}  {:<11}  {:>9}  {:>9}  {:>7}  {:<28}  {}\n", "started", "status", "epochs",
             "best", "test", "title", "folder");
  for (const RunEntry* run : runs) print_row(*run);
  return success;
}

int show_presets(bool as_json) {
  Json all = Json::array();
  for (const Preset& preset : presets()) {
    if (as_json) {
      all.push_back({{"id", preset.id},
                     {"group", preset.group},
                     {"title", preset.title},
                     {"description", preset.description},
                     {"experiment", Json::parse(to_json(preset.experiment))}});
    } else {
      fmt::print("{:<28}  {}\n", preset.id, preset.description);
    }
  }
  if (as_json) fmt::print("{}\n", all.dump(2, ' ', false, Json::error_handler_t::replace));
  return success;
}

}  // namespace

void add_runs(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("runs", "List the recorded runs, newest first.");
  auto o = std::make_shared<RunsOptions>();
  command->add_option("FILTER", o->filter,
                      "Terms that must hold, such as neuron=ParaLIF-D 'accuracy>0.8' tag=paper; a "
                      "word alone is looked for in title, note, tags, dataset and network");
  command->add_option("--dir", o->root, "Folder that holds the runs");
  command->add_option("--columns", o->columns, "What to print, such as title,accuracy,neuron.name")
      ->delimiter(',')
      ->allow_extra_args(false);
  command->add_option("--sort", o->sort, "Sort by a column, the largest first");
  command->add_flag("--ascending", o->ascending, "The smallest, or the oldest, first");
  command->add_option("--limit", o->limit, "Print so many at most")->check(CLI::Range(1, 1000000000));
  command->add_flag("--bin", o->bin, "List what was thrown away");
  command->add_flag("--json", o->json, "Print them as JSON");
  command->callback([&action, o] { action = [o] { return list(*o); }; });
}

void add_presets(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("presets", "List the experiments to begin from.");
  auto as_json = std::make_shared<bool>(false);
  command->add_flag("--json", *as_json, "Print them whole, as JSON");
  command->callback([&action, as_json] { action = [as_json] { return show_presets(*as_json); }; });
}

}  // namespace paralif::cli
