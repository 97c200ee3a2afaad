#include "core/sweeps/slurm.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <thread>

#include "core/runs/run_files.h"
#include "core/sweeps/child_process.h"
#include "core/values/json_document.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"
#include "datasets/text.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_tasks = 1000;  // Slurm's own default (MaxArraySize) allows 1000
constexpr const char* script_file = "slurm.sh";
constexpr const char* jobs_file = "slurm.json";
constexpr auto between_looks = 2s;

/// A text as one word of a shell.
std::string quoted(const std::string& text) {
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

std::string script_of(const fs::path& sweep, const SweepPlan& plan, const fs::path& program) {
  return fmt::format(
      "#!/bin/bash\n"
      "# Trains one run of the sweep: the task's number counts in the list that is given.\n"
      "#SBATCH --cpus-per-task={threads}\n"
      "#SBATCH --requeue\n"
      "export OMP_NUM_THREADS={threads} OPENBLAS_NUM_THREADS={threads}\n"
      "trials=($1)\n"
      "printf -v number '%04d' \"${{trials[SLURM_ARRAY_TASK_ID - 1]}}\"\n"
      "run={sweep}/$number\n"
      "exec {program} train --resume \"$run\" --json >/dev/null 2>\"$run/{complaints}\"\n",
      fmt::arg("threads", plan.threads), fmt::arg("sweep", quoted(sweep.string())),
      fmt::arg("program", quoted(program.string())), fmt::arg("complaints", complaints_file));
}

CommandResult slurm_command(const std::vector<std::string>& words) {
  CommandResult result = run_command(words);
  if (result.status != 0) {
    std::string said = result.errors;
    while (!said.empty() && said.back() == '\n') said.pop_back();
    throw Error(Error::Kind::file, words[0],
                said.empty() ? fmt::format("ended with status {}", result.status) : printable(said),
                "is Slurm running? see sinfo");
  }
  return result;
}

void write_jobs(const fs::path& sweep, const std::vector<SlurmJob>& jobs) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const SlurmJob& job : jobs) all.push_back({{"id", job.id}, {"trials", job.trials}});
  write_file(sweep / jobs_file, nlohmann::ordered_json{{"schema", 1}, {"jobs", all}}.dump(2) + "\n");
}

/// Trials whose task waits or runs. A job that Slurm has forgotten has none.
std::set<std::int64_t> in_queue(const std::vector<SlurmJob>& jobs) {
  std::set<std::int64_t> numbers;
  for (const SlurmJob& job : jobs) {
    const CommandResult listed = run_command({"squeue", "--noheader", "--array", "--jobs", job.id, "--format=%K"});
    if (listed.status != 0) {
      if (listed.errors.find("Invalid job id") != std::string::npos) continue;
      throw Error(Error::Kind::file, "squeue", printable(listed.errors), "is Slurm running? see sinfo");
    }
    std::istringstream tasks(listed.output);
    for (std::size_t task = 0; tasks >> task;) {
      if (task >= 1 && task <= job.trials.size()) numbers.insert(job.trials[task - 1]);
    }
  }
  return numbers;
}

}  // namespace

bool has_slurm() {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path != nullptr ? path : "");
  for (std::string folder; std::getline(folders, folder, ':');) {
    if (::access((fs::path(folder) / "sbatch").c_str(), X_OK) == 0) return true;
  }
  return false;
}

std::vector<SlurmJob> submitted_jobs(const fs::path& sweep) {
  const fs::path file = sweep / jobs_file;
  std::error_code code;
  std::vector<SlurmJob> jobs;
  if (!fs::exists(file, code)) return jobs;
  const nlohmann::json json = read_json(file);
  try {
    for (const auto& one : json.at("jobs")) {
      SlurmJob job{one.at("id").get<std::string>(), one.at("trials").get<std::vector<std::int64_t>>()};
      // It becomes an argument of squeue and scancel.
      if (job.id.empty() || job.id.find_first_not_of("0123456789") != std::string::npos) {
        throw Error(Error::Kind::file, file.string(), "names a job that is no number", "remove it");
      }
      jobs.push_back(std::move(job));
    }
  } catch (const nlohmann::json::exception&) {
    throw Error(Error::Kind::file, file.string(), "is damaged", "remove it");
  }
  return jobs;
}

