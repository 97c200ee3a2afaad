// `paralif sweep`: many trainings that differ in some settings, by processes of this machine.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "app/cli/commands.h"
#include "app/cli/runs_root.h"
#include "app/cli/terminal.h"
#include "app/cli/train_options.h"
#include "core/sweeps/slurm.h"
#include "core/sweeps/sweep_outcome.h"
#include "core/sweeps/sweep_pool.h"
#include "core/values/json_document.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"
#include "datasets/text.h"

namespace paralif::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

struct SweepOptions {
  std::shared_ptr<TrainOptions> train;
  std::string plan_file;
  std::vector<std::string> vary;
  std::string list_file;
  std::string name;
  std::int64_t random = 0;
  std::int64_t draw_seed = 0;
  std::int64_t threads = 1;
  int jobs = 0;
  std::vector<std::int64_t> only;
  bool retry = false;
  bool prepare = false;
  bool show = false;
  std::string launcher = "local";
  std::vector<std::string> sbatch;
  bool cancel = false;
};

/// A JSON list of objects: [{"neuron": "LIF", "hidden": "64"}, ...].
void read_list(const std::string& path, SweepPlan& plan) {
  const nlohmann::json json = read_json(path);
  plan.mode = SweepMode::list;
  const auto refuse = [&] {
    throw Error(Error::Kind::file, path, "is not a list of settings",
                R"(write it as [{"neuron": "LIF", "hidden": [8, 16]}, {"seed": 1}, ...])");
  };
  if (!json.is_array() || json.empty()) refuse();
  for (const auto& one : json) {
    if (!one.is_object() || one.empty()) refuse();
    auto& settings = plan.list.emplace_back();
    for (const auto& [name, value] : one.items()) {
      std::string text = value.is_string() ? value.get<std::string>() : value.dump();
      if (value.is_array()) text = text.substr(1, text.size() - 2);  // "8,16"
      settings.emplace_back(axis_of(fmt::format("{}={}", name, text)).key, text);
    }
  }
}

SweepPlan plan_of(const SweepOptions& o) {
  if (!o.plan_file.empty()) {
    SweepPlan plan = sweep_from_json(read_file(o.plan_file), o.plan_file);
    if (!o.name.empty()) plan.name = o.name;
    return plan;
  }
  SweepPlan plan;
  plan.base = experiment_of(*o.train);
  plan.name = o.name.empty() ? plan.base.title : o.name;
  plan.threads = o.threads;
  plan.seed = o.draw_seed;
  for (const std::string& text : o.vary) plan.axes.push_back(axis_of(text));
  if (!o.list_file.empty()) {
    if (!plan.axes.empty() || o.random > 0) {
      throw Error(Error::Kind::setting, "list", "excludes --vary and --random");
    }
    read_list(o.list_file, plan);
  } else if (o.random > 0) {
    plan.mode = SweepMode::random;
    plan.trials = o.random;
  }
  return plan;
}

/// Prints a line for each trial that has ended since, and the progress below.
class SweepView {
 public:
  SweepView(const std::vector<SweepTrial>& trials, bool json) : trials_(trials), json_(json) {}

  void show(const std::vector<TrialState>& states, const JobReport& report) {
    for (std::size_t i = 0; i < states.size(); ++i) {
      const TrialState& now = states[i];
      const bool ended = now.status != RunStatus::running && now.status != RunStatus::queued;
      const bool is_new = i >= shown_.size() || shown_[i].status != now.status;
      if (ended && is_new && begun_) say(now, trials_[i]);
    }
    begun_ = true;
    shown_ = states;
    if (json_) return;
    const double part = std::max(0.0, report.part);
    std::string text = fmt::format("{} {}", bar(part, 20), counted(states));
    if (report.remaining_s >= 0) text += fmt::format(", {} left", duration(report.remaining_s));
    line_.show(text);
  }
  void clear() { line_.clear(); }

 private:
  void say(const TrialState& state, const SweepTrial& trial) {
    line_.clear();
    if (json_) {
      Json settings = Json::object();
      for (const auto& [key, value] : trial.settings) settings[key] = value;
      Json json{{"trial", state.number},       {"status", to_string(state.status)},
                {"settings", settings},
                {"accuracy", state.epochs_done > 0 ? Json(state.accuracy) : Json()},
                {"seconds", state.seconds},    {"run", state.folder.string()}};
      if (!state.problem.empty()) json["problem"] = state.problem;
      fmt::print("{}\n", json_line(json));
    } else {
      const std::string accuracy =
          state.epochs_done > 0 ? fmt::format("{:.1f} %", 100.0 * state.accuracy) : "-";
      fmt::print("{:04}  {:<11}  {:>8}  {:>9}  {}\n", state.number, to_string(state.status), accuracy,
                 duration(state.seconds), printable(text_of(trial.settings)));
      if (!state.problem.empty()) fmt::print("      {}\n", printable(state.problem));
    }
    std::fflush(stdout);
  }

