// Spike trains as rows of ticks: neurons side by side, or trials of one neuron.
#pragma once

#include <qcustomplot.h>

#include <cstdint>
#include <limits>
#include <vector>

namespace paralif {

/// Row i spans i..i+1 of the value axis, which runs downward.
class SpikeRows : public QCPAbstractPlottable {
  Q_OBJECT

 public:
  struct Row {
    std::vector<std::int32_t> steps;
    double stepMs = 1.0;
    QColor colour;
  };

  SpikeRows(QCPAxis* timeAxis, QCPAxis* rowAxis);
  void setRows(std::vector<Row> rows) { rows_ = std::move(rows); }
  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }
  void setPlayhead(double ms) { playhead_ = ms; }

  double selectTest(const QPointF& position, bool onlySelectable,
                    QVariant* details = nullptr) const override;
  QCPRange getKeyRange(bool& found, QCP::SignDomain domain = QCP::sdBoth) const override;
  QCPRange getValueRange(bool& found, QCP::SignDomain domain = QCP::sdBoth,
                         const QCPRange& keys = QCPRange()) const override;

 protected:
  void draw(QCPPainter* painter) override;
  void drawLegendIcon(QCPPainter* painter, const QRectF& rect) const override;

 private:
  std::vector<Row> rows_;
  double playhead_ = std::numeric_limits<double>::quiet_NaN();
};

}  // namespace paralif