std::vector<SlurmJob> submit_to_slurm(const fs::path& sweep, const SlurmOptions& options) {
  if (!has_slurm()) {
    throw Error(Error::Kind::file, "sbatch", "is not on PATH", "run this on a machine that submits to Slurm");
  }
  const SweepPlan plan = read_sweep(sweep);
  std::vector<SlurmJob> jobs = submitted_jobs(sweep);
  const std::set<std::int64_t> queued = in_queue(jobs);
  std::erase_if(jobs, [&](const SlurmJob& job) {
    return std::ranges::none_of(job.trials, [&](std::int64_t n) { return queued.contains(n); });
  });
  std::vector<std::int64_t> numbers;
  const std::vector<SweepTrial> trials = trials_of(plan);
  remake_missing(sweep, trials, options.only);
  for (const TrialState& state : trial_states(sweep, trials.size())) {
    const bool chosen = options.only.empty() ||
                        std::ranges::find(options.only, state.number) != options.only.end();
    if (chosen && wants_training(state, options.retry_failed) && !queued.contains(state.number)) {
      numbers.push_back(state.number);
    }
  }
  const fs::path program = options.program.empty() ? paralif_program() : options.program;
  write_file(sweep / script_file, script_of(sweep, plan, program));
  for (std::size_t first = 0; first < numbers.size(); first += most_tasks) {
    const std::size_t count = std::min(most_tasks, numbers.size() - first);
    SlurmJob job;
    job.trials.assign(numbers.begin() + static_cast<std::ptrdiff_t>(first),
                      numbers.begin() + static_cast<std::ptrdiff_t>(first + count));
    std::vector<std::string> words{"sbatch", "--parsable", "--output=/dev/null", "--error=/dev/null",
                                   "--job-name=" + sweep.filename().string(),
                                   options.jobs > 0 ? fmt::format("--array=1-{}%{}", count, options.jobs)
                                                    : fmt::format("--array=1-{}", count)};
    words.insert(words.end(), options.sbatch.begin(), options.sbatch.end());
    words.push_back((sweep / script_file).string());
    words.push_back(fmt::format("{}", fmt::join(job.trials, " ")));
    const std::string said = slurm_command(words).output;
    job.id = said.substr(0, said.find_first_not_of("0123456789"));
    if (job.id.empty()) throw Error(Error::Kind::file, "sbatch", "gave no number of a job: " + printable(said));
    jobs.push_back(std::move(job));
    write_jobs(sweep, jobs);
  }
  return jobs;
}

std::vector<TrialState> follow_slurm(const fs::path& sweep, JobControl& control,
                                     const std::function<void(const std::vector<TrialState>&)>& watch) {
  const std::vector<SlurmJob> jobs = submitted_jobs(sweep);
  const std::size_t count = trials_of(read_sweep(sweep)).size();
  std::set<std::int64_t> ours;
  for (const SlurmJob& job : jobs) ours.insert(job.trials.begin(), job.trials.end());
  while (true) {
    const std::set<std::int64_t> queued = in_queue(jobs);
    std::vector<TrialState> states = trial_states(sweep, count);
    double done = 0.0;
    for (TrialState& state : states) {
      if (!ours.contains(state.number)) continue;
      if (!queued.contains(state.number)) {
        done += 1.0;
        if (state.status == RunStatus::queued && run_files::is_untrained(state.folder)) {
          mark_failed(state.folder);
          state = trial_state(sweep, state.number);
        }
      } else if (state.epochs > 0) {
        done += static_cast<double>(state.epochs_done) / static_cast<double>(state.epochs);
      }
    }
    if (!ours.empty()) control.progress(done / static_cast<double>(ours.size()));
    watch(states);
    if (queued.empty()) return states;
    for (auto waited = 0ms; waited < between_looks; waited += 50ms) {
      control.check();
      std::this_thread::sleep_for(50ms);
    }
  }
}

std::size_t cancel_slurm(const fs::path& sweep) {
  const std::vector<SlurmJob> jobs = submitted_jobs(sweep);
  for (const SlurmJob& job : jobs) {
    const CommandResult result = run_command({"scancel", job.id});
    if (result.status != 0 && result.errors.find("Invalid job id") == std::string::npos) {
      throw Error(Error::Kind::file, "scancel", printable(result.errors), "is Slurm running? see sinfo");
    }
  }
  return jobs.size();
}

}  // namespace paralif
