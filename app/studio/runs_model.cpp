// Lines, texts and order of the table of runs.
#include "app/studio/runs_model.h"

#include <algorithm>
#include <map>

#include "app/studio/training_status.h"
#include "core/library/run_order.h"
#include "core/runs/new_run.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/words.h"

namespace paralif {
namespace {

/// The line of a run itself; below the line of a sweep, that line's row and one.
constexpr quintptr ofItself = 0;

QString orDash(const std::string& text) { return text.empty() ? QString("-") : shownText(text); }

}  // namespace

void RunsModel::setRuns(std::vector<RunEntry> runs) {
  beginResetModel();
  runs_ = std::move(runs);
  arrange();
  endResetModel();
}

void RunsModel::setFilter(RunQuery filter) {
  beginResetModel();
  filter_ = std::move(filter);
  arrange();
  endResetModel();
}

void RunsModel::setColumns(std::vector<const RunColumn*> columns) {
  beginResetModel();
  const RunColumn* title = &run_column("title");
  std::erase(columns, title);
  columns.insert(columns.begin(), title);
  columns_ = std::move(columns);
  endResetModel();
}

void RunsModel::setGrouped(bool grouped) {
  beginResetModel();
  grouped_ = grouped;
  arrange();
  endResetModel();
}

void RunsModel::sort(int column, Qt::SortOrder order) {
  if (column < 0 || column >= columnCount()) return;
  beginResetModel();
  sorted_ = columns_[static_cast<std::size_t>(column)];
  descending_ = order == Qt::DescendingOrder;
  arrange();
  endResetModel();
}

int RunsModel::sortedColumn() const {
  const auto found = std::ranges::find(columns_, sorted_);
  return found == columns_.end() ? -1 : static_cast<int>(found - columns_.begin());
}

void RunsModel::arrange() {
  std::vector<std::size_t> places;
  std::vector<const RunEntry*> shown;
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    if (!filter_.matches(runs_[i])) continue;
    places.push_back(i);
    shown.push_back(&runs_[i]);
  }
  shown_ = static_cast<int>(shown.size());
  lines_.clear();
  std::map<std::string, std::size_t> sweeps;
  for (const std::size_t at : order_of(shown, *sorted_, descending_)) {
    const std::size_t i = places[at];
    if (!grouped_ || runs_[i].sweep.empty()) {
      lines_.push_back({i, {}, {}});
      continue;
    }
    // A sweep stands where its first run would.
    const auto [found, isNew] = sweeps.emplace(runs_[i].sweep, lines_.size());
    if (isNew) lines_.push_back({i, shownText(runs_[i].sweep), {}});
    lines_[found->second].runs.push_back(i);
  }
}

QModelIndex RunsModel::index(int row, int column, const QModelIndex& parent) const {
  if (!hasIndex(row, column, parent)) return {};
  if (!parent.isValid()) return createIndex(row, column, ofItself);
  return createIndex(row, column, static_cast<quintptr>(parent.row()) + 1);
}

QModelIndex RunsModel::parent(const QModelIndex& index) const {
  if (!index.isValid() || index.internalId() == ofItself) return {};
  return createIndex(static_cast<int>(index.internalId() - 1), 0, ofItself);
}

const RunsModel::Line& RunsModel::line(const QModelIndex& index) const {
  const QModelIndex top = index.internalId() == ofItself ? index : parent(index);
  return lines_[static_cast<std::size_t>(top.row())];
}

const RunEntry* RunsModel::run(const QModelIndex& index) const {
  if (!index.isValid()) return nullptr;
  const Line& at = line(index);
  if (at.sweep.isEmpty()) return &runs_[at.run];
  if (index.internalId() == ofItself) return nullptr;
  return &runs_[at.runs[static_cast<std::size_t>(index.row())]];
}

std::vector<const RunEntry*> RunsModel::runsOf(const QModelIndex& index) const {
  if (!index.isValid()) return {};
  if (const RunEntry* one = run(index)) return {one};
  std::vector<const RunEntry*> all;
  for (const std::size_t i : line(index).runs) all.push_back(&runs_[i]);
  return all;
}

QModelIndex RunsModel::indexOf(const std::filesystem::path& folder) const {
  for (int row = 0; row < rowCount(); ++row) {
    const QModelIndex top = index(row, 0);
    const auto all = runsOf(top);
    const auto found = std::ranges::find(all, folder, &RunEntry::folder);
    if (found == all.end()) continue;
    if (run(top) != nullptr) return top;
    return index(static_cast<int>(found - all.begin()), 0, top);
  }
  return {};
}

