// The Runs workspace: every recorded run, to open, go on with, compare, or begin another from.
#pragma once

#include <filesystem>
#include <set>

#include "app/studio/background_job.h"
#include "app/studio/runs_model.h"
#include "app/studio/workspace.h"

class QAction;
class QLabel;
class QSortFilterProxyModel;
class QTableView;
class QTimer;

namespace paralif {

class CompareView;

class RunsWorkspace : public Workspace {
  Q_OBJECT

 public:
  explicit RunsWorkspace(QWidget* parent = nullptr);
  void setRoot(const std::filesystem::path& root);
  /// Reads the folder again, off this thread; the selected runs stay selected.
  void refresh();

 Q_SIGNALS:
  void openRequested(const QString& folder);
  void resumeRequested(const QString& folder);
  void settingsRequested(const paralif::Experiment& experiment);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  [[nodiscard]] const RunSummary* chosen() const;
  void updateActions();
  /// Reads the metrics of the selected runs off this thread, then shows them.
  void compare();
  void setRuns(const std::vector<RunSummary>& runs);
  /// Selects the runs of these folders, or else the first one.
  void select(const std::set<std::filesystem::path>& folders, const std::filesystem::path& current);

  std::filesystem::path root_;
  RunsModel* model_;
  QSortFilterProxyModel* sorted_;
  QTableView* table_;
  CompareView* compared_;
  QTimer* soon_;
  BackgroundJob listing_;
  BackgroundJob comparing_;
  QLabel* note_;
  QAction* open_;
  QAction* resume_;
  QAction* settings_;
  QAction* folder_;
  QAction* refresh_;
};

}  // namespace paralif