  const std::vector<SweepTrial>& trials_;
  bool json_;
  bool begun_ = false;
  ProgressLine line_;
  std::vector<TrialState> shown_;
};

void print_outcome(const SweepPlan& plan, const std::vector<TrialState>& states, bool json) {
  const SweepOutcome outcome = outcome_of(plan, states);
  if (json) {
    Json lines = Json::array();
    for (const OutcomeLine& line : outcome.lines) {
      const auto measured = [&](double value) { return line.finished > 0 ? Json(value) : Json(); };
      Json values = Json::object();
      for (std::size_t k = 0; k < outcome.keys.size(); ++k) values[outcome.keys[k]] = line.values[k];
      lines.push_back({{"settings", values},
                       {"finished", line.finished},
                       {"runs", line.runs},
                       {"mean", measured(line.mean)},
                       {"deviation", measured(line.deviation)},
                       {"min", measured(line.least)},
                       {"max", measured(line.most)},
                       {"seconds", measured(line.seconds)}});
    }
    fmt::print("{}\n", json_line({{"outcome", lines}}));
    return;
  }
  std::vector<std::size_t> widths;
  for (std::size_t k = 0; k < outcome.keys.size(); ++k) {
    widths.push_back(outcome.keys[k].size());
    for (const OutcomeLine& line : outcome.lines) {
      widths[k] = std::max(widths[k], line.values[k].size());
    }
    fmt::print("{:<{}}  ", outcome.keys[k], widths[k]);
  }
  fmt::print("{:>5}  {:>7}  {:>9}  {:>7}  {:>7}  {:>9}\n", "runs", "mean", "deviation", "min", "max",
             "time");
  for (const OutcomeLine& line : outcome.lines) {
    for (std::size_t k = 0; k < outcome.keys.size(); ++k) {
      fmt::print("{:<{}}  ", printable(line.values[k]), widths[k]);
    }
    const std::string runs = fmt::format("{}/{}", line.finished, line.runs);
    if (line.finished == 0) {
      fmt::print("{:>5}  {:>7}\n", runs, "-");
      continue;
    }
    fmt::print("{:>5}  {:>5.1f} %  {:>7.1f} %  {:>5.1f} %  {:>5.1f} %  {:>9}\n", runs,
               100.0 * line.mean, 100.0 * line.deviation, 100.0 * line.least, 100.0 * line.most,
               duration(line.seconds));
  }
}

/// A path, or a name below the folder of runs.
fs::path sweep_of(const SweepOptions& o) {
  std::error_code code;
  const fs::path given = o.train->resume;
  if (fs::exists(given, code)) return fs::absolute(given);
  return root_of(o.train->runs_root) / given;
}

/// What trains the runs, until all have ended.
std::vector<TrialState> launch(const fs::path& folder, const SweepOptions& o, JobControl& control,
                               const std::function<void(const std::vector<TrialState>&)>& watch) {
  if (o.launcher == "slurm") {
    submit_to_slurm(folder, {.program = {},
                             .jobs = o.jobs,
                             .retry_failed = o.retry,
                             .only = o.only,
                             .sbatch = o.sbatch});
    return follow_slurm(folder, control, watch);
  }
  return run_sweep(folder,
                   {.program = {}, .jobs = o.jobs, .retry_failed = o.retry, .only = o.only},
                   control, watch);
}

