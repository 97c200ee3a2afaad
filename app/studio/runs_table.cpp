#include "app/studio/runs_table.h"

#include <QHeaderView>
#include <QSignalBlocker>

#include <algorithm>
#include <filesystem>
#include <set>

namespace paralif {

RunsTable::RunsTable(RunsModel* model, QWidget* parent) : QTreeView(parent), model_(model) {
  setObjectName("runsTable");
  setAccessibleName(tr("Recorded runs"));
  setModel(model);
  setUniformRowHeights(true);
  header()->setSectionsClickable(true);
  header()->setSortIndicatorShown(true);
  setSelectionMode(QAbstractItemView::ExtendedSelection);
  setEditTriggers(QAbstractItemView::NoEditTriggers);
  setAlternatingRowColors(true);
  setAllColumnsShowFocus(true);
  setExpandsOnDoubleClick(false);
  setFrameShape(QFrame::NoFrame);
  header()->setStretchLastSection(false);
  header()->setResizeContentsPrecision(0);  // what is visible: there may be thousands
}

void RunsTable::selectionChanged(const QItemSelection& selected,
                                 const QItemSelection& deselected) {
  QTreeView::selectionChanged(selected, deselected);
  if (!changing_) Q_EMIT chosenChanged();
}

void RunsTable::keepingSelection(const std::function<void()>& change) {
  std::set<std::filesystem::path> folders;
  for (const QModelIndex& index : selectionModel()->selectedRows()) {
    if (const RunEntry* run = model_->run(index)) folders.insert(run->folder);
  }
  const RunEntry* front = chosen();
  const std::filesystem::path current = front != nullptr ? front->folder : std::filesystem::path();
  std::set<QString> open;
  for (int row = 0; row < model_->rowCount(); ++row) {
    const QModelIndex index = model_->index(row, 0);
    if (isExpanded(index)) open.insert(QString::fromStdString(model_->runsOf(index)[0]->sweep));
  }
  changing_ = true;
  change();
  setRootIsDecorated(false);
  QItemSelection selection;
  QModelIndex at;
  const auto look = [&](const QModelIndex& index) {
    const RunEntry* run = model_->run(index);
    if (run == nullptr) return;
    if (run->folder == current) at = index;
    if (folders.contains(run->folder)) selection.select(index, index);
  };
  for (int row = 0; row < model_->rowCount(); ++row) {
    const QModelIndex index = model_->index(row, 0);
    look(index);
    if (model_->rowCount(index) == 0) continue;
    setRootIsDecorated(true);
    if (open.contains(QString::fromStdString(model_->runsOf(index)[0]->sweep))) {
      setExpanded(index, true);
    }
    for (int child = 0; child < model_->rowCount(index); ++child) {
      look(model_->index(child, 0, index));
    }
  }
  if (!at.isValid() && model_->rowCount() > 0) at = model_->index(0, 0);
  if (selection.isEmpty() && at.isValid()) selection.select(at, at);
  selectionModel()->setCurrentIndex(at, QItemSelectionModel::NoUpdate);
  selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
  changing_ = false;
  Q_EMIT chosenChanged();
}

const RunEntry* RunsTable::chosen() const { return model_->run(currentIndex()); }

std::vector<const RunEntry*> RunsTable::selected() const {
  std::vector<const RunEntry*> runs;
  for (const QModelIndex& index : selectionModel()->selectedRows()) {
    for (const RunEntry* run : model_->runsOf(index)) {
      if (std::ranges::find(runs, run) == runs.end()) runs.push_back(run);
    }
  }
  return runs;
}

void RunsTable::setColumns(const std::vector<const RunColumn*>& columns) {
  keepingSelection([&] { model_->setColumns(columns); });
  const QSignalBlocker silent(header());
  header()->setSortIndicator(model_->sortedColumn(),
                             model_->descending() ? Qt::DescendingOrder : Qt::AscendingOrder);
  fitted_ = false;
  fitColumns();
}

void RunsTable::fitColumns() {
  if (fitted_ || model_->rowCount() == 0) return;
  fitted_ = true;
  constexpr int widest = 150;
  constexpr int roomForTitles = 200;
  for (int column = 1; column < model_->columnCount(); ++column) {
    resizeColumnToContents(column);
    setColumnWidth(column, std::min(columnWidth(column), widest));
  }
  resizeColumnToContents(0);
  setColumnWidth(0, std::clamp(columnWidth(0), roomForTitles, 2 * roomForTitles));
}

}  // namespace paralif
