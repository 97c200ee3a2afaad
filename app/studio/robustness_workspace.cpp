// From the form to the work, and from what it tells to curves, table and files.
#include "app/studio/robustness_workspace.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QSplitter>
#include <QTableWidget>
#include <QToolBar>
#include <QVBoxLayout>

#include <algorithm>

#include "app/studio/settings.h"
#include "core/experiments/experiment_file.h"
#include "core/kernels/interruption.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"
#include "widgets/plots/export_folder.h"
#include "widgets/theme/numbers.h"
#include "widgets/theme/shown_text.h"
#include "widgets/views/robustness_plot.h"

namespace paralif {
namespace {

QString cellText(const NoiseResult& level) {
  if (level.accuracies.empty()) return QString("–");
  return QString("%1 ± %2").arg(100.0 * level.mean(), 0, 'f', 1).arg(100.0 * level.deviation(), 0, 'f', 1);
}

}  // namespace

RobustnessWorkspace::RobustnessWorkspace(std::function<Experiment()> experiment, QWidget* parent)
    : Workspace({tr("Robustness"), "robustness", tr("Test networks with noise in their input")},
                parent),
      experiment_(std::move(experiment)), form_(new RobustnessForm), plot_(new RobustnessPlot),
      table_(new QTableWidget), status_(new QLabel), progress_(new QProgressBar) {
  setObjectName("robustnessWorkspace");
  makeActions();
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->verticalHeader()->hide();
  table_->setAlternatingRowColors(true);
  table_->setAccessibleName(tr("Accuracy by level of noise"));
  auto* right = new QWidget;
  auto* column = new QVBoxLayout(right);
  column->setContentsMargins(0, 0, 0, 0);
  auto* views = new QSplitter(Qt::Vertical);
  views->addWidget(plot_);
  views->addWidget(table_);
  views->setStretchFactor(0, 3);
  views->setStretchFactor(1, 1);
  views->setChildrenCollapsible(false);
  auto* row = new QHBoxLayout;
  row->setContentsMargins(8, 2, 8, 6);
  status_->setTextFormat(Qt::PlainText);
  status_->setWordWrap(true);
  progress_->setRange(0, 1000);
  progress_->setTextVisible(false);
  progress_->setMaximumWidth(220);
  progress_->hide();
  row->addWidget(status_, 1);
  row->addWidget(progress_);
  column->addWidget(views, 1);
  column->addLayout(row);
  auto* page = new QSplitter;
  page->addWidget(form_);
  page->addWidget(right);
  page->setStretchFactor(1, 1);
  page->setChildrenCollapsible(false);
  setCentralWidget(page);
  connect(&job_, &BackgroundJob::progressed, this, &RobustnessWorkspace::showTold);
  connect(&job_, &BackgroundJob::ended, this, &RobustnessWorkspace::showEnd);
  connect(&job_, &BackgroundJob::failed, this,
          [this](const Failure& failure) { Q_EMIT failed(failure.sentence); });
  connect(&listing_, &BackgroundJob::failed, this,
          [this](const Failure& failure) { Q_EMIT failed(failure.sentence); });
  connect(plot_, &PlotView::exportFailed, this, &RobustnessWorkspace::failed);
  status_->setText(tr("Nothing tested yet: Test (Ctrl+Return) begins."));
  updateActions();
}

void RobustnessWorkspace::makeActions() {
  auto* bar = addToolBar(tr("Robustness"));
  bar->setObjectName("toolbar.robustness");
  bar->setMovable(false);
  bar->setIconSize({16, 16});
  bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  bar->setContextMenuPolicy(Qt::PreventContextMenu);
  const auto add = [&](const QString& text, const QKeySequence& key, const QString& tip,
                       const char* icon, auto work) {
    QAction* action = addCommand(text, key, tip, icon);
    bar->addAction(action);
    connect(action, &QAction::triggered, this, work);
    return action;
  };
  start_ = add(tr("Test"), QKeySequence("Ctrl+Return"),
               tr("Train where needed, then test at every level"), "start", [this] { start(); });
  stop_ = add(tr("Stop"), QKeySequence(Qt::Key_Escape), tr("End; what was tested is kept"), "stop",
              [this] { stop(); });
  clear_ = add(tr("Clear"), {}, tr("Take all curves away"), "reset", [this] { clear(); });
  bar->addSeparator();
  save_ = add(tr("Save result…"), QKeySequence("Ctrl+Shift+S"),
              tr("Write the published result file of the chosen curve"), "save", [this] {
                const QString path = QFileDialog::getSaveFileName(
                    this, tr("Save the result"), suggestedExport("robustness.json"),
                    tr("Results (*.json)"));
                if (!path.isEmpty()) attempt([&] { save(path); });
              });
  command_ = addCommand(tr("Copy as command line"), {},
                        tr("The command that measures the same without a window"));
  bar->addAction(command_);
  connect(command_, &QAction::triggered, this,
          [this] { attempt([this] { copyCommandLine(); }); });
}

void RobustnessWorkspace::setRoot(const std::filesystem::path& root) { root_ = root; }

void RobustnessWorkspace::showEvent(QShowEvent* event) {
  Workspace::showEvent(event);
  listing_.start([root = root_](JobControl&) { return list_runs(root); },
                 [this](const std::vector<RunSummary>& runs) { form_->setRuns(runs); });
}

void RobustnessWorkspace::start() {
  attempt([this] {
    std::vector<RobustnessTest> all = form_->tests(experiment_());
    for (RobustnessTest& done : current_) {
      if (done.any()) kept_.push_back(std::move(done));
    }
    current_.clear();
    told_ = std::make_shared<Told>();
    told_->tested = all;
    job_.start([all = std::move(all), told = told_](JobControl& control) {
      return test(all, told, control);
    },
               [this](std::vector<RobustnessTest> tested) { take(std::move(tested)); });
    updateActions();
  });
}

std::vector<RobustnessTest> RobustnessWorkspace::test(
    std::vector<RobustnessTest> all, const std::shared_ptr<Told>& told, JobControl& control) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto progress = [&](const RobustnessResults& so_far, const std::string& doing,
                              double part) {
      const std::scoped_lock lock(told->mutex);
      told->tested[i].results = so_far;
      told->doing = all.size() > 1 ? all[i].name.toStdString() + ": " + doing : doing;
      told->part = (static_cast<double>(i) + part) / static_cast<double>(all.size());
      return !control.cancelled();
    };
    try {
      all[i].results = run_robustness(all[i].experiment, all[i].plan, progress);
    } catch (const Interrupted&) {
      throw JobCancelled{};
    }
  }
  return all;
}

