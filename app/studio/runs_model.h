// The runs of a folder as a table.
#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "core/runs/run_store.h"

namespace paralif {

class RunsModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { title, dataset, neuron, status, started, epochs, best, last, seconds, columns };
  /// For sorting: numbers as numbers.
  static constexpr int sortRole = Qt::UserRole;

  using QAbstractTableModel::QAbstractTableModel;
  void setRuns(std::vector<RunSummary> runs);
  [[nodiscard]] const RunSummary& run(int row) const {
    return runs_[static_cast<std::size_t>(row)];
  }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  std::vector<RunSummary> runs_;
};

}  // namespace paralif
