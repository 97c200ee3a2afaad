// The Runs workspace: every recorded run, to find, open, go on with, compare, mark, throw away, or
// begin another from.
#pragma once

#include <QUndoStack>
#include <filesystem>

#include "app/studio/background_job.h"
#include "app/studio/runs_edits.h"
#include "app/studio/runs_model.h"
#include "app/studio/workspace.h"
#include "core/experiments/experiment.h"

class QAction;
class QLabel;
class QTimer;
class QToolBar;

namespace paralif {

class RunsComparison;
class RunsFilter;
class RunsMarks;
class RunsTable;
class SweepStrip;
struct SweepPlan;

class RunsWorkspace : public Workspace {
  Q_OBJECT

 public:
  explicit RunsWorkspace(QWidget* parent = nullptr);
  ~RunsWorkspace() override;
  void setRoot(const std::filesystem::path& root);
  /// Reads the folder again, off this thread; the selected runs stay selected.
  void refresh();

  /// Makes the runs of a sweep and trains them, so many at a time.
  void startSweep(const SweepPlan& plan, int jobs);
  [[nodiscard]] bool sweeps() const;  ///< whether one is being trained

  [[nodiscard]] QUndoStack* undoStack() override { return &undo_; }
  void remember() override;
  void takeUp() override;

 Q_SIGNALS:
  void openRequested(const QString& folder);
  void resumeRequested(const QString& folder);
  void settingsRequested(const paralif::Experiment& experiment);

 protected:
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  void makeCommands(QToolBar* bar);
  void connectParts();
  /// The sweep whose line is chosen, if some of its runs can go on; else empty.
  [[nodiscard]] std::filesystem::path openSweep() const;
  void resumeChosen();
  void shareChosen();
  void updateActions();
  void updateNote();
  void compare();
  void setRuns(std::vector<RunEntry> runs);
  /// `change` is called later, off this thread.
  void mark(const QString& text, const std::function<void(RunMarks&)>& change);
  void moveSelected(MoveRuns::Where where);
  void deleteForGood();
  [[nodiscard]] RunsEditReport report();
  /// Where the runs lie that are shown: the root or its bin.
  [[nodiscard]] std::filesystem::path place() const;

  std::filesystem::path root_;
  RunsModel* model_;
  RunsTable* table_;
  RunsFilter* filter_;
  RunsMarks* marks_;
  SweepStrip* strip_;
  RunsComparison* compared_;
  QTimer* soon_;   ///< to the next comparison
  QTimer* again_;  ///< to the next look at runs that go on
  BackgroundJob listing_;
  BackgroundJob sharing_;
  BackgroundJob deleting_;
  QLabel* note_;
  EditQueue edits_;
  QUndoStack undo_;
  QString indexProblem_;
  bool inBin_ = false;
  bool listed_ = false;
  QAction* open_;
  QAction* resume_;
  QAction* settings_;
  QAction* share_;
  QAction* network_;
  QAction* rename_;
  QAction* folder_;
  QAction* refresh_;
  QAction* bin_;
  QAction* restore_;
  QAction* delete_;
  QAction* showBin_;
  QAction* find_;
};

}  // namespace paralif
