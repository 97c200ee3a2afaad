// `paralif timing`: a running-time comparison in the terminal.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <map>

#include "app/cli/commands.h"
#include "app/cli/terminal.h"
#include "app/cli/timing_table.h"
#include "core/bench/timing_machine.h"
#include "core/bench/timing_session.h"
#include "core/runs/run_store.h"
#include "core/timing/timing_estimate.h"
#include "core/timing/timing_figure.h"
#include "core/timing/timing_files.h"
#include "core/timing/timing_parameters.h"
#include "core/timing/timing_presets.h"
#include "core/values/parameter_text.h"
#include "datasets/error.h"
#include "datasets/text.h"

namespace paralif::cli {
namespace {

struct TimingFlags {
  std::string preset;
  std::vector<std::string> curves;  ///< as timing_curve() reads them
  std::vector<std::string> devices;
  std::map<std::string, std::string, std::less<>> values;  ///< by flag; others: as the preset
  std::string pass;
  std::string open;  ///< results to show instead of measuring
  std::string runs_root;
  std::string csv;
  std::string hdf5;
  std::string figure;
  std::vector<std::string> overlays;  ///< earlier results to draw into the figure
  bool linear = false;
  bool json = false;
  bool no_record = false;
};

std::vector<TimingDevice> devices_of(const TimingFlags& flags) {
  std::vector<TimingDevice> devices;
  for (const std::string& text : flags.devices) {
    if (text == "all") {
      const auto all = timing_devices();
      devices.insert(devices.end(), all.begin(), all.end());
    } else {
      devices.push_back(timing_device(text));
    }
  }
  return devices;
}

/// The same neurons and backends, each with the passes asked for.
std::vector<TimingCurve> with_pass(const std::vector<TimingCurve>& curves,
                                   const std::string& text) {
  const auto one = timing_pass(text);
  if (!one && text != "both") {
    throw Error(Error::Kind::setting, "pass", fmt::format("'{}' is unknown", text),
                "choose forward, forward+backward or both");
  }
  std::vector<TimingCurve> made;
  for (const TimingPass pass : {TimingPass::forward, TimingPass::forward_backward}) {
    if (one && pass != *one) continue;
    for (TimingCurve curve : curves) {
      curve.pass = pass;
      if (std::ranges::find(made, curve) == made.end()) made.push_back(curve);
    }
  }
  return made;
}

TimingPlan plan_of(const TimingFlags& flags) {
  TimingPlan plan = timing_preset(flags.preset).plan;
  if (!flags.curves.empty()) {
    plan.curves.clear();
    for (const std::string& text : flags.curves) plan.curves.push_back(timing_curve(text));
  }
  plan.devices = devices_of(flags);
  if (!flags.pass.empty()) plan.curves = with_pass(plan.curves, flags.pass);
  for (const auto& parameter : timing_parameters()) {
    const auto given = flags.values.find(parameter.option());
    if (given != flags.values.end()) parameter.set(plan, parse_parameter(parameter, given->second));
  }
  if (!(plan == timing_preset(flags.preset).plan)) plan.title = "Running time";
  TimingPlan same = timing_preset(flags.preset).plan;
  same.devices = plan.devices;
  same.title = plan.title;
  if (same == plan) plan.title = timing_preset(flags.preset).title.english();
  validate(plan);
  return plan;
}

std::vector<TimingOverlay> overlays_of(const TimingFlags& flags) {
  std::vector<TimingOverlay> overlays;
  for (const std::string& path : flags.overlays) {
    const std::filesystem::path file(path);
    overlays.push_back(
        {file.has_filename() ? file.filename().string() : file.parent_path().filename().string(),
         read_timing(file)});
  }
  return overlays;
}

/// What cannot be written should not cost a measurement first.
void check_files(const TimingFlags& flags) {
  if (!flags.figure.empty() && !flags.figure.ends_with(".svg")) {
    throw Error(Error::Kind::setting, "figure", fmt::format("'{}' is not named .svg", flags.figure),
                "the terminal draws SVG; PDF and PNG are exported in the window");
  }
  for (const std::string& file : {flags.csv, flags.hdf5, flags.figure}) {
    const auto folder = std::filesystem::path(file).parent_path();
    std::error_code code;
    if (file.empty() || folder.empty() || std::filesystem::is_directory(folder, code)) continue;
    throw Error(Error::Kind::file, file, "its folder does not exist", "make the folder first");
  }
  overlays_of(flags);  // nor what cannot be read
}

void write_files(const TimingFlags& flags, const TimingResults& results) {
  if (!flags.csv.empty()) write_timing_csv(flags.csv, results);
  if (!flags.hdf5.empty()) write_timing_hdf5(flags.hdf5, results);
  if (flags.figure.empty()) return;
  TimingFigureStyle style;
  style.log_steps = style.log_time = !flags.linear;
  write_timing_svg(flags.figure, results, style, overlays_of(flags));
}

void show(const TimingFlags& flags, const TimingResults& results) {
  if (flags.json) {
    fmt::print("{}\n", summary_json(results));
  } else {
    fmt::print("{}", timing_table(results));
  }
  std::fflush(stdout);
}

int open_results(const TimingFlags& flags) {
  const TimingResults results = read_timing(flags.open);
  show(flags, results);
  write_files(flags, results);
  return success;
}

TimingSnapshot measured(const TimingFlags& flags, const TimingPlan& plan) {
  TimingOptions options;
  if (!flags.no_record) {
    options.root =
        flags.runs_root.empty() ? default_runs_root() : std::filesystem::path(flags.runs_root);
  }
  TimingSession session(plan, options);
  const InterruptGuard interrupts;
  ProgressLine line;
  TimingSnapshot latest;
  session.start();
  bool ended = false;
  while (!ended) {
    ended = session.wait(0.1);
    if (InterruptGuard::count() > 0) session.cancel();
    auto snapshot = session.take();
    if (!snapshot) continue;
    latest = std::move(*snapshot);
    const double share = latest.trials > 0 ? static_cast<double>(latest.trials_done) /
                                                 static_cast<double>(latest.trials)
                                           : 0.0;
    std::string text = fmt::format("{} {}", bar(share, 20), latest.now);
    if (latest.remaining_s >= 0) text += fmt::format(", {} left", duration(latest.remaining_s));
    line.show(text);
  }
  return latest;
}

int timing(const TimingFlags& flags) {
  check_files(flags);
  if (!flags.open.empty()) return open_results(flags);
  const TimingPlan plan = plan_of(flags);
  if (!flags.json) {
    fmt::print("{}: {} points, about {}\n", plan.title, points_of(plan).size(),
               duration(estimated_seconds(plan)));
    std::fflush(stdout);
  }
  const TimingSnapshot snapshot = measured(flags, plan);
  show(flags, snapshot.results);
  if (!flags.json && !snapshot.folder.empty()) fmt::print("Results: {}\n", printable(snapshot.folder));
  std::fflush(stdout);
  write_files(flags, snapshot.results);
  if (!snapshot.problem.empty()) {
    fmt::print(stderr, "paralif: {}\n", printable(snapshot.problem));
    return failure;
  }
  if (snapshot.state == TimingState::cancelled) {
    fmt::print(stderr, "paralif: stopped; what was measured is kept\n");
    return InterruptGuard::status();
  }
  for (const TimingResult& result : snapshot.results.points) {
    if (!result.trials_ms.empty()) return success;
  }
  fmt::print(stderr, "paralif: nothing could be measured: {}\n",
             snapshot.results.points.front().problem);
  return failure;
}

std::string help_of(const Parameter<TimingPlan>& parameter) {
  const TimingPlan& published = timing_preset("published").plan;
  std::string text = english_explanation(parameter);
  if (!parameter.zero_word.empty()) text += fmt::format("; 0: {}", parameter.zero_word.english());
  if (!parameter.unit.empty()) text += fmt::format(". In {}", parameter.unit.english());
  return text + fmt::format(". Default: the preset's (published: {}).",
                            parameter_text(parameter, published));
}

void add_parameter(CLI::App& command, const std::shared_ptr<TimingFlags>& flags,
                   const Parameter<TimingPlan>& parameter) {
  const std::string flag(parameter.option());
  command
      .add_option_function<std::string>(
          "--" + flag, [flags, flag](const std::string& text) { flags->values[flag] = text; },
          help_of(parameter))
      ->type_name("");
}

}  // namespace

void add_timing(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand(
      "timing", "Compare the running time of neurons and of the ways to compute them.");
  auto flags = std::make_shared<TimingFlags>();
  flags->preset = "published";
  flags->devices = {"cpu"};
  command->add_option("--preset", flags->preset, "published, training or long")
      ->capture_default_str();
  command
      ->add_option("--device", flags->devices,
                   "cpu, cpu:THREADS, cuda, cuda:NUMBER, or all; several may be given")
      ->delimiter(',')
      ->capture_default_str();
  command
      ->add_option("--curve", flags->curves,
                   "NEURON:EVALUATION[:forward+backward], such as LIF:sequential; several")
      ->delimiter(',');
  command->add_option("--pass", flags->pass, "forward, forward+backward, or both");
  for (const auto& parameter : timing_parameters()) add_parameter(*command, flags, parameter);
  command->add_option("--open", flags->open, "Show these results instead of measuring");
  command->add_option("--dir", flags->runs_root, "Folder that takes the results");
  command->add_flag("--no-record", flags->no_record, "Leave nothing on disk");
  command->add_flag("--json", flags->json, "Print the results as JSON");
  command->add_option("--csv", flags->csv, "Write a table to this file");
  command->add_option("--hdf5", flags->hdf5, "Write every trial to this HDF5 file");
  command->add_option("--figure", flags->figure, "Draw the figure into this SVG file");
  command->add_option("--overlay", flags->overlays,
                      "Draw these earlier results into the figure too; several");
  command->add_flag("--linear", flags->linear, "Linear instead of logarithmic axes of the figure");
  command->callback([&action, flags] { action = [flags] { return timing(*flags); }; });
}

}  // namespace paralif::cli
