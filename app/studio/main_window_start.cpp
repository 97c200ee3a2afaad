// How the window begins: what it opens, its layout, and what it asks a newcomer.
#include "app/studio/main_window.h"

#include <QFileInfo>

#include "app/studio/datasets_workspace.h"
#include "app/studio/file_commands.h"
#include "app/studio/inbox.h"
#include "app/studio/lab_workspace.h"
#include "app/studio/message_bar.h"
#include "app/studio/session_controller.h"
#include "app/studio/settings.h"
#include "app/studio/timing_workspace.h"
#include "app/studio/train_workspace.h"
#include "app/studio/welcome_bar.h"
#include "app/studio/workspace_bar.h"
#include "app/studio/workspace_docks.h"
#include "core/experiments/presets.h"
#include "core/runs/run_store.h"

namespace paralif {

void MainWindow::openAsAsked() {
  if (options_.remember) {
    files_->restore();
  } else {
    files_->take(first_experiment());
  }
  if (!options_.preset.isEmpty()) files_->newFromPreset(options_.preset);
  const QString lastRun = Settings::text(Settings::run);
  if (!options_.path.isEmpty()) {
    openPath(options_.path);
  } else if (options_.remember && options_.preset.isEmpty() && !options_.start &&
             !lastRun.isEmpty() && is_run_folder(lastRun.toStdString())) {
    files_->showRun(lastRun);
  }
  const bool asLeft = options_.path.isEmpty() && options_.preset.isEmpty() && !options_.start;
  if (options_.remember && asLeft) bar_->show(Settings::text(Settings::workspace).toInt());
  if (options_.start) startTraining();
  if (!options_.workspace.isEmpty() && !bar_->showNamed(options_.workspace)) {
    showError(tr("--workspace: there is no workspace '%1'; choose %2")
                  .arg(options_.workspace, bar_->titles().join(", ")));
  }
}

void MainWindow::connectWelcome() {
  connect(welcome_, &WelcomeBar::learnRequested, this, [this] {
    bar_->show(train_);
    if (controller_->isActive() || !files_->mayReplace()) return;
    files_->take(first_experiment());
    startTraining();
  });
  connect(welcome_, &WelcomeBar::presetRequested, this, [this](const QString& id) {
    bar_->show(train_);
    files_->newFromPreset(id);
  });
  connect(welcome_, &WelcomeBar::neuronRequested, this, [this] { bar_->show(lab_); });
  connect(welcome_, &WelcomeBar::dataRequested, this, [this] { bar_->show(datasets_); });
  connect(welcome_, &WelcomeBar::timeRequested, this, [this] { bar_->show(timing_); });
}

void MainWindow::welcome() {
  const QString greeted = Settings::text(Settings::greeted);
  if (!options_.remember || greeted == "yes") return;
  // Who opens a file, or starts a training, has said what for: the question waits.
  const bool asked = !options_.path.isEmpty() || !options_.preset.isEmpty() || options_.start;
  Settings::set(Settings::greeted, QString(asked ? "hint" : "yes"));
  welcome_->setVisible(!asked);
  if (!greeted.isEmpty() || !messages_->sentence().isEmpty()) return;
  messages_->showHint(
      tr("Welcome. F5 trains the network of the form and every view follows it live; F1 lists all "
         "keys. Wheel and drag zoom and pan any plot, F follows new data again."));
}

void MainWindow::restoreLayout() {
  resize(1280, 800);
  if (options_.remember) {
    restoreGeometry(Settings::bytes(Settings::geometry));
    for (Workspace* workspace : std::as_const(workspaces_)) workspace->takeUp();
  }
  if (options_.size.isValid()) resize(options_.size);
}

void MainWindow::watchInbox() {
  if (options_.inbox.isEmpty()) return;
  const auto* inbox = new Inbox(options_.inbox, this);
  connect(inbox, &Inbox::arrived, this, [this](const QString& path) {
    messages_->offer(tr("%1 was sent to you.").arg(QFileInfo(path).fileName()),
                     {{tr("Open"), [this, path] { openPath(path); }}, {tr("Not now"), [] {}}});
  });
}

}  // namespace paralif
