// Parallel projection: equal times stay equally far apart wherever they are.
#include "widgets/views/event_cloud.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "widgets/theme/theme.h"

namespace paralif {
namespace {

constexpr double usualTurn = 35.0;
constexpr double usualTilt = 20.0;
constexpr double degreesOfPixel = 0.5;
constexpr double degreesOfKey = 5.0;
constexpr double timeStretch = 1.7;  // the box is longer in time than across

double radians(double degrees) {
  return degrees * std::numbers::pi / 180.0;
}

}  // namespace

EventCloud::EventCloud(QWidget* parent) : QWidget(parent), turn_(usualTurn), tilt_(usualTilt) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("Cloud of events"));
  setToolTip(
      tr("Drag or use the arrow keys to turn, the wheel to zoom; a double click goes back. "
         "Blue: brighter, orange: darker"));
}

void EventCloud::setRecording(std::shared_ptr<const Recording> recording, SensorShape sensor,
                              double tickS) {
  recording_ = std::move(recording);
  sensor_ = sensor;
  tickS_ = tickS;
  setWindow(0, recording_ != nullptr ? recording_->size() : 0);
}

void EventCloud::setWindow(std::size_t first, std::size_t last) {
  first_ = first;
  last_ = last;
  update();
}

void EventCloud::setView(double turn, double tilt) {
  turn_ = std::remainder(turn, 360.0);
  tilt_ = std::clamp(tilt, -90.0, 90.0);
  update();
}

QPointF EventCloud::project(const Place& p) const {
  const double sine = std::sin(radians(turn_));
  const double cosine = std::cos(radians(turn_));
  const double along = timeStretch * p.time;
  const double right = along * cosine + p.x * sine;
  const double depth = p.x * cosine - along * sine;
  const double up = -p.y * std::cos(radians(tilt_)) + depth * std::sin(radians(tilt_));
  const double scale = zoom_ * std::min(width() / 4.4, height() / 3.2);
  return {width() / 2.0 + scale * right, height() / 2.0 - scale * up};
}

void EventCloud::drawBox(QPainter& painter, bool front) const {
  // Edges towards the viewer are drawn over the events, the others under them.
  const double towardsX = -std::cos(radians(turn_));
  const double towardsTime = std::sin(radians(turn_));
  const double towardsY = -std::sin(radians(tilt_));
  const auto isFront = [&](double time, double x, double y) {
    return time * towardsTime + x * towardsX + y * towardsY > 0;
  };
  for (const double a : {-1.0, 1.0}) {
    for (const double b : {-1.0, 1.0}) {
      const std::array<std::array<Place, 2>, 3> edges{
          {{{{-1, a, b}, {1, a, b}}}, {{{a, -1, b}, {a, 1, b}}}, {{{a, b, -1}, {a, b, 1}}}}};
      const std::array<bool, 3> near{isFront(0, a, b), isFront(a, 0, b), isFront(a, b, 0)};
      for (std::size_t i = 0; i < edges.size(); ++i) {
        if (near[i] == front) painter.drawLine(project(edges[i][0]), project(edges[i][1]));
      }
    }
  }
}

void EventCloud::drawEvents(QPainter& painter) const {
  const auto& times = recording_->time;
  const double begin = times.front();
  const double extent = std::max(times.back() - begin, 1e-12);
  const auto width = std::size_t(sensor_.width);
  const std::size_t pixels = width * std::size_t(sensor_.height);
  const Theme& theme = Theme::of(palette());
  const bool all = first_ == 0 && last_ == times.size();
  const std::size_t every = times.size() / mostEvents + 1;
  const double size = every > 1 ? 1.4 : 2.0;
  std::array<QVector<QPointF>, 2> strong;
  QVector<QPointF> pale;
  for (std::size_t i = 0; i < times.size(); i += every) {
    const std::size_t unit = recording_->unit[i];
    const std::size_t pixel = unit % pixels;
    const std::size_t row = pixel / width;
    const std::size_t column = pixel % width;
    const Place place{2 * (times[i] - begin) / extent - 1,
                      2 * (double(column) + 0.5) / sensor_.width - 1,
                      2 * (double(row) + 0.5) / sensor_.height - 1};
    if (all || (i >= first_ && i < last_)) {
      strong[unit >= pixels ? 1 : 0].append(project(place));
    } else {
      pale.append(project(place));
    }
  }
  painter.setPen(QPen(mix(theme.surface, theme.muted, 0.4), size));
  painter.drawPoints(pale.data(), int(pale.size()));
  for (const int rising : {0, 1}) {
    QColor colour = theme.series[rising == 1 ? 0 : 1];
    colour.setAlpha(all ? 170 : 255);
    painter.setPen(QPen(colour, all ? size : size + 1));
    painter.drawPoints(strong[std::size_t(rising)].data(), int(strong[std::size_t(rising)].size()));
  }
}

void EventCloud::drawNames(QPainter& painter) const {
  const double seconds = (recording_->time.back() - recording_->time.front()) * tickS_;
  const auto name = [&](const Place& place, const QString& text) {
    QRectF box(0, 0, 90, 20);
    // Away from the middle of the box.
    const QPointF at = project(place);
    const QPointF middle(width() / 2.0, height() / 2.0);
    const QPointF way = at - middle;
    const double length = std::max(1.0, std::hypot(way.x(), way.y()));
    box.moveCenter(at + way * (18.0 / length));
    painter.drawText(box, Qt::AlignCenter, text);
  };
  name({-1, -1, 1}, tr("0 s"));
  name({1, -1, 1}, tr("%1 s").arg(seconds, 0, 'f', 2));
  name({-1, 0, 1}, tr("x"));
  name({-1, -1, 0}, tr("y"));
  name({0, -1, 1}, tr("time"));
}

void EventCloud::paintEvent(QPaintEvent*) {
  const Theme& theme = Theme::of(palette());
  QPainter painter(this);
  painter.fillRect(rect(), theme.surface);
  if (recording_ == nullptr || recording_->size() == 0) return;
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(theme.grid, 1));
  drawBox(painter, false);
  painter.setRenderHint(QPainter::Antialiasing, false);
  drawEvents(painter);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(theme.axis, 1));
  drawBox(painter, true);
  painter.setPen(theme.muted);
  drawNames(painter);
}

void EventCloud::mousePressEvent(QMouseEvent* event) {
  press_ = event->position();
}

void EventCloud::mouseMoveEvent(QMouseEvent* event) {
  if (!event->buttons().testFlag(Qt::LeftButton)) return;
  const QPointF moved = event->position() - press_;
  press_ = event->position();
  setView(turn_ - degreesOfPixel * moved.x(), tilt_ + degreesOfPixel * moved.y());
}

void EventCloud::mouseDoubleClickEvent(QMouseEvent*) {
  zoom_ = 1.0;
  setView(usualTurn, usualTilt);
}

void EventCloud::wheelEvent(QWheelEvent* event) {
  zoom_ = std::clamp(zoom_ * std::pow(1.1, event->angleDelta().y() / 120.0), 0.3, 20.0);
  update();
  event->accept();
}

void EventCloud::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Left:
      setView(turn_ + degreesOfKey, tilt_);
      break;
    case Qt::Key_Right:
      setView(turn_ - degreesOfKey, tilt_);
      break;
    case Qt::Key_Up:
      setView(turn_, tilt_ - degreesOfKey);
      break;
    case Qt::Key_Down:
      setView(turn_, tilt_ + degreesOfKey);
      break;
    default:
      QWidget::keyPressEvent(event);
  }
}

}  // namespace paralif
