// One piece of long work on a thread of its own: started, watched, cancelled.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>

namespace paralif {

enum class JobStatus : std::uint8_t { idle, running, finished, cancelled, failed };

/// Thrown by work that ends because it was cancelled.
struct JobCancelled {};

/// What the work sees of its job; any thread of the work may call it.
class JobControl {
 public:
  [[nodiscard]] bool cancelled() const { return cancelled_; }
  /// Throws JobCancelled once the job has been cancelled.
  void check() const {
    if (cancelled_) throw JobCancelled();
  }
  [[nodiscard]] const std::atomic<bool>& cancel_flag() const { return cancelled_; }
  /// How much is done, 0 to 1.
  void progress(double part) { part_ = part; }

 private:
  friend class Job;
  std::atomic<bool> cancelled_{false};
  std::atomic<double> part_{-1.0};  ///< negative: not known
};

/// A job at one moment; a copy.
struct JobReport {
  JobStatus status = JobStatus::idle;
  double part = -1.0;         ///< done, 0 to 1; negative: not known
  double seconds = 0.0;       ///< since the start, or from the start to the end
  double remaining_s = -1.0;  ///< estimate from `part`; negative: not known
  std::exception_ptr error;   ///< of a failed job: what the work threw
};

class Job {
 public:
  using Work = std::function<void(JobControl&)>;

  Job() = default;
  ~Job();  ///< cancels and waits
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;

  /// Cancels a running job and waits for it first. `ended` is called by the job's thread when the
  /// status is final; it must not call this job.
  void start(Work work, std::function<void()> ended = {});
  /// Asks the work to end and returns at once.
  void cancel() { control_.cancelled_ = true; }
  void wait();
  [[nodiscard]] JobReport report() const;

 private:
  using Clock = std::chrono::steady_clock;

  void run(const Work& work, const std::function<void()>& ended);

  JobControl control_;
  mutable std::mutex mutex_;
  JobStatus status_ = JobStatus::idle;
  std::exception_ptr error_;
  Clock::time_point started_;
  Clock::time_point ended_;
  std::thread thread_;
};

}  // namespace paralif
