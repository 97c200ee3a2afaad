// Confusion matrix of the test set: which class is taken for which.
#pragma once

#include <memory>

#include "core/session/snapshot.h"
#include "widgets/plots/plot_view.h"

namespace paralif {

/// Rows are true classes, columns predicted ones. Cells show the count and its share of the row.
class ConfusionView : public PlotView {
  Q_OBJECT

 public:
  explicit ConfusionView(QWidget* parent = nullptr);
  void setMatrix(std::shared_ptr<const ConfusionMatrix> matrix, const QString& dataset);
  /// Count of a true and a predicted class as shown; -1 outside.
  [[nodiscard]] qint64 countAt(qint64 truth, qint64 predicted) const;
  [[nodiscard]] double shareAt(qint64 truth, qint64 predicted) const;  ///< of the row, 0..1
  void writeCsv(QTextStream& out) const override;

 protected:
  void refreshData() override;
  void fitAxes() override;
  void recolor(const Theme& theme) override;
  [[nodiscard]] QString readout(const QCPAxisRect& rect, QPointF position) const override;

 private:
  class Cells;

  QString dataset_;
  std::shared_ptr<const ConfusionMatrix> matrix_;
  QSharedPointer<QCPAxisTickerText> columns_;
  QSharedPointer<QCPAxisTickerText> rows_;
  Cells* cells_;
};

}  // namespace paralif
