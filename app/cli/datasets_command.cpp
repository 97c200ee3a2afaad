// `paralif datasets`: what is there, what is in a file or folder, and sample data.
#include <fmt/format.h>

#include <cstdio>

#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/terminal.h"
#include "datasets/catalogue/catalogue.h"
#include "datasets/catalogue/check.h"
#include "datasets/data_folder.h"
#include "datasets/error.h"
#include "datasets/import/imported_set.h"
#include "datasets/readers/points_reader.h"
#include "datasets/readers/readable.h"
#include "datasets/samples/sample_data.h"
#include "datasets/text.h"

namespace paralif::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string state_text(const PartState& state) {
  if (!state.problem.empty()) return fmt::format("broken: {}", state.problem);
  if (state.path.empty()) return "missing";
  return fmt::format("{} samples{}  {}", state.samples, state.sample_data ? " (sample data)" : "",
                     printable(state.path.string()));
}

int list(const std::string& chosen, bool as_json) {
  const auto folder = data_folder(chosen);
  if (!chosen.empty()) require_folder(folder);
  Json all = Json::array();
  if (!as_json) fmt::print("Data folder: {}\n", printable(folder.string()));
  for (const Dataset& entry : catalogue()) {
    Json parts = Json::array();
    if (!as_json) {
      fmt::print("\n{} - {}\n  {}\n", entry.name, entry.title, entry.description);
    }
    bool missing = false;
    for (const PartState& state : inspect(entry, folder)) {
      missing = missing || state.path.empty();
      if (as_json) {
        parts.push_back({{"part", name_of(state.part)},
                         {"path", state.path.string()},
                         {"samples", state.samples},
                         {"sample_data", state.sample_data},
                         {"problem", state.problem}});
      } else {
        fmt::print("  {:<10}  {}\n", name_of(state.part), state_text(state));
      }
    }
    if (as_json) {
      all.push_back({{"name", entry.name},
                     {"title", entry.title},
                     {"classes", entry.classes},
                     {"files", entry.files},
                     {"page", entry.page},
                     {"size", entry.size},
                     {"licence", entry.licence},
                     {"citation", entry.citation},
                     {"parts", parts}});
    } else if (missing && !entry.files.empty()) {
      fmt::print("  put there   {}\n", entry.files);
      if (!entry.page.empty()) {
        fmt::print("  from        {} ({}, {})\n", entry.page, entry.size, entry.licence);
      }
    }
  }
  Json imported = Json::array();
  for (const ImportedSet& set : imported_sets(folder)) {
    imported.push_back({{"name", set.about.name},
                        {"folder", set.folder.string()},
                        {"licence", set.about.licence},
                        {"source", set.about.source},
                        {"class_names", set.class_names}});
    if (!as_json) {
      fmt::print("\n{} - imported, {} classes\n  train on it: --dataset heidelberg --data-dir '{}'\n",
                 printable(set.about.name), set.class_names.size(),
                 printable(set.folder.string()));
    }
  }
  if (as_json) {
    fmt::print("{}\n", Json{{"data_folder", folder.string()},
                            {"datasets", all},
                            {"imported", imported}}.dump(
                           2, ' ', false, Json::error_handler_t::replace));
  }
  return success;
}

Json json_of(const SetReport& report) {
  return {{"samples", report.samples},       {"broken", report.broken},
          {"spikes", report.spikes},         {"fewest_spikes", report.fewest},
          {"most_spikes", report.most},      {"silent", report.silent},
          {"shortest_s", report.shortest_s}, {"mean_s", report.mean_s},
          {"longest_s", report.longest_s},   {"class_counts", report.class_counts},
          {"class_names", report.class_names},
          {"left_out_events", report.flaws.left_out},
          {"out_of_order_events", report.flaws.out_of_order},
          {"notes", report.flaws.sentences()},
          {"problems", report.problems}};
}

