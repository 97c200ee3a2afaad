// Table, commands and the note of an empty folder.
#include "app/studio/runs_workspace.h"

#include <QAction>
#include <QDesktopServices>
#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QToolBar>
#include <QUrl>
#include <QVBoxLayout>

#include "app/studio/icons.h"
#include "widgets/theme/theme.h"

namespace paralif {

RunsWorkspace::RunsWorkspace(QWidget* parent)
    : QWidget(parent), model_(new RunsModel(this)), sorted_(new QSortFilterProxyModel(this)),
      table_(new QTableView(this)), note_(new QLabel(this)) {
  sorted_->setSourceModel(model_);
  sorted_->setSortRole(RunsModel::sortRole);
  table_->setObjectName("runsTable");
  table_->setAccessibleName(tr("Recorded runs"));
  table_->setModel(sorted_);
  table_->setSortingEnabled(true);
  table_->sortByColumn(RunsModel::started, Qt::DescendingOrder);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->setAlternatingRowColors(true);
  table_->setShowGrid(false);
  table_->setFrameShape(QFrame::NoFrame);
  table_->setTabKeyNavigation(false);
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setDefaultSectionSize(26);
  table_->horizontalHeader()->setHighlightSections(false);
  table_->horizontalHeader()->setSectionResizeMode(RunsModel::title, QHeaderView::Stretch);

  open_ = add(tr("&Show in Train"), Qt::Key_Return, tr("Show its curves, raster and map"));
  resume_ = add(tr("&Continue"), Qt::CTRL | Qt::Key_Return, tr("Go on training where it ended"));
  settings_ = add(tr("&Use its settings"), QKeySequence(), tr("Take its settings into the form"));
  folder_ = add(tr("Open its &folder"), QKeySequence(), tr("Open the folder in the file manager"));
  refresh_ = add(tr("&Refresh"), QKeySequence(), tr("Look for runs again"));
  auto* bar = new QToolBar(this);
  bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  bar->setIconSize({16, 16});
  bar->addActions({open_, resume_, settings_, folder_, refresh_});
  table_->addActions({open_, resume_, settings_, folder_});
  table_->setContextMenuPolicy(Qt::ActionsContextMenu);

  note_->setContentsMargins(12, 8, 12, 8);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(bar);
  column->addWidget(table_, 1);
  column->addWidget(note_);

  connect(open_, &QAction::triggered, this, [this] {
    if (chosen() != nullptr) Q_EMIT openRequested(QString::fromStdString(chosen()->folder.string()));
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
  tint();
  updateActions();
}

QAction* RunsWorkspace::add(const QString& text, const QKeySequence& key, const QString& tip) {
  auto* action = new QAction(text, this);
  action->setShortcut(key);
  action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  action->setToolTip(tip);
  addAction(action);
  return action;
}

void RunsWorkspace::setRoot(const std::filesystem::path& root) {
  root_ = root;
  if (isVisible()) refresh();
}

void RunsWorkspace::refresh() {
  model_->setRuns(list_runs(root_));
  for (int column = 1; column < RunsModel::columns; ++column) table_->resizeColumnToContents(column);
  const QString root = QString::fromStdString(root_.string()).toHtmlEscaped();
  note_->setText(model_->rowCount() == 0
                     ? tr("No runs yet in %1: training in the window or by the command line "
                          "records one here.")
                           .arg(root)
                     : tr("Runs in %1: %2").arg(root).arg(model_->rowCount()));
  if (model_->rowCount() > 0) table_->selectRow(0);
  updateActions();
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

void RunsWorkspace::tint() {
  const QColor colour = Theme::of(palette()).text;
  open_->setIcon(tintedIcon("train", colour));
  resume_->setIcon(tintedIcon("start", colour));
  settings_->setIcon(tintedIcon("new", colour));
  folder_->setIcon(tintedIcon("folder", colour));
  refresh_->setIcon(tintedIcon("refresh", colour));
}

void RunsWorkspace::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  refresh();
}

void RunsWorkspace::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) tint();
}

}  // namespace paralif
