#include "app/studio/recovery.h"

#include <QGuiApplication>
#include <QSessionManager>

#include "app/studio/file_commands.h"
#include "app/studio/guard.h"
#include "app/studio/message_bar.h"
#include "app/studio/session_controller.h"
#include "datasets/text.h"
#include "widgets/form/experiment_form.h"

namespace paralif {
namespace {

/// The run, where its training ended with its window and can go on.
std::optional<RunSummary> interrupted(const QString& folder) {
  if (folder.isEmpty()) return std::nullopt;
  std::optional<RunSummary> run;
  guarded([&] { run = read_summary(folder.toStdString()); }, [](const Failure&) {});
  if (run && (run->status != RunStatus::interrupted || !run->resumable)) run.reset();
  return run;
}

}  // namespace

Recovery::Recovery(FileCommands& files, ExperimentForm& form, SessionController& controller,
                   MessageBar& messages, QObject* parent)
    : QObject(parent), files_(files), form_(form), controller_(controller), messages_(messages),
      autosave_(Autosave::defaultFolder(), [this] { return edits(); }) {
  connect(&files_, &FileCommands::titleChanged, &autosave_, &Autosave::changed);
  connect(&controller_, &SessionController::stateChanged, &autosave_, &Autosave::changed);
  connect(&controller_, &SessionController::cleared, &autosave_, &Autosave::changed);
  connect(&controller_, &SessionController::snapshotTaken, this, [this](const Snapshot& snapshot) {
    if (snapshot.run_folder == run_) return;
    run_ = snapshot.run_folder;
    autosave_.changed();
  });
  connect(&autosave_, &Autosave::failed, &messages_, &MessageBar::showError);
  connect(qApp, &QGuiApplication::commitDataRequest, &autosave_, &Autosave::saveNow,
          Qt::DirectConnection);
}

std::optional<KeptEdits> Recovery::edits() const {
  if (!keeping_) return std::nullopt;
  KeptEdits kept;
  kept.experiment = form_.experiment();
  kept.stored = files_.document().stored();
  kept.file = files_.document().path();
  if (controller_.isActive()) {
    kept.run = QString::fromStdString(controller_.latest().run_folder);
  }
  if (!kept.hasEdits() && kept.run.isEmpty()) return std::nullopt;
  return kept;
}

void Recovery::offerLeftovers() {
  waiting_ = autosave_.leftovers();
  offerNext();
}

void Recovery::offerNext() {
  while (!waiting_.empty()) {
    const Autosave::Leftover next = waiting_.front();
    waiting_.erase(waiting_.begin());
    if (next.edits.hasEdits() || interrupted(next.edits.run)) return offer(next);
    Autosave::remove(next);
  }
}

void Recovery::offer(const Autosave::Leftover& leftover) {
  const KeptEdits& edits = leftover.edits;
  const std::optional<RunSummary> run = interrupted(edits.run);
  QStringList sentences;
  QVector<MessageBar::Choice> choices;
  if (edits.hasEdits()) {
    const QString title = QString::fromStdString(printable(edits.experiment.title));
    sentences << tr("The window ended with unsaved settings (%1, %2).").arg(title, edits.when);
    choices.append({tr("Restore"), [this, leftover] {
                      if (!files_.mayReplace()) return offer(leftover);
                      files_.takeUp(leftover.edits.file, leftover.edits.stored,
                                    leftover.edits.experiment);
                      autosave_.saveNow();
                      Autosave::remove(leftover);
                      offerNext();
                    }});
  }
  if (run) {
    sentences << tr("The run %1 was interrupted after epoch %2 of %3.")
                     .arg(QString::fromStdString(printable(run->folder.filename().string())))
                     .arg(run->epochs_done)
                     .arg(run->experiment.training.epochs);
    choices.append({tr("Resume"), [this, leftover] {
                      Q_EMIT resumeRequested(leftover.edits.run);
                      Autosave::remove(leftover);
                      offerNext();
                    }});
  }
  choices.append({tr("Dismiss"), [this, leftover] {
                    Autosave::remove(leftover);
                    offerNext();
                  }});
  messages_.offer(sentences.join(' '), choices);
}

}  // namespace paralif
