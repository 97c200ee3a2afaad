// From the session to the views, and from the commands to files.
#include "app/studio/settings.h"
#include "app/studio/timing_workspace.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDockWidget>
#include <QFileInfo>
#include <QLabel>
#include <QProgressBar>
#include <QToolBar>

#include <algorithm>

#include "app/studio/guard.h"
#include "app/studio/training_status.h"
#include "app/studio/timing_controller.h"
#include "core/bench/this_machine.h"
#include "core/bench/timing_machine.h"
#include "core/timing/timing_files.h"
#include "core/timing/timing_presets.h"
#include "datasets/error.h"
#include "widgets/plots/export_folder.h"
#include "widgets/theme/shown_text.h"
#include "widgets/timing/timing_explanation.h"
#include "widgets/timing/timing_export.h"
#include "widgets/timing/timing_form.h"
#include "widgets/timing/timing_plot.h"
#include "widgets/timing/timing_table.h"

namespace paralif {
namespace {

const std::pair<const char*, Qt::DockWidgetArea> places[] = {
    {"dock.timing.form", Qt::LeftDockWidgetArea},
    {"dock.timing.why", Qt::RightDockWidgetArea},
    {"dock.timing.points", Qt::BottomDockWidgetArea}};

Qt::DockWidgetArea placeOf(const QDockWidget& dock) {
  const auto at = std::ranges::find_if(
      places, [&dock](const auto& place) { return dock.objectName() == place.first; });
  return at == std::end(places) ? Qt::LeftDockWidgetArea : at->second;
}

}  // namespace

TimingWorkspace::TimingWorkspace(QWidget* parent)
    : Workspace({tr("Running time"), "timing", tr("Compare the running time of neurons")}, parent),
      controller_(new TimingController(this)),
      form_(new TimingForm(timing_devices(), bench::this_machine().cores)),
      plot_(new TimingPlot),
      table_(new TimingTable),
      explanation_(new TimingExplanation),
      baseline_(new QComboBox),
      warning_(new QLabel),
      reading_(new QLabel),
      status_(new QLabel),
      progress_(new QProgressBar) {
  setObjectName("timingWorkspace");
  setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
  setDocumentMode(true);
  makeActions();
  makeBar();
  form_->setMinimumWidth(272);
  explanation_->setMinimumWidth(200);
  QWidget* curves = makeCurves();
  curves->setMinimumWidth(280);  // with docks at both sides, on a screen of 1024 pixels
  setCentralWidget(curves);
  addDock(tr("Comparison"), "dock.timing.form", form_);
  addDock(tr("What the curves show"), "dock.timing.why", explanation_);
  addDock(tr("Points"), "dock.timing.points", table_);
  resetLayout();
  setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
  setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
  connectViews();
  fillBaselines();
  showStatus();
  showReading();
  updateActions();
}

void TimingWorkspace::connectViews() {
  connect(controller_, &TimingController::snapshotTaken, this, &TimingWorkspace::show);
  connect(controller_, &TimingController::stateChanged, this, &TimingWorkspace::updateActions);
  connect(form_, &TimingForm::planChanged, this, &TimingWorkspace::updateActions);
  connect(baseline_, &QComboBox::activated, this, &TimingWorkspace::baselineChosen);
  connect(table_, &TimingTable::pointChosen, this, [this](qint64 point) {
    plot_->markPoint(point);
    showReading();
  });
  connect(table_, &TimingTable::repeatRequested, this,
          [this](qint64 point) { controller_->repeat(std::size_t(point)); });
  connect(plot_, &PlotView::exportFailed, this, &TimingWorkspace::failed);
}

void TimingWorkspace::setRoot(const std::filesystem::path& root) {
  controller_->setRoot(root);
}

void TimingWorkspace::start() {
  attempt([this] {
    const QStringList problems = form_->problems();
    if (!controller_->isActive() && !problems.isEmpty()) {
      throw Error(Error::Kind::setting, "running time", problems.front().toStdString());
    }
    controller_->start(form_->plan());
  });
}

void TimingWorkspace::show(const TimingSnapshot& snapshot) {
  const TimingPlan& before = plot_->results().plan;
  const bool other = !(before.curves == snapshot.results.plan.curves &&
                       before.devices == snapshot.results.plan.devices);
  plot_->setResults(snapshot.results);
  if (other) fillBaselines();
  table_->setResults(snapshot.results, plot_->baseline());
  QStringList warnings;
  if (has_ended(snapshot.state)) {
    for (const std::string& text : warnings_of(snapshot.results)) {
      warnings << shownText(text);
    }
  }
  const QString more = tr("%1 (and %2 more)").arg(warnings.value(0)).arg(warnings.size() - 1);
  warning_->setText(warnings.size() > 1 ? more : warnings.value(0));
  warning_->setToolTip(tipText(warnings.join("\n")));
  warning_->setVisible(!warnings.isEmpty());
  const QString problem = QString::fromStdString(snapshot.problem);
  if (problem != saveProblem_ && !problem.isEmpty()) Q_EMIT failed(problem);
  saveProblem_ = problem;
  showStatus();
  showReading();
}

void TimingWorkspace::showStatus() {
  const TimingSnapshot& s = controller_->latest();
  progress_->setVisible(controller_->isActive());
  progress_->setRange(0, int(std::max<std::size_t>(1, s.trials)));
  progress_->setValue(int(s.trials_done));
  QString text;
  switch (s.state) {
    case TimingState::idle:
      text = tr("Nothing measured yet: Measure (Ctrl+Return) begins.");
      break;
    case TimingState::measuring:
      text = tr("Measuring %1").arg(shownText(s.now));
      if (s.remaining_s >= 0) text += tr(" · %1 left").arg(duration(s.remaining_s));
      break;
    case TimingState::pausing:
      text = tr("Pausing after this trial");
      break;
    case TimingState::paused:
      text = tr("Paused");
      break;
    case TimingState::stopping:
      text = tr("Ending");
      break;
    case TimingState::finished:
      text = tr("Measured %1").arg(shownText(s.results.started));
      break;
    case TimingState::cancelled:
      text = tr("Cancelled; what was measured is kept");
      break;
  }
  if (has_ended(s.state) && !s.folder.empty()) {
    text += tr(" · in %1").arg(shownText(s.folder));
  }
  status_->setText(text);
  if (has_ended(s.state)) {
    status_->setToolTip(tipText(QString::fromStdString(describe(s.results.machine))));
  }
}

void TimingWorkspace::showReading() {
  const qint64 point = table_->chosen();
  const TimingResults& results = plot_->results();
  if (point < 0 || point >= qint64(results.points.size())) {
    reading_->setText(results.points.empty()
                          ? QString()
                          : tr("Point at a curve, or choose a row below, to read it."));
    return;
  }
  reading_->setText(readingOf(results, results.points[std::size_t(point)], plot_->baseline())
                        .replace('\n', QStringLiteral(" · ")));
}

void TimingWorkspace::fillBaselines() {
  baseline_->clear();
  baselines_.clear();
  const TimingPlan& plan = plot_->results().plan;
  for (const TimingDevice& device : plan.devices) {
    for (TimingCurve curve : plan.curves) {
      curve.pass = TimingPass::forward;  // each pass is compared with its like
      const QString name = lineName(plan, curve, device);
      if (baseline_->findText(name) >= 0) continue;
      baseline_->addItem(name);
      baselines_.append({curve, device});
    }
  }
  baseline_->setEnabled(baseline_->count() > 0);
  baselineChosen();
}

void TimingWorkspace::baselineChosen() {
  const int index = baseline_->currentIndex();
  if (index >= 0) plot_->setBaseline(baselines_[index]);
  table_->setResults(plot_->results(), plot_->baseline());
  showReading();
}

void TimingWorkspace::open(const QString& path) {
  attempt([&] {
    controller_->open(path.toStdString());
    form_->setPlan(controller_->latest().results.plan);
  });
}

void TimingWorkspace::overlay(const QString& path) {
  attempt([&] {
    const TimingResults results = read_timing(path.toStdString());
    const QFileInfo file(path);
    const bool plain = file.fileName() == timing_json_name || file.fileName() == timing_hdf5_name;
    const QString name = plain ? file.dir().dirName() : file.completeBaseName();
    overlayNames_.append(name);
    plot_->addOverlay(shownText(name), results);
    updateActions();
  });
}

void TimingWorkspace::clearOverlays() {
  overlayNames_.clear();
  plot_->clearOverlays();
  updateActions();
}

void TimingWorkspace::exportFigure(const QString& path) {
  attempt([&] {
    TimingFigureStyle style;
    style.log_steps = plot_->logSteps();
    style.log_time = plot_->logTime();
    std::vector<TimingOverlay> overlays;
    for (std::size_t i = 0; i < plot_->overlays().size(); ++i) {
      overlays.push_back({overlayNames_[qsizetype(i)].toStdString(), plot_->overlays()[i]});
    }
    exportTimingFigure(path, plot_->results(), style, overlays);
    rememberExport(path);
    Q_EMIT hinted(tr("The figure is in %1.").arg(path));
  });
}

void TimingWorkspace::exportData(const QString& path) {
  attempt([&] {
    exportTimingData(path, plot_->results());
    rememberExport(path);
    Q_EMIT hinted(tr("The data is in %1.").arg(path));
  });
}

void TimingWorkspace::copyCommandLine() {
  attempt([&] {
    const TimingPlan plan = form_->plan();
    validate(plan);
    QApplication::clipboard()->setText(QString::fromStdString(command_line_of(plan)));
    Q_EMIT hinted(tr("The command line of this comparison is on the clipboard."));
  });
}

void TimingWorkspace::updateActions() {
  const TimingState state = controller_->state();
  const bool active = controller_->isActive();
  const bool waiting = state == TimingState::paused || state == TimingState::pausing;
  const bool any = !plot_->results().points.empty();
  start_->setText(waiting ? tr("&Go on") : tr("&Measure"));
  start_->setEnabled(active ? waiting : form_->problems().isEmpty());
  pause_->setEnabled(state == TimingState::measuring && active);
  cancel_->setEnabled(active && state != TimingState::stopping);
  form_->setEditable(!active);
  table_->setRepeatable(controller_->canRepeat());
  for (QAction* action : {open_}) action->setEnabled(!active);
  figure_->setEnabled(any);
  data_->setEnabled(any);
  clear_->setEnabled(!plot_->overlays().empty());
  command_->setEnabled(form_->problems().isEmpty());
  progress_->setVisible(active);
}

void TimingWorkspace::shareSpace() {
  const auto dock = [this](const char* name) { return findChild<QDockWidget*>(name); };
  resizeDocks({dock("dock.timing.form"), dock("dock.timing.why")}, {290, 260}, Qt::Horizontal);
  resizeDocks({dock("dock.timing.points")}, {height() * 3 / 10}, Qt::Vertical);
}

void TimingWorkspace::resetLayout() {
  for (QDockWidget* dock : findChildren<QDockWidget*>(Qt::FindDirectChildrenOnly)) {
    dock->setFloating(false);
    addDockWidget(placeOf(*dock), dock);
    dock->show();
  }
  shareSpace();
}

void TimingWorkspace::remember() { Settings::set(Settings::timingDocks, saveState()); }

void TimingWorkspace::takeUp() {
  arranged_ = restoreState(Settings::bytes(Settings::timingDocks));
}

bool TimingWorkspace::openPath(const QString& path) {
  if (!is_timing_folder(path.toStdString())) return false;
  open(path);
  return true;
}

void TimingWorkspace::showEvent(QShowEvent* event) {
  QMainWindow::showEvent(event);
  if (!isAncestorOf(QApplication::focusWidget())) plot_->setFocus();  // its keys work at once
  if (arranged_) return;
  arranged_ = true;
  // Docks take sizes only once the window has its own.
  QMetaObject::invokeMethod(this, &TimingWorkspace::shareSpace, Qt::QueuedConnection);
}

}  // namespace paralif
