// Assembly and connections of the main window.
#include "app/studio/main_window.h"

#include <QCloseEvent>
#include <QDir>
#include <QDropEvent>
#include <QHBoxLayout>
#include <QMimeData>
#include <QStackedWidget>
#include <QStatusBar>
#include <QUndoGroup>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <cstdio>

#include "app/studio/about.h"
#include "app/studio/cheat_sheet.h"
#include "app/studio/datasets_workspace.h"
#include "app/studio/file_commands.h"
#include "app/studio/guard.h"
#include "app/studio/icons.h"
#include "app/studio/lab_workspace.h"
#include "app/studio/message_bar.h"
#include "app/studio/recovery.h"
#include "app/studio/robustness_workspace.h"
#include "app/studio/runs_workspace.h"
#include "app/studio/session_controller.h"
#include "app/studio/settings.h"
#include "app/studio/studio_actions.h"
#include "app/studio/studio_application.h"
#include "app/studio/studio_menus.h"
#include "app/studio/sweep_dialog.h"
#include "app/studio/theme_switch.h"
#include "app/studio/timing_workspace.h"
#include "app/studio/train_workspace.h"
#include "app/studio/training_status.h"
#include "app/studio/welcome_bar.h"
#include "app/studio/workspace.h"
#include "app/studio/workspace_bar.h"
#include "app/studio/workspace_docks.h"
#include "core/experiments/presets.h"
#include "widgets/form/experiment_form.h"
#include "widgets/plots/plot_view.h"
#include "widgets/theme/numbers.h"
#include "widgets/theme/words.h"
#include "widgets/views/log_view.h"

