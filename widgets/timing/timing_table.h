// The points of a running-time comparison as a table, to read and to measure again.
#pragma once

#include <QAbstractTableModel>
#include <QWidget>

#include "widgets/timing/timing_reading.h"

class QAction;
class QSortFilterProxyModel;
class QTableView;

namespace paralif {

class TimingTableModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { curve, device, steps, median, quartiles, faster, bandwidth, trials, note, columns };
  static constexpr int sortRole = Qt::UserRole;

  using QAbstractTableModel::QAbstractTableModel;
  void setResults(const TimingResults& results, const TimingBaseline& baseline);
  [[nodiscard]] const TimingResults& results() const { return results_; }

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                    int role) const override;

 private:
  [[nodiscard]] QString text(const TimingResult& result, int column) const;
  [[nodiscard]] QVariant sortValue(const TimingResult& result, int column) const;

  TimingResults results_;
  TimingBaseline baseline_;
};

class TimingTable : public QWidget {
  Q_OBJECT

 public:
  explicit TimingTable(QWidget* parent = nullptr);
  void setResults(const TimingResults& results, const TimingBaseline& baseline);
  void setRepeatable(bool repeatable);
  [[nodiscard]] QTableView& view() { return *view_; }
  /// Index into results().points; below 0: none chosen.
  [[nodiscard]] qint64 chosen() const;

 Q_SIGNALS:
  void pointChosen(qint64 point);
  void repeatRequested(qint64 point);

 private:
  void updateAction();

  TimingTableModel* model_;
  QSortFilterProxyModel* sorted_;
  QTableView* view_;
  QAction* repeat_;
  bool repeatable_ = false;
};

}  // namespace paralif
