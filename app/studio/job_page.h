// A page of a dialog: settings, a button that begins long work, its progress, and what it found.
#pragma once

#include <QWidget>
#include <functional>

#include "app/studio/background_job.h"

class QFormLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace paralif {

class JobPage : public QWidget {
  Q_OBJECT

 public:
  [[nodiscard]] bool isBusy() const { return job_.isRunning(); }
  void cancel() { job_.cancel(); }
  [[nodiscard]] QString message() const;
  /// Its button is the one that Return presses in the dialog.
  void takeReturnKey();

 Q_SIGNALS:
  void workEnded();

 protected:
  /// `verb` stands on the button; object names begin with `name`.
  JobPage(const QString& name, const QString& verb, QWidget* parent);

  [[nodiscard]] QFormLayout* settings() const { return settings_; }
  [[nodiscard]] QVBoxLayout* results() const { return results_; }
  [[nodiscard]] QPushButton* button() const { return begin_; }
  /// The work of the button; it calls run().
  virtual void begin() = 0;
  /// `work(progress)` off this thread, where progress takes the share done and says whether to go
  /// on; `done(result)` on it.
  template <typename Work, typename Done>
  void run(Work work, Done done) {
    setBusy(true);
    job_.start(
        [work = std::move(work)](JobControl& control) mutable {
          return work([&control](double part) {
            control.progress(part);
            return !control.cancelled();
          });
        },
        std::move(done));
  }
  void say(const QString& sentence, bool bad = false);

 private:
  void setBusy(bool busy);

  QFormLayout* settings_;
  QVBoxLayout* results_;
  QPushButton* begin_;
  QPushButton* cancel_;
  QProgressBar* progress_;
  QLabel* message_;
  BackgroundJob job_;
};

}  // namespace paralif
