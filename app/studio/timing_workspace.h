// The Running time workspace: choose, measure, watch the curves grow, keep and share them.
#pragma once

#include <QVector>
#include <functional>

#include "app/studio/workspace.h"
#include "core/bench/timing_session.h"
#include "widgets/timing/timing_reading.h"

class QComboBox;
class QLabel;
class QProgressBar;
class QToolBar;

namespace paralif {

class TimingController;
class TimingExplanation;
class TimingForm;
class TimingPlot;
class TimingTable;

class TimingWorkspace : public Workspace {
  Q_OBJECT

 public:
  explicit TimingWorkspace(QWidget* parent = nullptr);

  /// Folder that takes the results.
  void setRoot(const std::filesystem::path& root);
  [[nodiscard]] TimingController& controller() { return *controller_; }
  [[nodiscard]] TimingForm& form() { return *form_; }
  [[nodiscard]] TimingPlot& plot() { return *plot_; }
  [[nodiscard]] TimingTable& table() { return *table_; }

  void resetLayout() override;
  void remember() override;
  void takeUp() override;
  /// The folder of recorded results.
  bool openPath(const QString& path) override;

 public Q_SLOTS:
  void start();
  /// Shows recorded results and their plan.
  void open(const QString& path);
  /// Draws earlier or foreign results dashed.
  void overlay(const QString& path);
  void clearOverlays();
  void exportFigure(const QString& path);
  void exportData(const QString& path);
  void copyCommandLine();

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  QAction* add(const QString& text, const char* name, const QKeySequence& key, const QString& tip,
               const char* icon = nullptr);
  void addDock(const QString& title, const char* name, QWidget* content);
  void makeActions();
  void makeBar();
  QWidget* makeCurves();
  void connectViews();
  void show(const TimingSnapshot& snapshot);
  void showStatus();
  void showReading();
  void fillBaselines();
  void baselineChosen();
  void updateActions();
  void shareSpace();

  TimingController* controller_;
  TimingForm* form_;
  TimingPlot* plot_;
  TimingTable* table_;
  TimingExplanation* explanation_;
  QToolBar* bar_;
  QComboBox* baseline_;
  QLabel* warning_;
  QLabel* reading_;
  QLabel* status_;
  QProgressBar* progress_;
  QAction* start_ = nullptr;
  QAction* pause_ = nullptr;
  QAction* cancel_ = nullptr;
  QAction* logSteps_ = nullptr;
  QAction* logTime_ = nullptr;
  QAction* open_ = nullptr;
  QAction* overlay_ = nullptr;
  QAction* clear_ = nullptr;
  QAction* figure_ = nullptr;
  QAction* data_ = nullptr;
  QAction* command_ = nullptr;
  QVector<TimingBaseline> baselines_;
  QVector<QString> overlayNames_;
  QString saveProblem_;
  bool arranged_ = false;
};

}  // namespace paralif
