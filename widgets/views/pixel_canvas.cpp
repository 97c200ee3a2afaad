// Whole multiples of a pixel where there is room, so that all pixels are equally large.
#include "widgets/views/pixel_canvas.h"

#include <QPainter>

#include <algorithm>

#include "widgets/theme/theme.h"

namespace paralif {

PixelCanvas::PixelCanvas(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void PixelCanvas::setImage(const QImage& image) {
  image_ = image;
  update();
}

void PixelCanvas::setColumn(int column) {
  column_ = column;
  update();
}

void PixelCanvas::paintEvent(QPaintEvent*) {
  const Theme& theme = Theme::of(palette());
  QPainter painter(this);
  painter.fillRect(rect(), theme.surface);
  if (image_.isNull()) return;
  const double fit =
      std::min(double(width() - 8) / image_.width(), double(height() - 8) / image_.height());
  const double scale = fit >= 1.0 ? std::floor(fit) : fit;
  const QSizeF size(image_.width() * scale, image_.height() * scale);
  const QRectF target(QPointF((width() - size.width()) / 2, (height() - size.height()) / 2), size);
  painter.drawImage(target, image_);
  painter.setPen(theme.border);
  painter.drawRect(target.adjusted(-1, -1, 0, 0));
  if (column_ >= 0 && column_ < image_.width()) {
    painter.setPen(QPen(theme.series[1], 2));
    painter.drawRect(QRectF(target.left() + column_ * scale, target.top(), scale, target.height()));
  }
}

}  // namespace paralif
