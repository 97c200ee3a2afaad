// What can be undone in the Runs workspace: marks, and moves to the bin and back. The folders are
// changed off the window's thread, in the order of the edits.
#pragma once

#include <QUndoCommand>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/studio/edit_queue.h"
#include "core/runs/run_marks.h"

namespace paralif {

/// Where the commands work, and what they tell: that the folders have changed, or a sentence why
/// they have not. All of it must outlive the commands.
struct RunsEditReport {
  EditQueue& queue;
  std::function<void()> changed;
  std::function<void(const QString& sentence)> failed;
};

/// Other marks for some runs: what `change` makes of those that they have when it is done first.
class MarkRuns : public QUndoCommand {
 public:
  MarkRuns(const QString& text, std::vector<std::filesystem::path> folders,
           std::function<void(RunMarks&)> change, RunsEditReport report);
  void redo() override;
  void undo() override;

 private:
  struct Change {
    std::filesystem::path folder;
    RunMarks before;
    RunMarks after;
  };
  struct Marks {
    std::vector<std::filesystem::path> folders;  ///< not read yet
    std::function<void(RunMarks&)> change;
    std::vector<Change> changes;

    void read();
  };
  void write(RunMarks Change::*marks);

  std::shared_ptr<Marks> marks_;  ///< of the queue's thread
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
  /// Where they lie once the edits asked for are done; of the queue's thread.
  std::shared_ptr<std::vector<std::filesystem::path>> folders_;
  RunsEditReport report_;
};

}  // namespace paralif
