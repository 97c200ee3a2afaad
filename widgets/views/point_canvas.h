// The unit square to paint points of several classes into, as a spray can does.
#pragma once

#include <QWidget>
#include <random>
#include <vector>

#include "datasets/readers/points_reader.h"

namespace paralif {

/// Left button sprays points of the current class, Shift sets a single one, the right button (or
/// the eraser) removes. The wheel changes the brush. Every stroke is one step of undo.
class PointCanvas : public QWidget {
  Q_OBJECT

 public:
  static constexpr std::size_t mostPoints = 20000;
  static constexpr double smallestRadius = 0.005;
  static constexpr double largestRadius = 0.2;

  explicit PointCanvas(QWidget* parent = nullptr);

  /// Points to begin with: nothing to undo.
  void begin(std::vector<LabelledPoint> points);
  void setPoints(std::vector<LabelledPoint> points);
  [[nodiscard]] const std::vector<LabelledPoint>& points() const { return points_; }
  void setCurrentClass(int label) { label_ = label; }
  [[nodiscard]] int currentClass() const { return label_; }
  void setErasing(bool erasing);
  /// Of the brush, in parts of the square.
  void setRadius(double radius);
  [[nodiscard]] double radius() const { return radius_; }

  void undo();
  void redo();
  [[nodiscard]] bool canUndo() const { return !undo_.empty(); }
  [[nodiscard]] bool canRedo() const { return !redo_.empty(); }

  /// Where a place of the square is on the widget.
  [[nodiscard]] QPointF toPixel(double x, double y) const;
  [[nodiscard]] QSize sizeHint() const override { return {480, 480}; }

 Q_SIGNALS:
  void changed();
  void radiusChanged(double radius);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  [[nodiscard]] QRectF square() const;
  [[nodiscard]] QPointF toPlane(QPointF pixel) const;
  void remember();
  void spray(QPointF at, int count);
  void erase(QPointF at);
  void stroke(QPointF pixel, bool first, Qt::KeyboardModifiers keys);

  std::vector<LabelledPoint> points_;
  std::vector<std::vector<LabelledPoint>> undo_;
  std::vector<std::vector<LabelledPoint>> redo_;
  std::mt19937 random_{1};
  int label_ = 0;
  double radius_ = 0.05;
  bool erasing_ = false;
  Qt::MouseButton button_ = Qt::NoButton;
  QPointF last_;    ///< pixel of the last spray of this stroke
  QPointF cursor_;  ///< pixel of the mouse
  bool inside_ = false;
};

}  // namespace paralif
