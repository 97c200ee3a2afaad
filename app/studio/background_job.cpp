#include "app/studio/background_job.h"

namespace paralif {
namespace {

constexpr int lookMs = 100;

bool isAlive(const Job& job) { return job.report().status == JobStatus::running; }

}  // namespace

BackgroundJob::BackgroundJob(QObject* parent) : QObject(parent) {
  timer_.setInterval(lookMs);
  connect(&timer_, &QTimer::timeout, this, &BackgroundJob::look);
}

BackgroundJob::~BackgroundJob() {
  if (job_) job_->cancel();
}

void BackgroundJob::retire() {
  if (!job_) return;
  job_->cancel();
  retired_.push_back(std::move(job_));
}

void BackgroundJob::begin(Job::Work work, std::function<void()> done) {
  retire();
  done_ = std::move(done);
  job_ = std::make_unique<Job>();
  job_->start(std::move(work), [this, number = ++number_] {
    // Queued events of an object that is gone are dropped; its jobs are waited for before.
    QMetaObject::invokeMethod(this, [this, number] { end(number); }, Qt::QueuedConnection);
  });
  timer_.start();
}

void BackgroundJob::cancel() {
  if (!job_) return;
  job_->cancel();
  done_ = {};
}

void BackgroundJob::look() {
  std::erase_if(retired_, [](const auto& job) { return !isAlive(*job); });
  if (job_) {
    const JobReport report = job_->report();
    if (report.part >= 0.0) Q_EMIT progressed(report.part, report.remaining_s);
  } else if (retired_.empty()) {
    timer_.stop();
  }
}

void BackgroundJob::end(quint64 number) {
  if (number != number_ || !job_) return;  // of an earlier start
  const JobReport report = job_->report();
  job_.reset();
  const auto done = std::exchange(done_, {});
  JobStatus status = report.status;
  if (status == JobStatus::failed) {
    guarded([&] { std::rethrow_exception(report.error); },
            [this](const Failure& failure) { Q_EMIT failed(failure); });
  } else if (!done) {
    status = JobStatus::cancelled;  // too late to stop the work, but not to drop its result
  } else if (status == JobStatus::finished) {
    done();
  }
  Q_EMIT ended(status);
}

}  // namespace paralif
