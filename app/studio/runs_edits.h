// What can be undone in the Runs workspace: marks, and moves to the bin and back.
#pragma once

#include <QUndoCommand>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/runs/run_marks.h"

namespace paralif {

/// What the commands tell: that the folders have changed, or a sentence why they have not.
struct RunsEditReport {
  std::function<void()> changed;
  std::function<void(const QString& sentence)> failed;
};

/// Other marks for some runs.
class MarkRuns : public QUndoCommand {
 public:
  struct Change {
    std::filesystem::path folder;
    RunMarks before;
    RunMarks after;
  };
  MarkRuns(const QString& text, std::vector<Change> changes, RunsEditReport report);
  void redo() override;
  void undo() override;

 private:
  std::vector<Change> changes_;
  RunsEditReport report_;
};

/// Some runs into the bin, and back when undone; or the other way round.
class MoveRuns : public QUndoCommand {
 public:
  enum class Where { bin, back };
  MoveRuns(const QString& text, Where where, std::filesystem::path root,
           std::vector<std::filesystem::path> folders, RunsEditReport report);
  void redo() override { move(where_); }
  void undo() override { move(where_ == Where::bin ? Where::back : Where::bin); }

 private:
  void move(Where where);

  Where where_;
  std::filesystem::path root_;
  std::vector<std::filesystem::path> folders_;  ///< where they lie now
  RunsEditReport report_;
};

}  // namespace paralif
