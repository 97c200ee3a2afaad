// Table, commands and the note of an empty folder.
#include "app/studio/runs_workspace.h"

#include <QAction>
#include <QDesktopServices>
#include <QHeaderView>
#include <QLabel>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTableView>
#include <QTimer>
#include <QToolBar>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

#include "app/studio/icons.h"
#include "core/runs/run_files.h"
#include "datasets/error.h"
#include "widgets/theme/shown_text.h"
#include "widgets/views/compare_view.h"

namespace paralif {

RunsWorkspace::RunsWorkspace(QWidget* parent)
    : Workspace({tr("Runs"), "runs", tr("Recorded runs")}, parent),
      model_(new RunsModel(this)),
      sorted_(new QSortFilterProxyModel(this)),
      table_(new QTableView(this)),
      compared_(new CompareView),
      soon_(new QTimer(this)),
      note_(new QLabel(this)) {
  sorted_->setSourceModel(model_);
  sorted_->setSortRole(RunsModel::sortRole);
  note_->setTextFormat(Qt::PlainText);
  table_->setObjectName("runsTable");
  table_->setAccessibleName(tr("Recorded runs"));
  table_->setModel(sorted_);
  table_->setSortingEnabled(true);
  table_->sortByColumn(RunsModel::started, Qt::DescendingOrder);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::ExtendedSelection);
  table_->setAlternatingRowColors(true);
  table_->setShowGrid(false);
  table_->setWordWrap(false);  // a long name is cut at its end, not at its first hyphen
  table_->setFrameShape(QFrame::NoFrame);
  table_->setTabKeyNavigation(false);
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setDefaultSectionSize(26);
  table_->horizontalHeader()->setHighlightSections(false);
  table_->horizontalHeader()->setSectionResizeMode(RunsModel::title, QHeaderView::Stretch);

  open_ = addCommand(tr("&Show in Train"), Qt::Key_Return, tr("Show its curves, raster and map"));
  resume_ = addCommand(tr("&Continue"), Qt::CTRL | Qt::Key_Return, tr("Go on training where it ended"));
  settings_ = addCommand(tr("&Use its settings"), QKeySequence(), tr("Take its settings into the form"));
  folder_ = addCommand(tr("Open its &folder"), QKeySequence(), tr("Open the folder in the file manager"));
  refresh_ = addCommand(tr("&Refresh"), QKeySequence(), tr("Look for runs again"));
  auto* bar = new QToolBar(this);
  bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  bar->setIconSize({16, 16});
  bar->addActions({open_, resume_, settings_, folder_, refresh_});
  table_->addActions({open_, resume_, settings_, folder_});
  table_->setContextMenuPolicy(Qt::ActionsContextMenu);

  note_->setContentsMargins(12, 8, 12, 8);
  auto* content = new QWidget;
  setCentralWidget(content);
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(bar);
  auto* halves = new QSplitter(Qt::Vertical, this);
  halves->addWidget(table_);
  halves->addWidget(compared_);
  halves->setSizes({380, 280});
  halves->setStretchFactor(0, 1);
  halves->setChildrenCollapsible(false);
  column->addWidget(halves, 1);
  column->addWidget(note_);

  connect(open_, &QAction::triggered, this, [this] {
    if (chosen() != nullptr)
      Q_EMIT openRequested(QString::fromStdString(chosen()->folder.string()));
  });
  connect(resume_, &QAction::triggered, this, [this] {
    if (chosen() != nullptr) {
      Q_EMIT resumeRequested(QString::fromStdString(chosen()->folder.string()));
    }
  });
  connect(settings_, &QAction::triggered, this, [this] {
    if (chosen() != nullptr) Q_EMIT settingsRequested(chosen()->experiment);
  });
  connect(folder_, &QAction::triggered, this, [this] {
    if (chosen() == nullptr) return;
    QDesktopServices::openUrl(
        QUrl::fromLocalFile(QString::fromStdString(chosen()->folder.string())));
  });
  connect(refresh_, &QAction::triggered, this, &RunsWorkspace::refresh);
  connect(table_, &QTableView::doubleClicked, open_, &QAction::trigger);
  connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this,
          &RunsWorkspace::updateActions);
  // A selection that is still being drawn up is read once.
  soon_->setSingleShot(true);
  soon_->setInterval(80);
  connect(soon_, &QTimer::timeout, this, &RunsWorkspace::compare);
  connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, soon_,
          qOverload<>(&QTimer::start));
  // A folder that cannot be listed is no reason to lose what is shown.
  connect(&listing_, &BackgroundJob::failed, this,
          [this](const Failure& failure) { note_->setText(failure.sentence); });
  const std::pair<QAction*, const char*> icons[] = {{open_, "train"},
                                                    {resume_, "start"},
                                                    {settings_, "new"},
                                                    {folder_, "folder"},
                                                    {refresh_, "refresh"}};
  for (const auto& [action, name] : icons) action->setIcon(themedIcon(name));
  updateActions();
}