namespace paralif {
MainWindow::MainWindow(const StudioOptions& options, QWidget* parent)
    : QMainWindow(parent),
      options_(options),
      controller_(new SessionController(this)),
      pages_(new QStackedWidget),
      bar_(new WorkspaceBar(pages_)),
      train_(new TrainWorkspace(*controller_)),
      lab_(new LabWorkspace),
      timing_(new TimingWorkspace),
      datasets_(new DatasetsWorkspace),
      runs_(new RunsWorkspace),
      robustness_(new RobustnessWorkspace([this] { return train_->form().experiment(); })),
      status_(new TrainingStatus(this)),
      undo_(new QUndoGroup(this)) {
  setObjectName("mainWindow");
  setLocale(numberLocale());
  setWindowIcon(programIcon());
  setAcceptDrops(true);
  if (!options_.runsRoot.isEmpty()) controller_->setRunsRoot(options_.runsRoot.toStdString());
  runs_->setRoot(controller_->runsRoot());
  timing_->setRoot(controller_->runsRoot());
  robustness_->setRoot(controller_->runsRoot());
  workspaces_ = {train_, lab_, timing_, datasets_, runs_, robustness_};
  for (const WorkspaceMaker& make : registeredWorkspaces()) workspaces_.append(make());
  for (Workspace* workspace : std::as_const(workspaces_)) {
    bar_->add(workspace);
    workspace->keepFirstLayout();
    if (workspace->undoStack() != nullptr) undo_->addStack(workspace->undoStack());
  }
  undo_->setActiveStack(train_->undoStack());
  actions_ = new StudioActions(undo_, this);
  files_ = new FileCommands(train_->form(), *controller_, this);
  files_->setAsking(options_.ask);
  docks_ = new WorkspaceDocks(bar_, this);
  makeContent();
  recovery_ = new Recovery(*files_, train_->form(), *controller_, *messages_, this);

  addMenus(*this, *actions_, *files_, *docks_);
  addToolBars(*train_, *actions_);
  connectCommands();
  connectSession();
  connectRuns();
  connectDatasets();
  connectWelcome();
  connectFailures();
  for (Workspace* workspace : std::as_const(workspaces_)) connectWorkspace(workspace);
  restoreLayout();
  openAsAsked();
  recovery_->setKeeping(options_.remember);
  if (options_.remember) recovery_->offerLeftovers();
  welcome();
  watchInbox();
  updateActions();
  updateTitle();
}

void MainWindow::makeContent() {
  auto* content = new QWidget;
  auto* row = new QHBoxLayout(content);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  auto* body = new QWidget;
  auto* column = new QVBoxLayout(body);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  welcome_ = new WelcomeBar;
  column->addWidget(welcome_);
  column->addWidget(pages_, 1);
  messages_ = new MessageBar(body);
  row->addWidget(bar_);
  row->addWidget(body, 1);
  setCentralWidget(content);
  statusBar()->addWidget(status_, 1);
  statusBar()->setSizeGripEnabled(false);
}

MainWindow::~MainWindow() {
  hide();  // a box that loses the focus is heard while there is a window to hear it
  // The views must not hear of a session that ends after them.
  disconnect(controller_, nullptr, nullptr, nullptr);
}

void MainWindow::connectCommands() {
  const auto on = [this](QAction* action, auto work) {
    connect(action, &QAction::triggered, this, work);
  };
  on(actions_->start, [this] { startTraining(); });
  on(actions_->step, [this] { stepTraining(); });
  on(actions_->pause, [this] { controller_->pause(); });
  on(actions_->stop, [this] { controller_->stop(); });
  on(actions_->reset, [this] { controller_->reset(); });
  on(actions_->open, [this] { files_->askAndOpen(); });
  on(actions_->save, [this] { files_->save(); });
  on(actions_->saveAs, [this] { files_->saveAs(); });
  on(actions_->openRun, [this] { files_->askAndOpenRun(); });
  on(actions_->quit, [this] { close(); });
  on(actions_->copyCommand, [this] {
    files_->copyCommandLine();
    messages_->showHint(tr("The command line of this experiment is on the clipboard."));
  });
  on(actions_->showCode, [this] { files_->showCode(); });
  on(actions_->sweep, [this] { askForSweep({}); });
  connect(&train_->form(), &ExperimentForm::sweepRequested, this, &MainWindow::askForSweep);
  on(actions_->resetLayout, [this] { docks_->reset(); });
  on(actions_->fullScreen, [this](bool full) { full ? showFullScreen() : showNormal(); });
  on(actions_->keys, [this] { showCheatSheet(this, *actions_); });
  on(actions_->about, [this] { showAbout(this); });
  on(actions_->welcome, [this] { welcome_->show(); });
  connect(bar_, &WorkspaceBar::currentChanged, this, [this] { follow(bar_->inFront()); });
  connect(files_, &FileCommands::titleChanged, this, &MainWindow::updateTitle);
  connect(files_, &FileCommands::runOpened, this, [this] { bar_->show(train_); });
}

// Errors come to one place, and go when what they were about succeeds.
void MainWindow::connectFailures() {
  connect(files_, &FileCommands::failed, this, &MainWindow::showError);
  connect(files_, &FileCommands::succeeded, messages_, &MessageBar::clearError);
  connect(&train_->form(), &ExperimentForm::experimentChanged, this, [this] {
    const auto problems = train_->form().problems();
    const auto same = [this](const Problem& problem) { return problem.key == faulty_; };
    if (faulty_.empty() || std::ranges::any_of(problems, same)) return;
    faulty_.clear();
    messages_->clearError();
  });
  for (PlotView* plot : findChildren<PlotView*>()) {
    connect(plot, &PlotView::exported, this, [this](const QString& path) {
      messages_->showHint(tr("The export is in %1").arg(path));
    });
  }
  if (auto* studio = qobject_cast<StudioApplication*>(QCoreApplication::instance())) {
    connect(studio, &StudioApplication::failed, this, &MainWindow::showError);
  }
}

void MainWindow::connectWorkspace(Workspace* workspace) {
  connect(workspace, &Workspace::failed, this,
          [this](const QString& sentence) { showError(sentence); });
  connect(workspace, &Workspace::succeeded, messages_, &MessageBar::clearError);
  connect(workspace, &Workspace::hinted, messages_, &MessageBar::showHint);
  connect(workspace, &Workspace::exported, this, [this](const QString& path) {
    messages_->showHint(tr("The export is in %1").arg(path));
  });
}

void MainWindow::follow(Workspace* workspace) {
  QUndoStack* own = workspace->undoStack();
  undo_->setActiveStack(own != nullptr ? own : train_->undoStack());
}

void MainWindow::connectSession() {
  connect(controller_, &SessionController::snapshotTaken, status_, &TrainingStatus::show);
  connect(controller_, &SessionController::cleared, status_, &TrainingStatus::clear);
  connect(controller_, &SessionController::cleared, this, &MainWindow::updateActions);
  connect(controller_, &SessionController::stateChanged, this, [this](SessionState state) {
    status_->setState(state);
    updateActions();
    if (state == SessionState::failed) {
      showError(QString::fromStdString(controller_->latest().message));
    }
  });
}

void MainWindow::askForSweep(const QString& key) {
  SweepDialog dialog(train_->form().experiment(), key, this);
  if (dialog.exec() != QDialog::Accepted || !dialog.plan()) return;
  runs_->startSweep(*dialog.plan(), dialog.jobs());
  bar_->show(runs_);
}

void MainWindow::connectRuns() {
  connect(runs_, &RunsWorkspace::openRequested, files_, &FileCommands::openPath);
  connect(runs_, &RunsWorkspace::resumeRequested, files_, &FileCommands::resumeRun);
  connect(recovery_, &Recovery::resumeRequested, files_, &FileCommands::resumeRun);
  connect(runs_, &RunsWorkspace::settingsRequested, this, [this](const Experiment& experiment) {
    if (!files_->mayReplace()) return;
    files_->take(experiment);
    bar_->show(train_);
  });
}

void MainWindow::connectDatasets() {
  const QString folder = Settings::text(Settings::dataFolder);
  if (options_.remember && !folder.isEmpty()) datasets_->setFolder(folder.toStdString());
  connect(datasets_, &DatasetsWorkspace::folderChanged, this, [this](const QString& chosen) {
    if (options_.remember) Settings::set(Settings::dataFolder, chosen);
  });
  // False: unsaved settings were kept.
  const auto take = [this](const QString& dataset, const QString& dataFolder) {
    if (!files_->mayReplace()) return false;
    Experiment experiment = starting_point(dataset.toStdString());
    experiment.dataset.data_dir = dataFolder.toStdString();
    files_->take(experiment);
    bar_->show(train_);
    return true;
  };
  connect(datasets_, &DatasetsWorkspace::trainRequested, this, take);
  connect(datasets_, &DatasetsWorkspace::startRequested, this,
          [this, take](const QString& dataset, const QString& dataFolder) {
            if (!take(dataset, dataFolder)) return;
            if (controller_->isActive()) {
              messages_->showHint(tr("The settings are for your points; a training is running. "
                                     "Stop it, then press Start."));
            } else {
              startTraining();
            }
          });
}

void MainWindow::openPath(const QString& path) {
  const bool run = is_run_folder(path.toStdString());
  for (Workspace* workspace : std::as_const(workspaces_)) {
    if (run || !workspace->openPath(path)) continue;
    bar_->show(workspace);
    return;
  }
  files_->openPath(path);
}

void MainWindow::attempt(const std::function<void()>& work) {
  const bool done =
      guarded(work, [this](const Failure& f) { showError(f.sentence, f.subject); });
  if (done) messages_->clearError();
}

bool MainWindow::formIsGood() {
  const auto problems = train_->form().problems();
  if (problems.empty()) return true;
  const Field* field = find_field(problems.front().key);
  const QString key = QString::fromStdString(problems.front().key);
  const QString label = field != nullptr ? textOf(field->label) : key;
  showError(label + ": " + QString::fromStdString(problems.front().sentence), key);
  faulty_ = problems.front().key;
  return false;
}

void MainWindow::startTraining() {
  const bool fresh = !controller_->isActive();
  if (fresh && !formIsGood()) return;
  attempt([this] { controller_->start(train_->form().experiment()); });
  if (fresh && options_.remember) files_->remember();
}

void MainWindow::stepTraining() {
  if (!controller_->isActive() && !formIsGood()) return;
  attempt([this] { controller_->step(train_->form().experiment()); });
}

void MainWindow::showError(const QString& sentence, const QString& subject) {
  failed_ = true;
  faulty_.clear();
  messages_->showError(sentence);
  train_->log().append({sentence.toStdString()});
  std::fprintf(stderr, "paralif-studio: %s\n", qPrintable(sentence));
  if (!subject.isEmpty() && train_->form().focusField(subject)) bar_->show(train_);
}

void MainWindow::updateActions() {
  actions_->enableFor(controller_->state(), controller_->hasRun());
}

void MainWindow::updateTitle() {
  setWindowTitle(files_->title());
  setWindowModified(files_->isModified());
}

// A tip of a command under the mouse must not cover the state of the training.
bool MainWindow::event(QEvent* event) {
  return event->type() == QEvent::StatusTip || QMainWindow::event(event);
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (options_.ask && !files_->mayClose()) {
    event->ignore();
    return;
  }
  if (options_.remember) {
    Settings::set(Settings::geometry, saveGeometry());
    for (Workspace* workspace : std::as_const(workspaces_)) workspace->remember();
    Settings::set(Settings::workspace, QString::number(bar_->current()));
    files_->remember();
  }
  recovery_->autosave().end();
  controller_->stop();
  event->accept();
}

void MainWindow::changeEvent(QEvent* event) {
  QMainWindow::changeEvent(event);
  const QString theme = options_.theme.isEmpty() ? Settings::text(Settings::theme) : options_.theme;
  if (event->type() == QEvent::ThemeChange && theme != "light" && theme != "dark") {
    applyTheme("system");
  }
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  const auto urls = event->mimeData()->urls();
  if (urls.size() == 1 && urls.front().isLocalFile()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  const QString path = event->mimeData()->urls().value(0).toLocalFile();
  if (path.isEmpty()) return;
  event->acceptProposedAction();
  openPath(path);
}

}  // namespace paralif
