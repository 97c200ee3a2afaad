#include "core/values/job.h"

namespace paralif {

Job::~Job() {
  cancel();
  wait();
}

void Job::wait() {
  if (thread_.joinable()) thread_.join();
}

void Job::start(Work work, std::function<void()> ended) {
  cancel();
  wait();
  control_.cancelled_ = false;
  control_.part_ = -1.0;
  {
    const std::lock_guard lock(mutex_);
    status_ = JobStatus::running;
    error_ = nullptr;
    started_ = Clock::now();
  }
  try {
    thread_ = std::thread([this, work = std::move(work), ended] { run(work, ended); });
  } catch (...) {  // the system has no thread to give
    {
      const std::lock_guard lock(mutex_);
      status_ = JobStatus::failed;
      error_ = std::current_exception();
      ended_ = Clock::now();
    }
    if (ended) ended();
  }
}

void Job::run(const Work& work, const std::function<void()>& ended) {
  JobStatus status = JobStatus::finished;
  std::exception_ptr error;
  try {
    work(control_);
  } catch (const JobCancelled&) {
    status = JobStatus::cancelled;
  } catch (...) {
    // What work throws once it was told to end says only that it ended.
    status = control_.cancelled() ? JobStatus::cancelled : JobStatus::failed;
    if (status == JobStatus::failed) error = std::current_exception();
  }
  {
    const std::lock_guard lock(mutex_);
    status_ = status;
    error_ = error;
    ended_ = Clock::now();
  }
  if (ended) ended();
}

JobReport Job::report() const {
  const std::lock_guard lock(mutex_);
  JobReport report;
  report.status = status_;
  report.error = error_;
  report.part = control_.part_;
  if (status_ == JobStatus::idle) return report;
  const auto end = status_ == JobStatus::running ? Clock::now() : ended_;
  report.seconds = std::chrono::duration<double>(end - started_).count();
  if (status_ == JobStatus::running && report.part > 0.0) {
    report.remaining_s = report.seconds * (1.0 - report.part) / report.part;
  }
  return report;
}

}  // namespace paralif
