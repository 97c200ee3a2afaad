// `paralif share`: a run as one file to hand on.
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/job_line.h"
#include "app/cli/terminal.h"
#include "core/bench/this_machine.h"
#include "core/library/run_share.h"
#include "datasets/error.h"
#include "datasets/text.h"
#include "paralif_version.h"

namespace paralif::cli {
namespace {

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

}  // namespace

void add_share(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("share", "Write a run as one file to hand on.");
  auto run = std::make_shared<std::string>();
  auto to = std::make_shared<std::string>();
  command->add_option("RUN", *run, "Folder of a run")->required();
  command->add_option("--to", *to, "The file to write: FILE.paralif")->required();
  command->callback([&action, run, to] { action = [run, to] { return share(*run, *to); }; });
}

}  // namespace paralif::cli
