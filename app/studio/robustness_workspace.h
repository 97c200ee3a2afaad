// The Robustness workspace: train a network, or take a finished run, and watch how its accuracy
// falls as noise flips spikes of its input; several networks on the same axes.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "app/studio/background_job.h"
#include "app/studio/robustness_form.h"
#include "app/studio/workspace.h"

class QLabel;
class QProgressBar;
class QTableWidget;

namespace paralif {

class RobustnessPlot;

class RobustnessWorkspace : public Workspace {
  Q_OBJECT

 public:
  /// `experiment` gives the one that the Train workspace has in its form.
  explicit RobustnessWorkspace(std::function<Experiment()> experiment, QWidget* parent = nullptr);

  /// Folder that holds the runs to choose from.
  void setRoot(const std::filesystem::path& root);
  [[nodiscard]] RobustnessPlot& plot() { return *plot_; }
  [[nodiscard]] bool isRunning() const { return job_.isRunning(); }
  void remember() override;
  void takeUp() override;

 public Q_SLOTS:
  void start();
  void stop();
  void clear();
  /// Writes the published result file of the curve chosen in the table, or of the last one.
  void save(const QString& path);
  void copyCommandLine();

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  /// What the thread of the work tells of itself.
  struct Told {
    std::mutex mutex;
    std::vector<RobustnessTest> tested;
    std::string doing;
    double part = 0.0;
  };

  void makeActions();
  static std::vector<RobustnessTest> test(std::vector<RobustnessTest> all, const std::shared_ptr<Told>& told,
                                  JobControl& control);
  void take(std::vector<RobustnessTest> tested);
  void showTold();
  void showCurves();
  void showEnd(JobStatus status);
  void updateActions();
  [[nodiscard]] const RobustnessTest* chosen() const;

  std::function<Experiment()> experiment_;
  std::filesystem::path root_;
  RobustnessForm* form_;
  RobustnessPlot* plot_;
  QTableWidget* table_;
  QLabel* status_;
  QProgressBar* progress_;
  QAction* start_ = nullptr;
  QAction* stop_ = nullptr;
  QAction* clear_ = nullptr;
  QAction* save_ = nullptr;
  QAction* command_ = nullptr;
  BackgroundJob job_;
  BackgroundJob listing_;
  std::shared_ptr<Told> told_;
  std::vector<RobustnessTest> kept_;     ///< of earlier starts
  std::vector<RobustnessTest> current_;  ///< of the one in progress, or the last one
};

}  // namespace paralif
