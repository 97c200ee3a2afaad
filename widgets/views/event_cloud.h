// The events of a camera as points in a box of x, y and time, turned by mouse or arrow keys.
#pragma once

#include <QImage>
#include <QWidget>
#include <memory>

#include "datasets/recording.h"

namespace paralif {

class EventCloud : public QWidget {
  Q_OBJECT

 public:
  /// More than so many are thinned out evenly.
  static constexpr std::size_t mostEvents = 60000;

  explicit EventCloud(QWidget* parent = nullptr);
  /// Null clears.
  void setRecording(std::shared_ptr<const Recording> recording, SensorShape sensor, double tickS);
  /// The events first..last-1 stand out, the others are pale.
  void setWindow(std::size_t first, std::size_t last);
  /// Angles of view, degrees: around the upright axis, and from above.
  void setView(double turn, double tilt);
  [[nodiscard]] double turn() const { return turn_; }
  [[nodiscard]] double tilt() const { return tilt_; }
  [[nodiscard]] QSize sizeHint() const override { return {320, 320}; }
  [[nodiscard]] QSize minimumSizeHint() const override { return {120, 120}; }

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  struct Place {
    double time, x, y;  ///< -1..1 each
  };
  [[nodiscard]] QPointF project(const Place& place) const;
  void drawBox(QPainter& painter, bool front) const;
  void drawEvents(QPainter& painter) const;
  void drawNames(QPainter& painter) const;

  std::shared_ptr<const Recording> recording_;
  SensorShape sensor_;
  double tickS_ = 1.0;
  std::size_t first_ = 0;
  std::size_t last_ = 0;
  double turn_;
  double tilt_;
  double zoom_ = 1.0;
  QPointF press_;
};

}  // namespace paralif
