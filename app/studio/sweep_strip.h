// Trains a sweep in the background and says how far it is, with a button that ends it.
#pragma once

#include <QWidget>
#include <filesystem>
#include <vector>

#include "app/studio/background_job.h"
#include "core/sweeps/sweep_folder.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace paralif {

class SweepStrip : public QWidget {
  Q_OBJECT

 public:
  explicit SweepStrip(QWidget* parent = nullptr);
  ~SweepStrip() override;  ///< ends the trainings, which leave checkpoints

  /// Makes the sweep's folder under `root` and trains its runs, `jobs` at a time.
  void start(const std::filesystem::path& root, const SweepPlan& plan, int jobs);
  /// Goes on with a sweep that is there, and with its failed runs too.
  void resume(const std::filesystem::path& sweep);
  void stop();
  [[nodiscard]] bool isRunning() const { return job_.isRunning(); }

 Q_SIGNALS:
  void changed();  ///< runs have been made, have moved on or have ended
  void failed(const QString& sentence);
  void finished(const QString& sentence);  ///< all have ended; how

 private:
  void begin(std::function<std::filesystem::path()> folder, int jobs, bool retry);
  void show(const std::vector<TrialState>& states);

  BackgroundJob job_;
  QLabel* text_;
  QProgressBar* progress_;
  QPushButton* stop_;
};

}  // namespace paralif
