#include "widgets/views/point_canvas.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "widgets/theme/theme.h"

namespace paralif {
namespace {

constexpr std::size_t mostSteps = 100;  // of undo
constexpr int pointsOfPress = 6;
constexpr int pointsOfMove = 3;
constexpr double spacing = 7.0;  // pixels between two sprays of one stroke
constexpr double margin = 14.0;
constexpr double pointSize = 2.5;

}  // namespace

PointCanvas::PointCanvas(QWidget* parent) : QWidget(parent) {
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setMinimumSize(240, 240);
  setCursor(Qt::CrossCursor);
  setAccessibleName(tr("Canvas"));
  setToolTip(
      tr("Left button: spray points of the chosen class (Shift: a single one). "
         "Right button: erase. Wheel: size of the brush"));
}

QRectF PointCanvas::square() const {
  const double side = std::min(width(), height()) - 2 * margin;
  return {(width() - side) / 2, (height() - side) / 2, side, side};
}

QPointF PointCanvas::toPixel(double x, double y) const {
  const QRectF box = square();
  return {box.left() + x * box.width(), box.bottom() - y * box.height()};
}

QPointF PointCanvas::toPlane(QPointF pixel) const {
  const QRectF box = square();
  return {(pixel.x() - box.left()) / box.width(), (box.bottom() - pixel.y()) / box.height()};
}

void PointCanvas::begin(std::vector<LabelledPoint> points) {
  points_ = std::move(points);
  undo_.clear();
  redo_.clear();
  update();
  Q_EMIT changed();
}

void PointCanvas::setPoints(std::vector<LabelledPoint> points) {
  remember();
  points_ = std::move(points);
  update();
  Q_EMIT changed();
}

void PointCanvas::setErasing(bool erasing) {
  erasing_ = erasing;
  update();
}

void PointCanvas::setRadius(double radius) {
  radius = std::clamp(radius, smallestRadius, largestRadius);
  if (radius == radius_) return;
  radius_ = radius;
  update();
  Q_EMIT radiusChanged(radius_);
}

void PointCanvas::remember() {
  undo_.push_back(points_);
  if (undo_.size() > mostSteps) undo_.erase(undo_.begin());
  redo_.clear();
}

void PointCanvas::undo() {
  if (undo_.empty()) return;
  redo_.push_back(std::exchange(points_, std::move(undo_.back())));
  undo_.pop_back();
  update();
  Q_EMIT changed();
}

void PointCanvas::redo() {
  if (redo_.empty()) return;
  undo_.push_back(std::exchange(points_, std::move(redo_.back())));
  redo_.pop_back();
  update();
  Q_EMIT changed();
}

void PointCanvas::spray(QPointF at, int count) {
  std::uniform_real_distribution<double> unit(0.0, 1.0);
  for (int i = 0; i < count && points_.size() < mostPoints; ++i) {
    const double angle = 2 * std::numbers::pi * unit(random_);
    const double far = count == 1 ? 0.0 : radius_ * std::sqrt(unit(random_));
    const double x = at.x() + far * std::cos(angle);
    const double y = at.y() + far * std::sin(angle);
    if (x < 0 || x > 1 || y < 0 || y > 1) continue;
    points_.push_back({x, y, label_});
  }
}

void PointCanvas::erase(QPointF at) {
  std::erase_if(points_, [&](const LabelledPoint& point) {
    return std::hypot(point.x - at.x(), point.y - at.y()) <= radius_;
  });
}

void PointCanvas::stroke(QPointF pixel, bool first, Qt::KeyboardModifiers keys) {
  const bool single = keys.testFlag(Qt::ShiftModifier);
  if (button_ == Qt::RightButton || erasing_) {
    erase(toPlane(pixel));
  } else if (first) {
    spray(toPlane(pixel), single ? 1 : pointsOfPress);
    last_ = pixel;
  } else if (!single) {
    // Fast moves leave no gaps.
    const QPointF way = pixel - last_;
    const double length = std::hypot(way.x(), way.y());
    const int sprays = int(length / spacing);
    for (int i = 1; i <= sprays; ++i) {
      spray(toPlane(last_ + way * (i * spacing / length)), pointsOfMove);
    }
    if (sprays > 0) last_ += way * (sprays * spacing / length);
  }
  update();
  Q_EMIT changed();
}

void PointCanvas::mousePressEvent(QMouseEvent* event) {
  if (button_ != Qt::NoButton ||
      (event->button() != Qt::LeftButton && event->button() != Qt::RightButton)) {
    return;
  }
  button_ = event->button();
  remember();
  stroke(event->position(), true, event->modifiers());
}

void PointCanvas::mouseMoveEvent(QMouseEvent* event) {
  cursor_ = event->position();
  inside_ = true;
  if (button_ != Qt::NoButton) stroke(cursor_, false, event->modifiers());
  update();
}

void PointCanvas::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() == button_) button_ = Qt::NoButton;
}

void PointCanvas::wheelEvent(QWheelEvent* event) {
  setRadius(radius_ * std::pow(1.15, event->angleDelta().y() / 120.0));
  event->accept();
}

void PointCanvas::leaveEvent(QEvent* event) {
  inside_ = false;
  update();
  QWidget::leaveEvent(event);
}

void PointCanvas::paintEvent(QPaintEvent*) {
  const Theme& theme = Theme::of(palette());
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.fillRect(rect(), theme.surface);
  const QRectF box = square();
  painter.setPen(QPen(theme.grid, 1));
  for (int i = 1; i < 5; ++i) {
    const double part = i / 5.0;
    painter.drawLine(toPixel(part, 0), toPixel(part, 1));
    painter.drawLine(toPixel(0, part), toPixel(1, part));
  }
  painter.setPen(QPen(theme.axis, 1));
  painter.drawRect(box);
  painter.setPen(Qt::NoPen);
  for (const LabelledPoint& point : points_) {
    painter.setBrush(theme.classColor(point.label));
    painter.drawEllipse(toPixel(point.x, point.y), pointSize, pointSize);
  }
  if (points_.empty()) {
    painter.setPen(theme.muted);
    painter.drawText(box, Qt::AlignCenter | Qt::TextWordWrap,
                     tr("Press and drag to spray points of the chosen class"));
  }
  if (inside_) {
    const bool erases = erasing_ || button_ == Qt::RightButton;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(erases ? theme.text : theme.classColor(label_), 1.5,
                        erases ? Qt::DashLine : Qt::SolidLine));
    painter.drawEllipse(cursor_, radius_ * box.width(), radius_ * box.width());
  }
}

}  // namespace paralif