void print_report(const std::string& dataset, const SetReport& report) {
  if (report.spikes == 0 && report.broken == 0) {
    fmt::print("  samples     {}\n", report.samples);
  } else {
    fmt::print("  samples     {} good, {} broken, {} silent\n", report.samples, report.broken,
               report.silent);
    fmt::print("  spikes      {} in all; a sample has {} to {}\n", report.spikes, report.fewest,
               report.most);
    fmt::print("  duration    {:.3f} s to {:.3f} s, {:.3f} s on average\n", report.shortest_s,
               report.longest_s, report.mean_s);
  }
  fmt::print("  classes    ");
  for (std::size_t i = 0; i < report.class_counts.size(); ++i) {
    const std::string title = i < report.class_names.size()
                                  ? report.class_names[i]
                                  : class_title(dataset, static_cast<std::int64_t>(i));
    fmt::print(" {}: {}", printable(title), report.class_counts[i]);
    if (i + 1 < report.class_counts.size()) fmt::print(",");
  }
  fmt::print("\n");
  for (const std::string& note : report.flaws.sentences()) {
    fmt::print("  note        {}\n", printable(note));
  }
  for (const std::string& problem : report.problems) fmt::print("  problem     {}\n", problem);
}

/// Counts what there is to say of images and points, which have no spikes.
SetReport counted(std::int64_t samples, std::int64_t classes,
                  const std::function<std::int64_t(std::int64_t)>& label) {
  SetReport report;
  report.samples = samples;
  report.class_counts.assign(static_cast<std::size_t>(classes), 0);
  for (std::int64_t i = 0; i < samples; ++i) {
    ++report.class_counts[static_cast<std::size_t>(label(i))];
  }
  return report;
}

SetReport report_of(const IdentifiedPart& found, const ReadOptions& options) {
  if (!is_recorded_dataset(found.dataset)) {
    const auto images = open_images(found.dataset, found.part, found.folder);
    return counted(images->size(), ImageSet::classes,
                   [&](std::int64_t i) { return images->label(i); });
  }
  const auto set = open_recordings(found.dataset, found.part, found.folder, options);
  set->set_cache_limit(0);
  ProgressLine progress;
  return check_set(*set, [&](double share) {
    progress.show(fmt::format("Reading {} {}", bar(share, 30),
                              printable(set->description().path.string())));
    return true;
  });
}

struct InfoRequest {
  std::string path;
  bool as_json = false;
  std::string time_unit = "published";
  std::string skip_bad = "none";
};

int info(const InfoRequest& request) {
  const std::string& path = request.path;
  const bool as_json = request.as_json;
  const ReadOptions options{time_unit_named(request.time_unit), request.skip_bad == "events"};
  const auto parts = identify(path);
  Json all = Json::array();
  std::int64_t broken = 0;
  const auto tell = [&](const std::string& dataset, const std::string& part, bool sample_data,
                        const SetReport& report) {
    broken += report.broken;
    if (as_json) {
      Json json{{"dataset", dataset}, {"part", part}, {"sample_data", sample_data}};
      json.update(json_of(report));
      all.push_back(json);
    } else {
      fmt::print("{} {}{}\n", dataset, part, sample_data ? " (sample data)" : "");
      print_report(dataset, report);
    }
  };
  for (const IdentifiedPart& found : parts) {
    tell(found.dataset, name_of(found.part),
         is_sample_data(found.dataset, find_part(found.dataset, found.part, found.folder)),
         report_of(found, options));
  }
  if (const auto file = find_points(path); !file.empty()) {
    const PointSet points = read_points(file);
    tell("points", "all", is_sample_data("points", file),
         counted(static_cast<std::int64_t>(points.points.size()),
                 static_cast<std::int64_t>(points.class_names.size()),
                 [&](std::int64_t i) { return points.points[static_cast<std::size_t>(i)].label; }));
  } else if (parts.empty()) {
    throw Error(Error::Kind::file, path, "is not a file or folder of a known dataset",
                "see 'paralif datasets list' for what is expected");
  }
  if (as_json) {
    fmt::print("{}\n", all.dump(2, ' ', false, Json::error_handler_t::replace));
  }
  if (broken == 0) return success;
  std::fflush(stdout);
  fmt::print(stderr, "paralif: {}: {} samples cannot be read; the report names the problems\n",
             printable(path), broken);
  return failure;
}

struct SampleRequest {
  std::string dataset;
  std::string folder;
  std::string scale = "small";
  std::uint64_t seed = 1;
  bool original = false;
};

