#include "app/studio/runs_edits.h"

#include <utility>

#include "app/studio/guard.h"
#include "core/library/run_bin.h"

namespace paralif {

MarkRuns::MarkRuns(const QString& text, std::vector<Change> changes, RunsEditReport report)
    : QUndoCommand(text), changes_(std::move(changes)), report_(std::move(report)) {}

void MarkRuns::redo() {
  const bool done = guarded(
      [this] {
        for (const Change& change : changes_) write_marks(change.folder, change.after);
      },
      [this](const Failure& failure) { report_.failed(failure.sentence); });
  if (!done) setObsolete(true);
  report_.changed();
}

void MarkRuns::undo() {
  const bool done = guarded(
      [this] {
        for (const Change& change : changes_) write_marks(change.folder, change.before);
      },
      [this](const Failure& failure) { report_.failed(failure.sentence); });
  if (!done) setObsolete(true);
  report_.changed();
}

MoveRuns::MoveRuns(const QString& text, Where where, std::filesystem::path root,
                   std::vector<std::filesystem::path> folders, RunsEditReport report)
    : QUndoCommand(text),
      where_(where),
      root_(std::move(root)),
      folders_(std::move(folders)),
      report_(std::move(report)) {}

/// Those that cannot be moved stay where they are and are no part of the command any more.
void MoveRuns::move(Where where) {
  std::vector<std::filesystem::path> moved;
  for (const std::filesystem::path& folder : folders_) {
    guarded(
        [&] {
          moved.push_back(where == Where::bin ? move_to_bin(root_, folder)
                                              : restore_from_bin(root_, folder));
        },
        [this](const Failure& failure) { report_.failed(failure.sentence); });
  }
  folders_ = std::move(moved);
  if (folders_.empty()) setObsolete(true);
  report_.changed();
}

}  // namespace paralif
