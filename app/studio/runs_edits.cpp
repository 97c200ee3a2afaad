#include "app/studio/runs_edits.h"

#include <utility>

#include "app/studio/guard.h"
#include "core/library/run_bin.h"

namespace paralif {

namespace {

void tell(const RunsEditReport& report, const EditQueue::Failures& failures) {
  for (const Failure& failure : failures) report.failed(failure.sentence);
  report.changed();
}

}  // namespace

MarkRuns::MarkRuns(const QString& text, std::vector<std::filesystem::path> folders,
                   std::function<void(RunMarks&)> change, RunsEditReport report)
    : QUndoCommand(text),
      marks_(std::make_shared<Marks>(Marks{std::move(folders), std::move(change), {}})),
      report_(std::move(report)) {}

/// As they are on disk: what a table shows may be of a moment ago.
void MarkRuns::Marks::read() {
  for (const std::filesystem::path& folder : folders) {
    const RunMarks before = readable_marks(folder);
    RunMarks after = before;
    change(after);
    if (!(after == before)) changes.push_back({folder, before, after});
  }
  folders.clear();
}

void MarkRuns::redo() {
  write(&Change::after);
}

void MarkRuns::undo() {
  write(&Change::before);
}

/// Those after one that cannot be marked stay as they were.
void MarkRuns::write(RunMarks Change::*marks) {
  report_.queue.add(
      [all = marks_, marks] {
        EditQueue::Failures failures;
        guarded(
            [&] {
              all->read();
              for (const Change& change : all->changes) write_marks(change.folder, change.*marks);
            },
            [&](const Failure& failure) { failures.push_back(failure); });
        return failures;
      },
      [report = report_](const EditQueue::Failures& failures) { tell(report, failures); });
}

MoveRuns::MoveRuns(const QString& text, Where where, std::filesystem::path root,
                   std::vector<std::filesystem::path> folders, RunsEditReport report)
    : QUndoCommand(text),
      where_(where),
      root_(std::move(root)),
      folders_(std::make_shared<std::vector<std::filesystem::path>>(std::move(folders))),
      report_(std::move(report)) {}

/// Those that cannot be moved stay where they are and are no part of the command any more.
void MoveRuns::move(Where where) {
  report_.queue.add(
      [folders = folders_, root = root_, where] {
        EditQueue::Failures failures;
        std::vector<std::filesystem::path> moved;
        for (const std::filesystem::path& folder : *folders) {
          guarded(
              [&] {
                moved.push_back(where == Where::bin ? move_to_bin(root, folder)
                                                    : restore_from_bin(root, folder));
              },
              [&](const Failure& failure) { failures.push_back(failure); });
        }
        *folders = std::move(moved);
        return failures;
      },
      [report = report_](const EditQueue::Failures& failures) { tell(report, failures); });
}

}  // namespace paralif
