// Assembly and connections of the main window.
#include "app/studio/main_window.h"

#include <QCloseEvent>
#include <QDir>
#include <QDropEvent>
#include <QHBoxLayout>
#include <QMimeData>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolBar>
#include <QUndoGroup>
#include <QUrl>
#include <QVBoxLayout>

#include <cstdio>

#include "app/studio/about.h"
#include "app/studio/cheat_sheet.h"
#include "app/studio/datasets_workspace.h"
#include "app/studio/file_commands.h"
#include "app/studio/icons.h"
#include "app/studio/lab_workspace.h"
#include "app/studio/message_bar.h"
#include "app/studio/run_status.h"
#include "app/studio/runs_workspace.h"
#include "app/studio/session_controller.h"
#include "app/studio/settings.h"
#include "app/studio/studio_actions.h"
#include "app/studio/studio_menus.h"
#include "app/studio/theme_switch.h"
#include "app/studio/timing_workspace.h"
#include "app/studio/train_workspace.h"
#include "app/studio/workspace_bar.h"
#include "core/experiments/presets.h"
#include "core/experiments/timing/timing_files.h"
#include "datasets/error.h"
#include "widgets/form/experiment_form.h"
#include "widgets/views/log_view.h"

namespace paralif {
namespace {

enum Workspace { trainPage, labPage, timingPage, datasetsPage, runsPage };

}  // namespace

MainWindow::MainWindow(const StudioOptions& options, QWidget* parent)
    : QMainWindow(parent),
      options_(options),
      controller_(new SessionController(this)),
      pages_(new QStackedWidget),
      bar_(new WorkspaceBar(pages_)),
      messages_(new MessageBar),
      train_(new TrainWorkspace(*controller_)),
      lab_(new LabWorkspace),
      timing_(new TimingWorkspace),
      datasets_(new DatasetsWorkspace),
      runs_(new RunsWorkspace),
      status_(new RunStatus(this)),
      undo_(new QUndoGroup(this)) {
  setObjectName("mainWindow");
  setWindowIcon(programIcon());
  setAcceptDrops(true);
  if (!options_.runsRoot.isEmpty()) controller_->setRunsRoot(options_.runsRoot.toStdString());
  runs_->setRoot(controller_->runsRoot());
  timing_->setRoot(controller_->runsRoot());
  bar_->add(tr("Train"), "train", tr("Train a network and watch it learn"), train_);
  bar_->add(tr("Lab"), "lab", tr("One neuron under your hand, and the twenty features"), lab_);
  bar_->add(tr("Running time"), "timing", tr("Compare the running time of neurons"), timing_);
  bar_->add(tr("Datasets"), "datasets", tr("Recordings to learn from"), datasets_);
  bar_->add(tr("Runs"), "runs", tr("Recorded runs"), runs_);
  undo_->addStack(train_->form().undoStack());
  undo_->addStack(lab_->undoStack());
  undo_->setActiveStack(train_->form().undoStack());
  actions_ = new StudioActions(undo_, this);
  files_ = new FileCommands(train_->form(), *controller_, this);

  auto* content = new QWidget;
  auto* row = new QHBoxLayout(content);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  auto* column = new QVBoxLayout;
  column->setSpacing(0);
  row->addWidget(bar_);
  row->addLayout(column, 1);
  column->addWidget(messages_);
  column->addWidget(pages_, 1);
  setCentralWidget(content);
  statusBar()->addWidget(status_, 1);
  statusBar()->setSizeGripEnabled(false);

  addMenus(*this, *actions_, *files_, *train_);
  addMainToolBar(*this, *actions_);
  actions_->tint(palette());
  connectCommands();
  connectSession();
  connectTiming();
  connectRuns();
  connectDatasets();
  restoreLayout();
  openAsAsked();
  updateActions();
  updateTitle();
}

MainWindow::~MainWindow() {
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
  on(actions_->resetLayout, [this] { train_->resetLayout(); });
  on(actions_->fullScreen, [this](bool full) { full ? showFullScreen() : showNormal(); });
  on(actions_->keys, [this] { showCheatSheet(this, *actions_); });
  on(actions_->about, [this] { showAbout(this); });
  connect(bar_, &WorkspaceBar::currentChanged, this, [this](int page) {
    // The other workspaces have commands of their own: one Pause at a time.
    findChild<QToolBar*>("toolbar.main")->setVisible(page == trainPage);
    undo_->setActiveStack(page == labPage ? lab_->undoStack() : train_->form().undoStack());
  });
  connect(files_, &FileCommands::titleChanged, this, &MainWindow::updateTitle);
  connect(files_, &FileCommands::failed, this, &MainWindow::showError);
  connect(files_, &FileCommands::runOpened, this, [this] { bar_->show(trainPage); });
  for (const auto trouble : {&LabWorkspace::failed, &LabWorkspace::exportFailed}) {
    connect(lab_, trouble, this, [this](const QString& sentence) { showError(sentence); });
  }
  connect(lab_, &LabWorkspace::exported, this, [this](const QString& path) {
    messages_->showHint(tr("Exported to %1").arg(QDir::toNativeSeparators(path)));
  });
  connect(train_, &TrainWorkspace::exportFailed, this,
          [this](const QString& sentence) { showError(sentence); });
}

void MainWindow::connectSession() {
  connect(controller_, &SessionController::snapshotTaken, status_, &RunStatus::show);
  connect(controller_, &SessionController::cleared, status_, &RunStatus::clear);
  connect(controller_, &SessionController::cleared, this, &MainWindow::updateActions);
  connect(controller_, &SessionController::stateChanged, this, [this](SessionState state) {
    status_->setState(state);
    updateActions();
    if (state == SessionState::failed) {
      showError(QString::fromStdString(controller_->latest().message));
    }
  });
}

void MainWindow::openTiming(const QString& path) {
  timing_->open(path);
  bar_->show(timingPage);
}

void MainWindow::connectTiming() {
  connect(timing_, &TimingWorkspace::failed, this,
          [this](const QString& sentence) { showError(sentence); });
  connect(timing_, &TimingWorkspace::hinted, messages_, &MessageBar::showHint);
}

void MainWindow::connectRuns() {
  connect(runs_, &RunsWorkspace::openRequested, files_, &FileCommands::openPath);
  connect(runs_, &RunsWorkspace::resumeRequested, this, [this](const QString& folder) {
    guarded([&] {
      controller_->resume(folder.toStdString());
      bar_->show(trainPage);
    });
  });
  connect(runs_, &RunsWorkspace::settingsRequested, this, [this](const Experiment& experiment) {
    if (!files_->mayClose()) return;
    files_->take(experiment);
    bar_->show(trainPage);
  });
}

void MainWindow::connectDatasets() {
  const QString folder = Settings::text(Settings::dataFolder);
  if (options_.remember && !folder.isEmpty()) datasets_->setFolder(folder.toStdString());
  connect(datasets_, &DatasetsWorkspace::failed, this,
          [this](const QString& sentence) { showError(sentence); });
  connect(datasets_, &DatasetsWorkspace::folderChanged, this, [this](const QString& chosen) {
    if (options_.remember) Settings::set(Settings::dataFolder, chosen);
  });
  // False: unsaved settings were kept.
  const auto take = [this](const QString& dataset, const QString& dataFolder) {
    if (!files_->mayClose()) return false;
    Experiment experiment = starting_point(dataset.toStdString());
    experiment.dataset.data_dir = dataFolder.toStdString();
    files_->take(experiment);
    bar_->show(trainPage);
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
  if (is_timing_folder(path.toStdString())) {
    openTiming(path);
  } else if (!is_run_folder(path.toStdString()) && datasets_->openPath(path)) {
    bar_->show(datasetsPage);
  } else {
    files_->openPath(path);
  }
}

void MainWindow::guarded(const std::function<void()>& work) {
  try {
    work();
    messages_->hide();
  } catch (const Error& error) {
    showError(QString::fromUtf8(error.what()), QString::fromStdString(error.subject()));
  }
}

bool MainWindow::formIsGood() {
  const auto problems = train_->form().problems();
  if (problems.empty()) return true;
  const Field* field = find_field(problems.front().key);
  const std::string label = field != nullptr ? std::string(field->label) : problems.front().key;
  showError(QString::fromStdString(label + ": " + problems.front().sentence),
            QString::fromStdString(problems.front().key));
  return false;
}

void MainWindow::startTraining() {
  const bool fresh = !controller_->isActive();
  if (fresh && !formIsGood()) return;
  guarded([this] { controller_->start(train_->form().experiment()); });
  if (fresh && options_.remember) files_->remember();
}

void MainWindow::stepTraining() {
  if (!controller_->isActive() && !formIsGood()) return;
  guarded([this] { controller_->step(train_->form().experiment()); });
}

void MainWindow::showError(const QString& sentence, const QString& subject) {
  failed_ = true;
  messages_->showError(sentence);
  train_->log().append({sentence.toStdString()});
  std::fprintf(stderr, "paralif-studio: %s\n", qPrintable(sentence));
  if (!subject.isEmpty() && train_->form().focusField(subject)) bar_->show(trainPage);
}

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
    files_->openPath(lastRun);
  }
  if (options_.start) startTraining();
  if (!options_.workspace.isEmpty() && !bar_->showNamed(options_.workspace)) {
    showError(tr("--workspace: there is no workspace '%1'; choose %2")
                  .arg(options_.workspace, bar_->titles().join(", ")));
  }
  if (options_.remember && options_.screenshot.isEmpty() &&
      Settings::text(Settings::greeted).isEmpty()) {
    Settings::set(Settings::greeted, QString("yes"));
    messages_->showHint(
        tr("Welcome. <b>F5</b> trains the network of the form and every view "
           "follows it live; <b>F1</b> lists all keys. Wheel and drag zoom and "
           "pan any plot, <b>F</b> follows new data again."));
  }
}