constexpr int stopped_by_user = 130;

int sample(const SampleRequest& request) {
  const std::filesystem::path target = data_folder(request.folder);
  SampleOptions options;
  options.seed = request.seed;
  options.original = request.original;
  options.full_size = request.scale == "full";
  if (options.full_size && request.dataset != "heidelberg") {
    throw Error(Error::Kind::setting, "scale", "only heidelberg can be written in full size",
                "leave --scale out");
  }
  {
    const InterruptGuard interrupts;
    ProgressLine progress;
    options.progress = [&](double share) {
      progress.show(fmt::format("Writing {}", bar(share, 30)));
      return InterruptGuard::count() == 0;
    };
    try {
      write_sample_data(request.dataset, target, options);
    } catch (const Error&) {
      if (InterruptGuard::count() == 0) throw;
      progress.clear();
      fmt::print(stderr, "paralif: the writing was stopped; nothing was written\n");
      return stopped_by_user;
    }
  }
  const std::string folder = printable(target.string());
  fmt::print("Wrote sample data of {} into {}.\n", request.dataset, folder);
  if (kind_of(request.dataset) == DataKind::points) {
    fmt::print("Train on it with: paralif train --dataset {} --data-dir '{}' --steps 100\n",
               request.dataset, folder);
  } else {
    fmt::print("Train on it with: paralif train --dataset {} --data-dir '{}'\n", request.dataset,
               folder);
  }
  return success;
}

void add_list(CLI::App& parent, Action& action) {
  auto* command =
      parent.add_subcommand("list", "All datasets and what the data folder has of them.");
  auto folder = std::make_shared<std::string>();
  auto as_json = std::make_shared<bool>(false);
  command->add_option("--data-dir", *folder, "The data folder; else $PARALIF_DATA, else the usual");
  command->add_flag("--json", *as_json, "Print them as JSON");
  command->callback([&action, folder, as_json] {
    action = [folder, as_json] { return list(*folder, *as_json); };
  });
}

void add_info(CLI::App& parent, Action& action) {
  auto* command = parent.add_subcommand(
      "info", "Read a file or folder from its first to its last sample and report.");
  auto request = std::make_shared<InfoRequest>();
  command->add_option("PATH", request->path, "A dataset's file or folder")->required();
  command->add_flag("--json", request->as_json, "Print the report as JSON");
  command->add_option("--time-unit", request->time_unit,
                      "What the times in the files count: published, s, ms or us")
      ->check(CLI::IsMember({"published", "s", "ms", "us"}));
  command->add_option("--skip-bad", request->skip_bad,
                      "Leave out events that cannot be right, and count them: none or events")
      ->check(CLI::IsMember({"none", "events"}));
  command->callback([&action, request] { action = [request] { return info(*request); }; });
}

void add_sample(CLI::App& parent, Action& action) {
  auto* command = parent.add_subcommand(
      "sample", "Write small computed files in the exact format of a dataset, to try things out.");
  auto request = std::make_shared<SampleRequest>();
  command->add_option("NAME", request->dataset, "The dataset")
      ->required()
      ->check(CLI::IsMember(sample_datasets()));
  command->add_option("--out", request->folder,
                      "Folder to write into. Default: where training looks for data, "
                      "PARALIF_DATA or the user's data folder.");
  command->add_option("--seed", request->seed, "Everything random follows from it")
      ->check(CLI::Range(0.0, 9e15));
  command->add_option("--scale", request->scale, "small, or full: as large as the real SHD")
      ->check(CLI::IsMember({"small", "full"}));
  command->add_flag("--original", request->original,
                    "dvsgesture: AEDAT 3.1 recordings instead of numpy arrays");
  command->callback([&action, request] { action = [request] { return sample(*request); }; });
}

}  // namespace

void add_datasets(CLI::App& app, Action& action) {
  auto* command =
      app.add_subcommand("datasets", "See which data is there, check it, download it, or write sample data.");
  command->require_subcommand(1);
  add_list(*command, action);
  add_info(*command, action);
  add_sample(*command, action);
  add_get(*command, action);
  add_convert(*command, action);
}

}  // namespace paralif::cli
