// All images are one colour map with empty cells between them.
#include "widgets/records/image_grid_plot.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "widgets/theme/numbers.h"

namespace paralif {
namespace {

constexpr int gap = 1;       // cells between images of a group
constexpr int groupGap = 2;  // between groups
constexpr int margin = 6;    // pixels around all

}  // namespace

ImageGridPlot::ImageGridPlot(const QString& name, QWidget* parent)
    : PlotView(name, parent), map_(new QCPColorMap(xAxis, yAxis)) {
  map_->setInterpolate(false);
  map_->setTightBoundary(false);
  yAxis->setRangeReversed(true);
  for (QCPAxis* axis : {xAxis, yAxis}) {
    axis->grid()->setVisible(false);
    axis->setVisible(false);
  }
  axisRect()->setAutoMargins(QCP::msNone);
  axisRect()->setMargins(QMargins(margin, margin, margin, margin));
  fitAxes();
  applyTheme();
}

int ImageGridPlot::groups() const {
  return int(images_.images.size()) / std::max(1, images_.inGroup);
}

int ImageGridPlot::cellWidth() const {
  return images_.inGroup * (images_.width + gap) - gap + groupGap;
}

int ImageGridPlot::cellHeight() const { return images_.height + groupGap; }

int ImageGridPlot::columns() const {
  if (groups() == 0) return 1;
  const double shape = double(std::max(1, width())) / double(std::max(1, height()));
  const double wanted = std::sqrt(double(groups()) * shape * double(cellHeight()) /
                                  double(cellWidth()));
  return std::clamp(int(std::lround(wanted)), 1, groups());
}

void ImageGridPlot::setImages(Images images) {
  images_ = std::move(images);
  dataChanged();
}

void ImageGridPlot::refreshData() {
  columns_ = columns();
  recolor(theme());  // the scale may be another
  if (groups() == 0) {
    map_->data()->clear();
    return;
  }
  const int rows = (groups() + columns_ - 1) / columns_;
  const int across = columns_ * cellWidth() - groupGap;
  const int down = rows * cellHeight() - groupGap;
  map_->data()->setSize(across, down);
  map_->data()->setRange(QCPRange(0.5, double(across) - 0.5), QCPRange(0.5, double(down) - 0.5));
  map_->data()->fill(std::numeric_limits<double>::quiet_NaN());
  double most = 0.0;
  for (std::size_t i = 0; i < images_.images.size(); ++i) {
    const int group = int(i) / images_.inGroup;
    const int left = group % columns_ * cellWidth() + int(i) % images_.inGroup * (images_.width + gap);
    const int top = group / columns_ * cellHeight();
    for (int y = 0; y < images_.height; ++y) {
      for (int x = 0; x < images_.width; ++x) {
        const double value = double(images_.images[i][std::size_t(y * images_.width + x)]);
        if (std::isfinite(value)) most = std::max(most, std::abs(value));
        map_->data()->setCell(left + x, top + y, value);
      }
    }
  }
  if (most <= 0.0) most = 1.0;
  map_->setDataRange(images_.scale == Scale::fromZero ? QCPRange(0.0, most)
                                                      : QCPRange(-most, most));
  fitAxes();
}

void ImageGridPlot::fitAxes() {
  const double across = std::max(1, map_->data()->keySize());
  const double down = std::max(1, map_->data()->valueSize());
  // Square pixels, in the middle.
  const double w = std::max(1, width() - 2 * margin);
  const double h = std::max(1, height() - 2 * margin);
  const double scale = std::max(across / w, down / h);
  xAxis->setRange((across - w * scale) / 2.0, (across + w * scale) / 2.0);
  yAxis->setRange((down - h * scale) / 2.0, (down + h * scale) / 2.0);
}

void ImageGridPlot::recolor(const Theme& colours) {
  QCPColorGradient gradient;
  gradient.clearColorStops();
  gradient.setNanHandling(QCPColorGradient::nhTransparent);
  if (images_.scale == Scale::aroundZero) {
    gradient.setColorStopAt(0.0, colours.series[1]);
    gradient.setColorStopAt(0.5, mix(colours.surface, colours.text, 0.06));
    gradient.setColorStopAt(1.0, colours.series[0]);
  } else {
    gradient.setColorStopAt(0.0, mix(colours.surface, colours.text, 0.06));
    gradient.setColorStopAt(0.35, mix(colours.surface, colours.series[0], 0.6));
    gradient.setColorStopAt(1.0, mix(colours.series[0], colours.text, 0.55));
  }
  map_->setGradient(gradient);
}

void ImageGridPlot::resizeEvent(QResizeEvent* event) {
  PlotView::resizeEvent(event);
  if (columns() != columns_) {
    dataChanged();
  } else if (isFollowing()) {
    fitAxes();
    replot(QCustomPlot::rpQueuedReplot);
  }
}

bool ImageGridPlot::find(QPointF place, At& at) const {
  if (groups() == 0 || place.x() < 0 || place.y() < 0) return false;
  const int x = int(place.x());
  const int y = int(place.y());
  const int column = x / cellWidth();
  const int row = y / cellHeight();
  const int inCell = x % cellWidth();
  const int slot = inCell / (images_.width + gap);
  at.x = inCell % (images_.width + gap);
  at.y = y % cellHeight();
  if (column >= columns_ || slot >= images_.inGroup) return false;
  if (at.x >= images_.width || at.y >= images_.height) return false;
  const int group = row * columns_ + column;
  if (group >= groups()) return false;
  at.image = std::size_t(group * images_.inGroup + slot);
  return true;
}

QString ImageGridPlot::readout(const QCPAxisRect&, QPointF position) const {
  At at{};
  if (!find({xAxis->pixelToCoord(position.x()), yAxis->pixelToCoord(position.y())}, at)) return {};
  const double value =
      double(images_.images[at.image][std::size_t(at.y * images_.width + at.x)]);
  QString where = QString("%1 %2").arg(images_.groupName).arg(int(at.image) / images_.inGroup);
  if (images_.inGroup > 1) {
    where += QString(", %1 %2").arg(images_.placeName).arg(int(at.image) % images_.inGroup);
  }
  return tr("%1\ncolumn %2, row %3: %4")
      .arg(where)
      .arg(at.x)
      .arg(at.y)
      .arg(withUnit(numberText(value, 4), images_.unit));
}

void ImageGridPlot::writeCsv(QTextStream& out) const {
  out << "group,place,row,column,value\n";
  for (std::size_t i = 0; i < images_.images.size(); ++i) {
    for (int y = 0; y < images_.height; ++y) {
      for (int x = 0; x < images_.width; ++x) {
        out << int(i) / images_.inGroup << ',' << int(i) % images_.inGroup << ',' << y << ',' << x
            << ',' << images_.images[i][std::size_t(y * images_.width + x)] << '\n';
      }
    }
  }
}

}  // namespace paralif