/// Runs it, shows it, and says whether every chosen run finished.
int run(const fs::path& folder, const SweepOptions& o) {
  const SweepPlan plan = read_sweep(folder);
  const std::vector<SweepTrial> trials = trials_of(plan);
  for (const std::int64_t number : o.only) {
    if (number < 1 || number > static_cast<std::int64_t>(trials.size())) {
      throw Error(Error::Kind::setting, "only", fmt::format("{} is not 1 to {}", number, trials.size()));
    }
  }
  const InterruptGuard interrupts;
  std::mutex mutex;
  std::vector<TrialState> latest;
  Job job;
  job.start([&](JobControl& control) {
    launch(folder, o, control, [&](const std::vector<TrialState>& now) {
      const std::scoped_lock lock(mutex);
      latest = now;
    });
  });
  SweepView view(trials, o.train->json);
  while (job.report().status == JobStatus::running) {
    if (InterruptGuard::count() > 0) job.cancel();
    {
      const std::scoped_lock lock(mutex);
      if (!latest.empty()) view.show(latest, job.report());
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  job.wait();
  view.show(latest, job.report());
  view.clear();
  const JobReport report = job.report();
  if (report.error) std::rethrow_exception(report.error);
  const auto unfinished = std::ranges::count_if(latest, [&](const TrialState& state) {
    const bool chosen = o.only.empty() || std::ranges::find(o.only, state.number) != o.only.end();
    return chosen && state.status != RunStatus::finished;
  });
  print_outcome(plan, latest, o.train->json);
  if (!o.train->json) fmt::print("Sweep: {}\n", printable(folder.string()));
  std::fflush(stdout);
  if (report.status == JobStatus::cancelled && o.launcher == "slurm") {
    fmt::print(stderr,
               "paralif: the runs stay in Slurm's queue; follow them with: paralif sweep --resume "
               "'{0}' --launcher slurm, or take them out with: paralif sweep --resume '{0}' --cancel\n",
               printable(folder.string()));
  } else if (report.status == JobStatus::cancelled || unfinished > 0) {
    fmt::print(stderr, "paralif: {} of {} runs did not finish ({}); go on with: paralif sweep --resume '{}'{}\n",
               unfinished, o.only.empty() ? trials.size() : o.only.size(), counted(latest),
               printable(folder.string()),
               std::ranges::count(latest, RunStatus::failed, &TrialState::status) > 0 ? " --retry" : "");
  }
  if (report.status == JobStatus::cancelled) return InterruptGuard::status();
  return unfinished > 0 ? failure : success;
}

int sweep(const SweepOptions& o) {
  if (o.train->no_record) {
    throw Error(Error::Kind::setting, "no-record", "leaves nothing of a sweep", "leave it out");
  }
  if (o.train->processes > 1 || o.train->watch) {
    throw Error(Error::Kind::setting, o.train->watch ? "watch" : "processes",
                "is for one training; those of a sweep run side by side by --jobs", "leave it out");
  }
  fs::path folder;
  if (!o.train->resume.empty()) {
    if (!o.vary.empty() || !o.plan_file.empty() || !o.list_file.empty() || o.random > 0) {
      throw Error(Error::Kind::setting, "resume", "goes on with a sweep whose plan stands",
                  "leave --vary, --plan, --list and --random out, or make another sweep");
    }
    const TrainOptions& t = *o.train;
    if (!t.values.empty() || !t.file.empty() || !t.preset.empty() || t.best_config || t.published ||
        !t.hidden_size.empty() || !t.nb_layers.empty() || !o.name.empty()) {
      throw Error(Error::Kind::setting, "resume", "goes on with runs whose settings and name stand",
                  "leave the other flags out, or make another sweep");
    }
    folder = sweep_of(o);
  } else {
    const fs::path root = o.train->runs_root.empty() ? default_runs_root()
                                                     : fs::path(o.train->runs_root);
    folder = fs::absolute(make_sweep(root, plan_of(o)));
  }
  if (o.cancel) {
    const std::size_t arrays = cancel_slurm(folder);
    fmt::print("{} job arrays cancelled.\n", arrays);
    return success;
  }
  if (o.show || o.prepare) {
    const SweepPlan plan = read_sweep(folder);
    const auto states = trial_states(folder, trials_of(plan).size());
    print_outcome(plan, states, o.train->json);
    if (!o.train->json) fmt::print("{}\nSweep: {}\n", counted(states), printable(folder.string()));
    return success;
  }
  return run(folder, o);
}

}  // namespace

void add_sweep(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand(
      "sweep", "Train many networks that differ in some settings, several at a time.");
  auto o = std::make_shared<SweepOptions>();
  command->add_option("--vary", o->vary,
                      "A setting and its values: neuron=LIF|ParaLIF-T, seed=1|2|3, or for --random "
                      "also a range: learning_rate=1e-4..1e-2,log. Several make a grid")
      ->type_name("NAME=A|B")
      ->allow_extra_args(false);
  command->add_option("--random", o->random, "Draw so many runs in place of the grid")
      ->check(CLI::Range(std::int64_t{1}, static_cast<std::int64_t>(SweepPlan::most_trials)));
  command->add_option("--draw_seed", o->draw_seed, "Another number, other draws. Default: 0");
  command->add_option("--list", o->list_file, "Runs as a JSON list of their settings");
  command->add_option("--plan", o->plan_file, "A sweep.json to make anew");
  command->add_option("--name", o->name, "Name of the sweep and of its folder");
  command->add_option("--jobs", o->jobs, "Trainings at a time. Default: what cores and memory allow")
      ->check(CLI::Range(1, 4096));
  command->add_option("--threads", o->threads, "Threads of each training. Default: 1")
      ->check(CLI::Range(1, 4096));
  command->add_option("--only", o->only, "Numbers of the runs to train, such as 3,4")
      ->delimiter(',')
      ->allow_extra_args(false);
  command->add_flag("--retry", o->retry, "Train those that failed again");
  command->add_flag("--prepare", o->prepare, "Make the sweep and train nothing");
  command->add_flag("--show", o->show, "Print how a sweep stands and train nothing");
  command->add_option("--launcher", o->launcher,
                      "What trains them: local (processes of this machine) or slurm (a job array)")
      ->check(CLI::IsMember({"local", "slurm"}));
  command->add_option("--sbatch", o->sbatch, "Options for sbatch, such as --partition=long")
      ->type_name("OPTION")
      ->allow_extra_args(false);
  command->add_flag("--cancel", o->cancel, "Take a sweep's runs out of Slurm's queue");
  o->train = add_train_options(*command);
  command->callback([&action, o] { action = [o] { return sweep(*o); }; });
}

}  // namespace paralif::cli
