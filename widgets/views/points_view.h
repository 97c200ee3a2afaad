// Points of the plane in the colours of their classes, with one of them marked.
#pragma once

#include <array>

#include "datasets/readers/points_reader.h"
#include "widgets/plots/plot_view.h"

namespace paralif {

class PointsView : public PlotView {
  Q_OBJECT

 public:
  explicit PointsView(QWidget* parent = nullptr);
  void setPoints(const PointSet& set);
  void setCurrent(qint64 point);
  void writeCsv(QTextStream& out) const override;

 Q_SIGNALS:
  /// A point was clicked.
  void pointChosen(qint64 point);

 protected:
  void refreshData() override;
  void fitAxes() override;
  void recolor(const Theme& theme) override;
  [[nodiscard]] QString readout(const QCPAxisRect& rect, QPointF position) const override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;

 private:
  /// The nearest point within a few pixels; -1: none.
  [[nodiscard]] qint64 pointAt(QPointF position) const;

  PointSet set_;
  qint64 current_ = -1;
  QPointF press_;
  std::array<QCPGraph*, PointSet::most_classes> classes_{};
  QCPGraph* mark_;
};

}  // namespace paralif
