// A small image shown large, pixel by pixel.
#pragma once

#include <QImage>
#include <QWidget>

namespace paralif {

class PixelCanvas : public QWidget {
  Q_OBJECT

 public:
  explicit PixelCanvas(QWidget* parent = nullptr);
  void setImage(const QImage& image);
  [[nodiscard]] const QImage& image() const { return image_; }
  /// A column to point at; -1: none.
  void setColumn(int column);

  [[nodiscard]] QSize sizeHint() const override { return {320, 320}; }
  [[nodiscard]] QSize minimumSizeHint() const override { return {120, 120}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QImage image_;
  int column_ = -1;
};

}  // namespace paralif