void RobustnessWorkspace::take(std::vector<RobustnessTest> tested) {
  current_ = std::move(tested);
  showCurves();
}

void RobustnessWorkspace::showTold() {
  if (!told_ || !job_.isRunning()) return;
  std::string doing;
  {
    const std::scoped_lock lock(told_->mutex);
    current_ = told_->tested;
    doing = told_->doing;
    progress_->setValue(int(1000.0 * told_->part));
  }
  progress_->show();
  status_->setText(shownText(doing));
  showCurves();
}

void RobustnessWorkspace::showEnd(JobStatus status) {
  if (status != JobStatus::finished && told_) {
    const std::scoped_lock lock(told_->mutex);
    current_ = told_->tested;
  }
  progress_->hide();
  showCurves();
  switch (status) {
    case JobStatus::finished:
      status_->setText(tr("Tested. Another network can be added: choose it and press Test."));
      break;
    case JobStatus::cancelled:
      status_->setText(tr("Stopped; what was tested is kept."));
      break;
    default:
      status_->setText(tr("Failed; what was tested is kept."));
      break;
  }
  updateActions();
}

void RobustnessWorkspace::showCurves() {
  std::vector<RobustnessCurve> curves;
  std::vector<NoiseLevel> levels;
  std::vector<const RobustnessTest*> shown;
  for (const std::vector<RobustnessTest>* list : {&kept_, &current_}) {
    for (const RobustnessTest& one : *list) {
      RobustnessCurve curve{one.name, {}};
      for (const NoiseResult& level : one.results.levels) {
        if (level.accuracies.empty()) continue;
        curve.points.push_back({level.level, level.mean(), level.deviation(),
                                int(level.accuracies.size())});
        if (std::ranges::find(levels, level.level) == levels.end()) levels.push_back(level.level);
      }
      if (curve.points.empty()) continue;
      curves.push_back(std::move(curve));
      shown.push_back(&one);
    }
  }
  plot_->setCurves(curves);
  table_->setColumnCount(int(levels.size()) + 1);
  table_->setRowCount(int(shown.size()));
  QStringList heads{tr("Network")};
  for (const NoiseLevel& level : levels) heads << QString::fromStdString(level_text(level));
  table_->setHorizontalHeaderLabels(heads);
  for (int row = 0; row < int(shown.size()); ++row) {
    table_->setItem(row, 0, new QTableWidgetItem(shown[std::size_t(row)]->name));
    for (const NoiseResult& level : shown[std::size_t(row)]->results.levels) {
      const auto at = std::ranges::find(levels, level.level);
      if (at == levels.end()) continue;
      auto* item = new QTableWidgetItem(cellText(level));
      item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
      table_->setItem(row, int(at - levels.begin()) + 1, item);
    }
  }
  if (table_->columnCount() > 1) table_->resizeColumnsToContents();
  updateActions();
}

