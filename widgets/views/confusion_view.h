// Confusion matrix of the test set: which class is taken for which.
#pragma once

#include <memory>

#include "core/values/metrics.h"
#include "widgets/plots/plot_view.h"
#include "widgets/views/class_names.h"

namespace paralif {

/// Rows are true classes, columns predicted ones; colour is the share of the row. Cells that are
/// large enough show the count and its share; small ones are painted as one image, in the same
/// time whatever the number of classes. Names are drawn where there is room for them.
class ConfusionView : public PlotView {
  Q_OBJECT

 public:
  explicit ConfusionView(QWidget* parent = nullptr);
  void setMatrix(std::shared_ptr<const ConfusionMatrix> matrix, const ClassNames& names);
  /// Count of a true and a predicted class as shown; -1 outside.
  [[nodiscard]] qint64 countAt(qint64 truth, qint64 predicted) const;
  [[nodiscard]] double shareAt(qint64 truth, qint64 predicted) const;  ///< of the row, 0..1
  void writeCsv(QTextStream& out) const override;
  /// One pixel a cell, or a square of cells where there are more than that.
  [[nodiscard]] const QImage& image() const { return image_; }
  /// How many names an axis shows at this size.
  [[nodiscard]] qsizetype namesShown() const { return columns_->ticks().size(); }

  static constexpr int mostPixels = 1024;  ///< along a side of the image

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void refreshData() override;
  void fitAxes() override;
  void recolor(const Theme& theme) override;
  [[nodiscard]] QString readout(const QCPAxisRect& rect, QPointF position) const override;

 private:
  class Cells;
  void makeImage();
  void placeNames();

  ClassNames names_;
  std::shared_ptr<const ConfusionMatrix> matrix_;
  std::vector<qint64> rowSums_;
  QImage image_;
  QSharedPointer<QCPAxisTickerText> columns_;
  QSharedPointer<QCPAxisTickerText> rows_;
  Cells* cells_;
};

}  // namespace paralif