int RunsModel::rowCount(const QModelIndex& parent) const {
  if (!parent.isValid()) return static_cast<int>(lines_.size());
  if (parent.column() > 0 || parent.internalId() != ofItself) return 0;
  return static_cast<int>(line(parent).runs.size());
}

int RunsModel::columnCount(const QModelIndex& /*parent*/) const {
  return static_cast<int>(columns_.size());
}

QString RunsModel::textOf(const RunEntry& run, const RunColumn& column) const {
  if (column.key == "title") {
    const QString title = shownText(run.title);
    return run.marks.favourite ? QString::fromUtf8("\u2605 ") + title : title;
  }
  if (!run.problem.empty() && column.key == "status") {
    return tr("damaged: %1").arg(QString::fromStdString(run.problem));
  }
  if (column.key == "seconds" && run.epochs > 0) return duration(run.train_seconds);
  return orDash(column.text(run));
}

QString RunsModel::textOf(const Line& sweep, const RunColumn& column) const {
  if (column.key == "title") {
    return sweep.runs.size() == 1 ? tr("%1: 1 run").arg(sweep.sweep)
                                  : tr("%1: %2 runs").arg(sweep.sweep).arg(sweep.runs.size());
  }
  double sum = 0.0;
  std::optional<double> largest;
  std::map<QString, int> texts;
  for (const std::size_t i : sweep.runs) {
    const auto number = column.number(runs_[i]);
    sum += number.value_or(0.0);
    if (number) largest = std::max(largest.value_or(*number), *number);
    ++texts[textOf(runs_[i], column)];
  }
  if (column.key == "seconds") return duration(sum);
  if (column.key == "started" && largest) {  // the last of them
    return QString::fromStdString(local_time_text(static_cast<std::int64_t>(*largest)));
  }
  if (column.key == "accuracy" || column.key == "validation") {
    return largest ? tr("best %1 %").arg(100.0 * *largest, 0, 'f', 1) : QString("-");
  }
  if (column.key == "status") {
    QStringList parts;
    for (const auto& [text, count] : texts) parts << QString("%1 %2").arg(count).arg(text);
    return parts.join(", ");
  }
  return texts.size() == 1 ? texts.begin()->first : tr("several");
}

QVariant RunsModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const RunColumn& column = *columns_[static_cast<std::size_t>(index.column())];
  const RunEntry* one = run(index);
  switch (role) {
    case Qt::DisplayRole: return one != nullptr ? textOf(*one, column) : textOf(line(index), column);
    case Qt::EditRole:
      return one != nullptr ? QVariant(QString::fromStdString(one->title)) : QVariant();
    case Qt::ToolTipRole: {
      if (one == nullptr) return {};
      const QString folder = shownText(one->folder.string());
      return one->marks.note.empty() ? folder : folder + "\n" + QString::fromStdString(one->marks.note);
    }
    case Qt::TextAlignmentRole:
      return column.numeric ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    default: return {};
  }
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
  const RunColumn& column = *columns_[static_cast<std::size_t>(section)];
  if (role == Qt::ToolTipRole) {
    return QString("%1\n%2").arg(paralif::textOf(column.explanation),
                                 tr("In the filter: %1").arg(QString::fromStdString(column.key)));
  }
  if (role != Qt::DisplayRole) return {};
  const QString label = paralif::textOf(column.label);
  if (column.unit.empty() || column.key == "seconds") return label;
  return QString("%1 [%2]").arg(label, paralif::textOf(column.unit));
}

Qt::ItemFlags RunsModel::flags(const QModelIndex& index) const {
  Qt::ItemFlags flags = QAbstractItemModel::flags(index);
  const RunEntry* one = run(index);
  if (index.column() == 0 && one != nullptr && one->problem.empty()) flags |= Qt::ItemIsEditable;
  return flags;
}

bool RunsModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  const RunEntry* one = run(index);
  if (role != Qt::EditRole || one == nullptr) return false;
  const QString title = value.toString().trimmed();
  if (title == QString::fromStdString(one->title)) return false;
  Q_EMIT renamed(QString::fromStdString(one->folder.string()), title);
  return false;  // the table shows it once it is written
}

}  // namespace paralif
