// Texts, keys and icons of the commands.
#include "app/studio/studio_actions.h"

#include <QUndoGroup>
#include <QWidget>

#include "app/studio/icons.h"
#include "app/studio/session_controller.h"
#include "widgets/theme/theme.h"

namespace paralif {

StudioActions::StudioActions(QUndoGroup* undoGroup, QWidget* window)
    : QObject(window), window_(window) {
  start = make(tr("&Start"), Qt::Key_F5, tr("Train the network of the form"), "start");
  pause = make(tr("&Pause"), Qt::Key_F6, tr("Pause after the batch in progress"), "pause");
  step = make(tr("Step one &batch"), Qt::Key_F7, tr("Train a single batch, then pause"), "step");
  stop = make(tr("S&top"), Qt::SHIFT | Qt::Key_F5,
              tr("End the run; it can be continued from Runs"), "stop");
  reset = make(tr("&Reset"), Qt::CTRL | Qt::Key_R,
               tr("Clear the views, so that Start begins anew with the form's settings"), "reset");
  open = make(tr("&Open…"), QKeySequence::Open, tr("Open an experiment file"), "open");
  save = make(tr("&Save"), QKeySequence::Save, tr("Save the experiment"), "save");
  saveAs = make(tr("Save &as…"), Qt::CTRL | Qt::SHIFT | Qt::Key_S,
                tr("Save the experiment under another name"));
  openRun = make(tr("Open run &folder…"), Qt::CTRL | Qt::SHIFT | Qt::Key_O,
                 tr("Show a recorded run"), "folder");
  quit = make(tr("&Quit"), Qt::CTRL | Qt::Key_Q, tr("Leave the studio"));
  undo = undoGroup->createUndoAction(this, tr("Undo"));
  redo = undoGroup->createRedoAction(this, tr("Redo"));
  adopt(undo, QKeySequence::Undo, "undo");
  adopt(redo, Qt::CTRL | Qt::SHIFT | Qt::Key_Z, "redo");
  copyCommand = make(tr("&Copy as command line"), Qt::CTRL | Qt::SHIFT | Qt::Key_C,
                     tr("Copy the line that runs this experiment in a terminal"));
  showCode = make(tr("Show as co&de\u2026"), QKeySequence(),
                  tr("This experiment as a program in PyTorch, to copy or save"));
  sweep = make(tr("S&weep\u2026"), Qt::CTRL | Qt::SHIFT | Qt::Key_F5,
               tr("Train this experiment with several values of some settings"));
  resetLayout = make(tr("&Reset layout"), QKeySequence(), tr("Put every dock back"));
  fullScreen = make(tr("&Full screen"), Qt::Key_F11, tr("Use the whole screen"));
  fullScreen->setCheckable(true);
  keys = make(tr("&Keys and gestures"), Qt::Key_F1, tr("All keys on one page"));
  welcome = make(tr("&What brings you here?"), QKeySequence(),
                 tr("Ways to begin, above the workspace"));
  about = make(tr("&About ParaLIF Studio"), QKeySequence(), tr("Version and licence"));
  enableFor(SessionState::idle, false);
}

QAction* StudioActions::make(const QString& text, const QKeySequence& key, const QString& tip,
                             const char* icon) {
  auto* action = new QAction(text, this);
  const QString shown = key.toString(QKeySequence::NativeText);
  action->setToolTip(shown.isEmpty() ? tip : QString("%1 (%2)").arg(tip, shown));
  adopt(action, key, icon);
  return action;
}

void StudioActions::adopt(QAction* action, const QKeySequence& key, const char* icon) {
  action->setShortcut(key);
  if (icon != nullptr) {
    const QString name(icon);
    action->setIcon(themedIcon(name, name == "start"  ? &Theme::good
                                     : name == "stop" ? &Theme::bad
                                                      : &Theme::text));
  }
  window_->addAction(action);
}

void StudioActions::enableFor(SessionState state, bool hasRun) {
  const bool ended = hasEnded(state);
  const bool running = state == SessionState::running || state == SessionState::preparing;
  const bool paused = state == SessionState::paused;
  const bool idle = state == SessionState::idle || ended;
  start->setEnabled(idle || paused);
  start->setText(startTexts()[paused ? 1 : 0]);
  step->setEnabled(idle || paused);
  pause->setEnabled(running);
  stop->setEnabled(running || paused);
  reset->setEnabled(hasRun);
}

}  // namespace paralif
