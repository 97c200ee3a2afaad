#include "core/exchange/queued_run.h"

#include <chrono>

#include "core/runs/new_run.h"
#include "core/runs/run_files.h"
#include "core/training/state_file.h"
#include "core/training/trainer.h"

namespace paralif {

std::filesystem::path make_queued_run(const std::filesystem::path& runs_root,
                                      const Experiment& experiment, const Trainer& trainer) {
  run_files::Head head;
  head.status = RunStatus::queued;
  head.started_at = std::chrono::duration_cast<std::chrono::seconds>(
                        std::chrono::system_clock::now().time_since_epoch())
                        .count();
  const std::filesystem::path run = make_run_folder(runs_root, experiment, head);
  try {
    run_files::write_metrics(run, {});
    write_state(run / run_files::checkpoint, trainer.state());
  } catch (const std::exception&) {
    std::error_code none;
    std::filesystem::remove_all(run, none);  // without the weights it would be another run
    throw;
  }
  return run;
}

}  // namespace paralif