void MainWindow::restoreLayout() {
  resize(1280, 800);
  if (options_.remember) {
    restoreGeometry(Settings::bytes(Settings::geometry));
    train_->takeUpLayout(Settings::bytes(Settings::docks));
    lab_->takeUp(Settings::bytes(Settings::labDocks), Settings::text(Settings::labScene));
    bar_->show(Settings::text(Settings::workspace).toInt());
  }
  if (options_.size.isValid()) resize(options_.size);
}

void MainWindow::updateActions() {
  actions_->enableFor(controller_->state(), controller_->hasRun());
}

void MainWindow::updateTitle() {
  setWindowTitle(files_->title());
  setWindowModified(files_->isModified());
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (options_.ask && !files_->mayClose()) {
    event->ignore();
    return;
  }
  if (options_.remember) {
    Settings::set(Settings::geometry, saveGeometry());
    Settings::set(Settings::docks, train_->saveState());
    Settings::set(Settings::labDocks, lab_->layout());
    Settings::set(Settings::labScene, lab_->sceneText());
    Settings::set(Settings::workspace, QString::number(bar_->current()));
    files_->remember();
  }
  controller_->stop();
  event->accept();
}

void MainWindow::changeEvent(QEvent* event) {
  QMainWindow::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) actions_->tint(palette());
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
  if (path.isEmpty() || !files_->mayClose()) return;
  event->acceptProposedAction();
  openPath(path);
}

}  // namespace paralif
