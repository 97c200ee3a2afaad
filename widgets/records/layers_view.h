// A table of how each layer of neurons works: rate, silent and saturated neurons, spikes, synaptic
// operations, gradient, time constants and thresholds with where they started.
#pragma once

#include "widgets/records/record_view.h"

class QTableWidget;
class QTextStream;

namespace paralif {

class LayersView : public RecordView {
  Q_OBJECT

 public:
  explicit LayersView(QWidget* parent = nullptr);
  [[nodiscard]] const QTableWidget& table() const { return *table_; }
  /// The table as comma-separated values with a heading line.
  void writeCsv(QTextStream& out) const;

 protected:
  void showRecords() override;
  void changeEvent(QEvent* event) override;

 private:
  enum Column { layer, neurons, rate, silent, saturated, spikes, operations, gradient, constants,
                columnCount };

  void fillRow(const Record& layers, std::size_t row);
  [[nodiscard]] QString constantsOf(const std::string& id) const;
  void copy() const;

  QTableWidget* table_;
};

}  // namespace paralif
