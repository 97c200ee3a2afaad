// `paralif share` and `paralif import`: a run as one file, handed on and taken in.
#include <fmt/format.h>

#include <chrono>
#include <functional>
#include <thread>

#include "app/cli/commands.h"
#include "app/cli/runs_root.h"
#include "app/cli/terminal.h"
#include "core/bench/this_machine.h"
#include "core/library/run_share.h"
#include "datasets/error.h"
#include "datasets/text.h"
#include "paralif_version.h"

namespace paralif::cli {
namespace {

/// Runs `work` as a job that Ctrl+C cancels; its exit status.
int as_job(const std::function<void(JobControl&)>& work) {
  const InterruptGuard interrupts;
  Job job;
  job.start(work);
  ProgressLine line;
  while (job.report().status == JobStatus::running) {
    if (InterruptGuard::count() > 0) job.cancel();
    if (const double part = job.report().part; part >= 0) line.show(bar(part, 30));
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  job.wait();
  line.clear();
  const JobReport report = job.report();
  if (report.error) std::rethrow_exception(report.error);
  if (report.status == JobStatus::cancelled) {
    fmt::print(stderr, "paralif: interrupted; nothing was written\n");
    return InterruptGuard::status();
  }
  return success;
}

int share(const std::string& run, std::string to) {
  std::error_code code;
  if (std::filesystem::is_directory(to, code)) {
    to = (std::filesystem::path(to) / std::filesystem::absolute(run).lexically_normal().filename())
             .string();
  }
  if (!to.ends_with(share_suffix)) to += share_suffix;
  const bench::Machine machine = bench::this_machine();
  const Provenance provenance{"ParaLIF Studio " PARALIF_VERSION,
                              fmt::format("{}, {} cores, {}, LibTorch {}", machine.cpu, machine.cores,
                                          machine.system, machine.libtorch)};
  const int status = as_job([&](JobControl& control) { share_run(run, to, provenance, control); });
  if (status == success) fmt::print("{}\n", printable(to));
  return status;
}

int import_file(const std::string& file, const std::string& dir) {
  if (!file.ends_with(share_suffix)) {
    throw Error(Error::Kind::file, file, "is no shared run (.paralif)",
                "a file that ends otherwise cannot be imported");
  }
  const std::filesystem::path root = dir.empty() ? default_runs_root() : std::filesystem::path(dir);
  std::filesystem::path folder;
  const int status =
      as_job([&](JobControl& control) { folder = take_shared_run(file, root, control); });
  if (status == success) fmt::print("Run: {}\n", printable(folder.string()));
  return status;
}

}  // namespace

void add_share(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("share", "Write a run as one file to hand on.");
  auto run = std::make_shared<std::string>();
  auto to = std::make_shared<std::string>();
  command->add_option("RUN", *run, "Folder of a run")->required();
  command->add_option("--to", *to, "The file to write: FILE.paralif")->required();
  command->callback([&action, run, to] { action = [run, to] { return share(*run, *to); }; });
}

void add_import(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("import", "Take a shared run (.paralif) in.");
  auto file = std::make_shared<std::string>();
  auto dir = std::make_shared<std::string>();
  command->add_option("FILE", *file, "FILE.paralif")->required();
  command->add_option("--dir", *dir, "Folder that holds the runs");
  command->callback(
      [&action, file, dir] { action = [file, dir] { return import_file(*file, *dir); }; });
}

}  // namespace paralif::cli
