// Texts, sorting and the command to measure again.
#include "widgets/timing/timing_table.h"

#include <QAction>
#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

#include "widgets/theme/shown_text.h"

namespace paralif {

void TimingTableModel::setResults(const TimingResults& results, const TimingBaseline& baseline) {
  const bool same = results.points.size() == results_.points.size();
  if (!same) beginResetModel();
  results_ = results;
  baseline_ = baseline;
  if (!same) {
    endResetModel();
  } else if (rowCount() > 0) {
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
  }
}

int TimingTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : int(results_.points.size());
}

int TimingTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : columns;
}

QString TimingTableModel::text(const TimingResult& result, int column) const {
  const auto time = [](double ms) { return QString::fromStdString(duration_text(ms)); };
  const Spread spread = result.spread();
  const bool measured = !result.trials_ms.empty();
  switch (column) {
    case curve:
      return shownText(to_string(result.point.curve));
    case device:
      return shownText(to_string(result.point.device));
    case steps:
      return QString::number(result.point.steps);
    case median:
      return measured ? time(spread.median) : QString();
    case quartiles:
      return measured ? tr("%1 – %2").arg(time(spread.first_quartile), time(spread.third_quartile))
                      : QString();
    case faster: {
      const double ratio = speedUp(results_, result, baseline_);
      return std::isfinite(ratio) ? threeDigits(ratio) + " ×" : QString();
    }
    case bandwidth:
      return measured ? threeDigits(achieved_gb_s(result)) : QString();
    case trials:
      return QString::number(result.trials_ms.size());
    case note:
      return shownText(result.problem);
    default:
      return {};
  }
}

QVariant TimingTableModel::sortValue(const TimingResult& result, int column) const {
  switch (column) {
    case steps:
      return qint64(result.point.steps);
    case median:
      return result.spread().median;
    case quartiles:
      return result.spread().relative();
    case faster:
      return speedUp(results_, result, baseline_);
    case bandwidth:
      return achieved_gb_s(result);
    case trials:
      return qint64(result.trials_ms.size());
    default:
      return text(result, column);
  }
}

QVariant TimingTableModel::data(const QModelIndex& index, int role) const {
  const TimingResult& result = results_.points[static_cast<std::size_t>(index.row())];
  switch (role) {
    case Qt::DisplayRole:
      return text(result, index.column());
    case sortRole:
      return sortValue(result, index.column());
    case Qt::ToolTipRole:
      return tipText(readingOf(results_, result, baseline_));
    case Qt::TextAlignmentRole: {
      const bool number = index.column() >= steps && index.column() <= trials;
      return QVariant::fromValue((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    default:
      return {};
  }
}

QVariant TimingTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  static const QStringList titles{tr("Neuron"), tr("Device"),    tr("Steps"),
                                  tr("Median"), tr("Quartiles"), tr("Speed-up"),
                                  tr("GB/s"),   tr("Trials"),    tr("Note")};
  static const QStringList tips{
      tr("Neuron and the way it is computed"),
      tr("Where it was computed"),
      tr("Length of the input"),
      tr("Median time of a pass"),
      tr("Half of the trials lie between these"),
      tr("Time of the baseline at this length over this time"),
      tr("Bytes that every implementation must move (input and spikes, and their gradients), "
         "a second"),
      tr("Trials done"),
      tr("Why a point has no result")};
  if (role == Qt::DisplayRole) return titles[section];
  if (role == Qt::ToolTipRole) return tips[section];
  return {};
}

TimingTable::TimingTable(QWidget* parent)
    : QWidget(parent),
      model_(new TimingTableModel(this)),
      sorted_(new QSortFilterProxyModel(this)),
      view_(new QTableView(this)),
      repeat_(new QAction(tr("&Measure again"), this)) {
  sorted_->setSourceModel(model_);
  sorted_->setSortRole(TimingTableModel::sortRole);
  view_->setObjectName("timingTable");
  view_->setAccessibleName(tr("Points of the comparison"));
  view_->setModel(sorted_);
  view_->setSortingEnabled(true);
  view_->sortByColumn(TimingTableModel::steps, Qt::AscendingOrder);
  view_->setSelectionBehavior(QAbstractItemView::SelectRows);
  view_->setSelectionMode(QAbstractItemView::SingleSelection);
  view_->setAlternatingRowColors(true);
  view_->setShowGrid(false);
  view_->setFrameShape(QFrame::NoFrame);
  view_->setTabKeyNavigation(false);
  view_->verticalHeader()->hide();
  view_->verticalHeader()->setDefaultSectionSize(22);
  view_->horizontalHeader()->setHighlightSections(false);
  view_->horizontalHeader()->setStretchLastSection(true);
  const int widths[] = {180, 46, 56, 62, 114, 62, 42, 38};
  for (int column = 0; column < int(std::size(widths)); ++column) {
    view_->setColumnWidth(column, widths[column]);
  }
  repeat_->setObjectName("timing.repeat");
  repeat_->setShortcut(Qt::Key_R);
  repeat_->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  repeat_->setShortcutVisibleInContextMenu(true);
  repeat_->setToolTip(tr("Measure the chosen point again (R)"));
  view_->addAction(repeat_);
  view_->setContextMenuPolicy(Qt::ActionsContextMenu);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(view_);
  connect(repeat_, &QAction::triggered, this, [this] {
    if (chosen() >= 0) Q_EMIT repeatRequested(chosen());
  });
  connect(view_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
    updateAction();
    Q_EMIT pointChosen(chosen());
  });
  view_->setColumnHidden(TimingTableModel::note, true);
  updateAction();
}

void TimingTable::setResults(const TimingResults& results, const TimingBaseline& baseline) {
  model_->setResults(results, baseline);
  view_->setColumnHidden(TimingTableModel::note,
                         std::ranges::all_of(results.points, [](const TimingResult& point) {
                           return point.problem.empty();
                         }));
  updateAction();
}

void TimingTable::setRepeatable(bool repeatable) {
  repeatable_ = repeatable;
  updateAction();
}

qint64 TimingTable::chosen() const {
  const QModelIndex index = view_->currentIndex();
  return index.isValid() ? sorted_->mapToSource(index).row() : -1;
}

void TimingTable::updateAction() {
  repeat_->setEnabled(repeatable_ && chosen() >= 0);
}

}  // namespace paralif
