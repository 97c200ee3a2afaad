// Long work of the window, off its thread: the one way to read, judge, import or compare.
#pragma once

#include <QObject>
#include <QTimer>
#include <memory>
#include <optional>
#include <vector>

#include "app/studio/guard.h"
#include "core/values/job.h"

namespace paralif {

/// One kind of work, of which the newest counts: starting anew cancels what runs and drops what it
/// gives. Signals and results arrive on the thread of this object.
class BackgroundJob : public QObject {
  Q_OBJECT

 public:
  explicit BackgroundJob(QObject* parent = nullptr);
  ~BackgroundJob() override;  ///< cancels, and waits for the work to notice

  /// `work(JobControl&)` runs off this thread; `done(result)` is called on it if the work was
  /// neither cancelled nor failed.
  template <typename Work, typename Done>
  void start(Work work, Done done) {
    using Result = std::invoke_result_t<Work&, JobControl&>;
    auto result = std::make_shared<std::optional<Result>>();
    begin([work = std::move(work), result](JobControl& control) mutable {
            result->emplace(work(control));
          },
          [done = std::move(done), result]() mutable { done(std::move(**result)); });
  }
  /// Asks the work to end, and drops what it may still give; ended() tells when it has.
  void cancel();
  [[nodiscard]] bool isRunning() const { return job_ != nullptr; }

 Q_SIGNALS:
  /// Ten times a second; `part` is 0 to 1, `remaining` in seconds; negative: not known.
  void progressed(double part, double remaining);
  void failed(const paralif::Failure& failure);
  /// After done or failed, or once cancelled work has ended. Not of work that was started anew.
  void ended(paralif::JobStatus status);

 private:
  void begin(Job::Work work, std::function<void()> done);
  void look();
  void end(quint64 number);
  void retire();

  std::unique_ptr<Job> job_;  ///< of the newest start; null: it has ended
  std::vector<std::unique_ptr<Job>> retired_;
  std::function<void()> done_;
  quint64 number_ = 0;
  QTimer timer_;
};

}  // namespace paralif
