// The published figure in the window; a click on a row opens that run.
#pragma once

#include <QWidget>

namespace paralif {

class FigureView : public QWidget {
  Q_OBJECT

 public:
  explicit FigureView(QWidget* parent = nullptr);
  [[nodiscard]] QSize sizeHint() const override { return {640, 480}; }
  [[nodiscard]] QSize minimumSizeHint() const override { return {320, 240}; }

 Q_SIGNALS:
  void runOpened(int run);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
};

}  // namespace paralif