void RunsWorkspace::setRoot(const std::filesystem::path& root) {
  root_ = root;
  if (isVisible()) refresh();
}

void RunsWorkspace::refresh() {
  if (model_->rowCount() == 0) note_->setText(tr("Reading the runs..."));
  listing_.start([root = root_](JobControl&) { return list_runs(root); },
                 [this](const std::vector<RunSummary>& runs) { setRuns(runs); });
}

void RunsWorkspace::setRuns(const std::vector<RunSummary>& runs) {
  std::set<std::filesystem::path> selected;
  for (const QModelIndex& index : table_->selectionModel()->selectedRows())
    selected.insert(model_->run(sorted_->mapToSource(index).row()).folder);
  const RunSummary* front = chosen();
  const std::filesystem::path current = front != nullptr ? front->folder : std::filesystem::path();
  model_->setRuns(runs);
  for (int column = 1; column < RunsModel::columns; ++column)
    table_->resizeColumnToContents(column);
  constexpr int widest = 110;  // so that the titles keep some room
  for (const int column : {RunsModel::dataset, RunsModel::neuron}) {
    table_->setColumnWidth(column, std::min(table_->columnWidth(column), widest));
  }
  const QString root = shownText(root_.string());
  note_->setText(model_->rowCount() == 0
                     ? tr("No runs yet in %1: training in the window or by the command line "
                          "records one here.")
                           .arg(root)
                     : tr("Runs in %1: %2").arg(root).arg(model_->rowCount()));
  select(selected, current);
  soon_->start();
  updateActions();
}

void RunsWorkspace::select(const std::set<std::filesystem::path>& folders,
                           const std::filesystem::path& current) {
  QItemSelection selection;
  QModelIndex front;
  for (int row = 0; row < sorted_->rowCount(); ++row) {
    const QModelIndex index = sorted_->index(row, 0);
    const std::filesystem::path& folder = model_->run(sorted_->mapToSource(index).row()).folder;
    if (folder == current) front = index;
    if (folders.contains(folder)) selection.select(index, index);
  }
  if (!front.isValid() && sorted_->rowCount() > 0) front = sorted_->index(0, 0);
  if (selection.isEmpty() && front.isValid()) selection.select(front, front);
  table_->selectionModel()->setCurrentIndex(front, QItemSelectionModel::NoUpdate);
  table_->selectionModel()->select(
      selection, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

const RunSummary* RunsWorkspace::chosen() const {
  const QModelIndex index = table_->currentIndex();
  if (!index.isValid()) return nullptr;
  return &model_->run(sorted_->mapToSource(index).row());
}

void RunsWorkspace::updateActions() {
  const RunSummary* run = chosen();
  for (QAction* action : {open_, settings_, folder_}) action->setEnabled(run != nullptr);
  resume_->setEnabled(run != nullptr && run->resumable);
}

void RunsWorkspace::compare() {
  std::vector<std::pair<QString, std::filesystem::path>> chosen;
  for (const QModelIndex& index : table_->selectionModel()->selectedRows()) {
    if (chosen.size() == CompareView::mostRuns) break;
    const RunSummary& run = model_->run(sorted_->mapToSource(index).row());
    chosen.emplace_back(tr("%1, seed %2 (%3)")
                            .arg(QString::fromStdString(run.title).left(32))
                            .arg(run.experiment.seed)
                            .arg(QString::fromStdString(run.started).mid(5, 11)),
                        run.folder);
  }
  comparing_.start(
      [chosen = std::move(chosen)](JobControl& control) {
        std::vector<ComparedRun> runs;
        for (const auto& [name, folder] : chosen) {
          control.check();
          try {
            runs.push_back({name, run_files::read_metrics(folder).epochs});
          } catch (const std::exception&) {
            runs.push_back({tr("%1: cannot be read").arg(name), {}});
          }
        }
        return runs;
      },
      [this](std::vector<ComparedRun> runs) { compared_->setRuns(std::move(runs)); });
}

void RunsWorkspace::showEvent(QShowEvent* event) {
  Workspace::showEvent(event);
  refresh();
}

}  // namespace paralif
