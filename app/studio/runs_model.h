// The runs of a folder as a table: filtered, sorted, and those of a sweep below one line.
#pragma once

#include <QAbstractItemModel>
#include <vector>

#include "core/library/run_columns.h"
#include "core/library/run_query.h"

namespace paralif {

class RunsModel : public QAbstractItemModel {
  Q_OBJECT

 public:
  using QAbstractItemModel::QAbstractItemModel;

  void setRuns(std::vector<RunEntry> runs);
  void setFilter(RunQuery filter);
  void setColumns(std::vector<const RunColumn*> columns);  ///< the title comes first in any case
  void setGrouped(bool grouped);
  void sort(int column, Qt::SortOrder order) override;

  [[nodiscard]] const std::vector<RunEntry>& runs() const { return runs_; }
  [[nodiscard]] const std::vector<const RunColumn*>& columns() const { return columns_; }
  [[nodiscard]] int sortedColumn() const;  ///< -1: by one that is not shown
  [[nodiscard]] bool descending() const { return descending_; }
  [[nodiscard]] bool grouped() const { return grouped_; }
  [[nodiscard]] int shown() const { return shown_; }  ///< runs that pass the filter
  /// Null on the line of a sweep.
  [[nodiscard]] const RunEntry* run(const QModelIndex& index) const;
  /// The run itself, or all of a sweep's line.
  [[nodiscard]] std::vector<const RunEntry*> runsOf(const QModelIndex& index) const;
  /// Invalid where the filter hides it.
  [[nodiscard]] QModelIndex indexOf(const std::filesystem::path& folder) const;

  QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
  QModelIndex parent(const QModelIndex& index) const override;
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;

 Q_SIGNALS:
  /// A title was typed into the table.
  void renamed(const QString& folder, const QString& title);

 private:
  /// A run, or a sweep with its runs.
  struct Line {
    std::size_t run = 0;
    QString sweep;                  ///< empty: the line is a run
    std::vector<std::size_t> runs;  ///< of a sweep
  };

  void arrange();  ///< inside a reset of the model
  [[nodiscard]] const Line& line(const QModelIndex& index) const;
  [[nodiscard]] QString textOf(const RunEntry& run, const RunColumn& column) const;
  [[nodiscard]] QString textOf(const Line& sweep, const RunColumn& column) const;

  std::vector<RunEntry> runs_;
  std::vector<Line> lines_;
  std::vector<const RunColumn*> columns_{&run_column("title")};
  RunQuery filter_;
  bool grouped_ = false;
  int shown_ = 0;
  const RunColumn* sorted_ = &run_column("started");
  bool descending_ = true;
};

}  // namespace paralif
