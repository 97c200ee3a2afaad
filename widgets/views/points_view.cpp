// One graph for each class, and one for the mark.
#include "widgets/views/points_view.h"

#include <cmath>

namespace paralif {

PointsView::PointsView(QWidget* parent) : PlotView(tr("Points"), parent) {
  setUpAxisRect(axisRect(), tr("x"), tr("y"));
  for (auto& graph : classes_) {
    graph = addGraph();
    graph->setLineStyle(QCPGraph::lsNone);
    graph->setAdaptiveSampling(false);
  }
  mark_ = addGraph();
  mark_->setLineStyle(QCPGraph::lsNone);
  fitAxes();
  applyTheme();
}

void PointsView::setPoints(const PointSet& set) {
  set_ = set;
  current_ = -1;
  dataChanged();
}

void PointsView::setCurrent(qint64 point) {
  current_ = point;
  dataChanged();
}

void PointsView::refreshData() {
  std::array<QVector<QCPGraphData>, PointSet::most_classes> byClass;
  for (const LabelledPoint& point : set_.points) {
    byClass[std::size_t(point.label)].append({point.x, point.y});
  }
  for (std::size_t i = 0; i < classes_.size(); ++i) classes_[i]->data()->set(byClass[i]);
  mark_->data()->clear();
  if (current_ >= 0 && current_ < qint64(set_.points.size())) {
    const LabelledPoint& point = set_.points[std::size_t(current_)];
    mark_->addData(point.x, point.y);
  }
}

void PointsView::fitAxes() {
  xAxis->setRange(-0.02, 1.02);
  yAxis->setRange(-0.02, 1.02);
  yAxis->setScaleRatio(xAxis, 1.0);
  if (yAxis->range().size() < 1.04) {
    yAxis->setRange(-0.02, 1.02);
    xAxis->setScaleRatio(yAxis, 1.0);
  }
}

void PointsView::recolor(const Theme& colours) {
  for (std::size_t i = 0; i < classes_.size(); ++i) {
    const QColor colour = colours.classColor(qint64(i));
    classes_[i]->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssDisc, QPen(colour), QBrush(colour), 4));
    classes_[i]->setPen(QPen(colour));
  }
  mark_->setScatterStyle(
      QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(colours.text, 2), Qt::NoBrush, 13));
}

qint64 PointsView::pointAt(QPointF position) const {
  constexpr double reach = 8.0;
  qint64 nearest = -1;
  double best = reach;
  for (std::size_t i = 0; i < set_.points.size(); ++i) {
    const double distance = std::hypot(xAxis->coordToPixel(set_.points[i].x) - position.x(),
                                       yAxis->coordToPixel(set_.points[i].y) - position.y());
    if (distance < best) {
      best = distance;
      nearest = qint64(i);
    }
  }
  return nearest;
}

QString PointsView::readout(const QCPAxisRect&, QPointF position) const {
  const qint64 point = pointAt(position);
  if (point < 0) {
    return tr("x %1 · y %2")
        .arg(xAxis->pixelToCoord(position.x()), 0, 'f', 3)
        .arg(yAxis->pixelToCoord(position.y()), 0, 'f', 3);
  }
  const LabelledPoint& found = set_.points[std::size_t(point)];
  return tr("point %1 · x %2 · y %3 · %4")
      .arg(point)
      .arg(found.x, 0, 'f', 3)
      .arg(found.y, 0, 'f', 3)
      .arg(QString::fromStdString(set_.class_names[std::size_t(found.label)]));
}

void PointsView::mousePressEvent(QMouseEvent* event) {
  press_ = event->position();
  PlotView::mousePressEvent(event);
}

void PointsView::mouseReleaseEvent(QMouseEvent* event) {
  PlotView::mouseReleaseEvent(event);
  const bool click = (event->position() - press_).manhattanLength() < 4;
  const qint64 point = click && event->button() == Qt::LeftButton ? pointAt(press_) : -1;
  if (point >= 0) Q_EMIT pointChosen(point);
}

void PointsView::writeCsv(QTextStream& out) const {
  out << "x,y,class\n";
  for (const LabelledPoint& point : set_.points) {
    out << point.x << ',' << point.y << ','
        << QString::fromStdString(set_.class_names[std::size_t(point.label)]) << '\n';
  }
}

}  // namespace paralif
