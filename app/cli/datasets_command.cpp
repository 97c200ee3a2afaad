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
  for (const CatalogueEntry& entry : catalogue()) {
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
  if (as_json) {
    fmt::print("{}\n", Json{{"data_folder", folder.string()}, {"datasets", all}}.dump(
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
    fmt::print(" {}: {}", printable(class_title(dataset, static_cast<std::int64_t>(i))),
               report.class_counts[i]);
    if (i + 1 < report.class_counts.size()) fmt::print(",");
  }
  fmt::print("\n");
  for (const std::string& problem : report.problems) fmt::print("  problem     {}\n", printable(problem));
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

SetReport report_of(const IdentifiedPart& found) {
  if (found.dataset == "cifar10") {
    const auto images = open_images(found.part, found.folder);
    return counted(images->size(), ImageSet::classes,
                   [&](std::int64_t i) { return images->label(i); });
  }
  const auto set = open_recordings(found.dataset, found.part, found.folder);
  set->set_cache_limit(0);
  ProgressLine progress;
  return check_set(*set, [&](double share) {
    progress.show(fmt::format("Reading {} {}", bar(share, 30),
                              printable(set->description().path.string())));
    return true;
  });
}

int info(const std::string& path, bool as_json) {
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
         report_of(found));
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

int sample(const SampleRequest& request) {
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
    write_sample_data(request.dataset, request.folder, options);
  }
  fmt::print("Wrote sample data of {} into {}.\n", request.dataset, request.folder);
  if (request.dataset == "points") {
    fmt::print("Train on it with: paralif train --dataset points --data-dir '{}' --steps 100\n",
               request.folder);
  } else {
    fmt::print("Train on it with: paralif train --dataset {} --data-dir '{}'\n", request.dataset,
               request.folder);
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
  auto path = std::make_shared<std::string>();
  auto as_json = std::make_shared<bool>(false);
  command->add_option("PATH", *path, "A dataset's file or folder")->required();
  command->add_flag("--json", *as_json, "Print the report as JSON");
  command->callback(
      [&action, path, as_json] { action = [path, as_json] { return info(*path, *as_json); }; });
}

void add_sample(CLI::App& parent, Action& action) {
  auto* command = parent.add_subcommand(
      "sample", "Write small computed files in the exact format of a dataset, to try things out.");
  auto request = std::make_shared<SampleRequest>();
  command->add_option("NAME", request->dataset, "The dataset")
      ->required()
      ->check(CLI::IsMember(sample_datasets()));
  command->add_option("--out", request->folder, "Folder to write into")->required();
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
      app.add_subcommand("datasets", "See which data is there, check it, or write sample data.");
  command->require_subcommand(1);
  add_list(*command, action);
  add_info(*command, action);
  add_sample(*command, action);
  add_convert(*command, action);
}

}  // namespace paralif::cli