const RobustnessTest* RobustnessWorkspace::chosen() const {
  std::vector<const RobustnessTest*> shown;
  for (const std::vector<RobustnessTest>* list : {&kept_, &current_}) {
    for (const RobustnessTest& one : *list) {
      if (one.any()) shown.push_back(&one);
    }
  }
  if (shown.empty()) return nullptr;
  const int row = table_->currentRow();
  return row >= 0 && row < int(shown.size()) ? shown[std::size_t(row)] : shown.back();
}

void RobustnessWorkspace::stop() {
  job_.cancel();
  status_->setText(tr("Stopping"));
  updateActions();
}

void RobustnessWorkspace::clear() {
  kept_.clear();
  if (!job_.isRunning()) current_.clear();
  showCurves();
}

void RobustnessWorkspace::save(const QString& path) {
  const RobustnessTest* tested = chosen();
  if (tested == nullptr) throw Error(Error::Kind::setting, "robustness", "nothing was tested yet");
  write_file(path.toStdString(), robustness_json(tested->experiment, tested->plan, tested->results));
  rememberExport(path);
  Q_EMIT exported(path);
}

void RobustnessWorkspace::copyCommandLine() {
  const RobustnessTest one = form_->tests(experiment_()).front();
  QString line;
  if (one.plan.run.empty()) {
    line = QString::fromStdString(command_line_of(one.experiment));
    line.replace(line.indexOf(QString("train")), 5, QString("robustness"));
  } else {
    line = QString("paralif robustness --run '%1'").arg(QString::fromStdString(one.plan.run.string()));
  }
  if (one.plan.train_noise_db) {
    line += " --train_noise_level " + numberText(*one.plan.train_noise_db);
  }
  line += " --levels";
  for (const NoiseLevel& level : one.plan.levels) {
    line += ' ' + (level ? numberText(*level) : QString("none"));
  }
  line += QString(" --repeats %1").arg(one.plan.repeats);
  QApplication::clipboard()->setText(line);
  Q_EMIT hinted(tr("Copied: %1").arg(shownText(line)));
}

void RobustnessWorkspace::updateActions() {
  const bool running = job_.isRunning();
  start_->setEnabled(!running);
  stop_->setEnabled(running);
  clear_->setEnabled(table_->rowCount() > 0);
  save_->setEnabled(table_->rowCount() > 0);
}

void RobustnessWorkspace::remember() {
  Settings::set(Settings::robustnessLevels, form_->levels());
  Settings::set(Settings::robustnessRepeats, QString::number(form_->repeats()));
}

void RobustnessWorkspace::takeUp() {
  const QString levels = Settings::text(Settings::robustnessLevels);
  if (!levels.isEmpty()) form_->setLevels(levels);
  const int repeats = Settings::text(Settings::robustnessRepeats).toInt();
  if (repeats > 0) form_->setRepeats(repeats);
}

}  // namespace paralif
