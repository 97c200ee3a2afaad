#include "app/cli/job_line.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <thread>

#include "app/cli/commands.h"
#include "app/cli/terminal.h"

namespace paralif::cli {

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

}  // namespace paralif::cli
