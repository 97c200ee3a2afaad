// Image above, the column pointed at below.
#include "widgets/views/picture_view.h"

#include <QSplitter>
#include <QVBoxLayout>

#include "widgets/views/column_plot.h"
#include "widgets/views/pixel_canvas.h"
#include "widgets/views/player_bar.h"

namespace paralif {
namespace {

constexpr int side = 32;

}  // namespace

PictureView::PictureView(QWidget* parent)
    : QWidget(parent), canvas_(new PixelCanvas), plot_(new ColumnPlot), player_(new PlayerBar) {
  canvas_->setAccessibleName(tr("Image"));
  auto* halves = new QSplitter(Qt::Vertical);
  halves->addWidget(canvas_);
  halves->addWidget(plot_);
  halves->setSizes({300, 170});
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(halves, 1);
  column->addWidget(player_);
  connect(player_, &PlayerBar::stepChanged, this, &PictureView::draw);
}

void PictureView::setPixels(const std::vector<std::uint8_t>& pixels) {
  constexpr int shownMs = 120;
  pixels_ = pixels;
  QImage image;
  if (pixels_.size() == std::size_t{3 * side * side}) {
    image = QImage(side, side, QImage::Format_RGB32);
    for (int y = 0; y < side; ++y) {
      for (int x = 0; x < side; ++x) {
        const auto at = std::size_t(y * side + x);
        image.setPixel(x, y, qRgb(pixels_[at], pixels_[at + 1024], pixels_[at + 2048]));
      }
    }
  } else {
    pixels_.clear();
  }
  canvas_->setImage(image);
  player_->setSteps(pixels_.empty() ? 1 : side, shownMs);
}

void PictureView::draw() {
  std::array<std::vector<double>, 3> channels;
  if (!pixels_.empty()) {
    for (int channel = 0; channel < 3; ++channel) {
      for (int y = 0; y < side; ++y) {
        channels[std::size_t(channel)].push_back(
            pixels_[std::size_t((channel * side + y) * side + player_->step())]);
      }
    }
  }
  canvas_->setColumn(pixels_.empty() ? -1 : player_->step());
  player_->setText(pixels_.empty() ? QString() : tr("column %1 of 32").arg(player_->step() + 1));
  plot_->setColumn(channels);
}

}  // namespace paralif
