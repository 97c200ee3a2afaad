// Painting of spikes: lines when there are few, pixels written directly when there are many.
#include "widgets/plots/spike_raster.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace paralif {
namespace {

constexpr std::size_t dense = 4000;  // visible spikes of a layer above which pixels are written
constexpr double gap = 0.06;         // between two lanes, of a lane's height

}  // namespace

struct SpikeRaster::Scale {
  double left = 0;        ///< pixel of step 0
  double perStep = 0;     ///< pixels
  double base = 0;        ///< pixel of the lower edge of neuron 0
  double perNeuron = 0;   ///< pixels, positive
  std::span<const SpikeEvent> spikes;  ///< those between the ends of the time axis
};

SpikeRaster::SpikeRaster(QCPAxis* timeAxis, QCPAxis* laneAxis)
    : QCPAbstractPlottable(timeAxis, laneAxis) {
  setSelectable(QCP::stNone);
}

void SpikeRaster::setProbe(std::shared_ptr<const SampleProbe> probe) {
  probe_ = std::move(probe);
  lanes_.clear();
  if (!probe_) return;
  double begin = 0.0;
  for (const LayerActivity& layer : probe_->layers) {
    const double height = 2.0 + std::log2(std::max<double>(1.0, double(layer.neurons)));
    lanes_.push_back({begin, height});
    begin += height;
  }
}

void SpikeRaster::setTheme(const Theme& theme) { theme_ = theme; }

double SpikeRaster::laneBegin(std::size_t layer) const { return lanes_.at(layer).begin; }
double SpikeRaster::laneHeight(std::size_t layer) const { return lanes_.at(layer).height; }

double SpikeRaster::totalHeight() const {
  return lanes_.empty() ? 1.0 : lanes_.back().begin + lanes_.back().height;
}

SpikeRaster::Place SpikeRaster::placeAt(double value) const {
  for (std::size_t layer = 0; layer < lanes_.size(); ++layer) {
    const Lane& lane = lanes_[layer];
    const double margin = gap * lane.height;
    const double within = (value - lane.begin - margin) / (lane.height - 2 * margin);
    if (within < 0.0 || within >= 1.0) continue;
    return {layer, static_cast<qint64>(within * double(probe_->layers[layer].neurons)), true};
  }
  return {};
}

SpikeRaster::Scale SpikeRaster::scaleOf(std::size_t layer) const {
  const Lane& lane = lanes_[layer];
  const LayerActivity& activity = probe_->layers[layer];
  const double stepMs = probe_->time_step_s * 1e3;
  const double margin = gap * lane.height;
  Scale scale;
  scale.left = mKeyAxis->coordToPixel(0.0);
  scale.perStep = mKeyAxis->coordToPixel(stepMs) - scale.left;
  scale.base = mValueAxis->coordToPixel(lane.begin + margin);
  const double top = mValueAxis->coordToPixel(lane.begin + lane.height - margin);
  scale.perNeuron = (scale.base - top) / std::max<double>(1.0, double(activity.neurons));
  const QCPRange range = mKeyAxis->range();
  const auto before = [](const SpikeEvent& spike, double step) { return spike.step < step; };
  const auto first = std::lower_bound(activity.spikes.begin(), activity.spikes.end(),
                                      range.lower / stepMs - 1.0, before);
  const auto last =
      std::lower_bound(first, activity.spikes.end(), range.upper / stepMs + 1.0, before);
  scale.spikes = {first, last};
  return scale;
}

void SpikeRaster::draw(QCPPainter* painter) {
  if (!probe_ || !mKeyAxis || !mValueAxis) return;
  painter->setAntialiasing(false);
  const QRect area = clipRect();
  for (std::size_t layer = 0; layer < lanes_.size(); ++layer) {
    const Scale scale = scaleOf(layer);
    if (scale.spikes.size() > dense) {
      drawDense(painter, layer, scale);
    } else {
      drawTicks(painter, layer, scale);
    }
    if (layer > 0) {
      const double y = std::floor(mValueAxis->coordToPixel(lanes_[layer].begin));
      painter->setPen(QPen(theme_.border, 1));
      painter->drawLine(QLineF(area.left(), y, area.right(), y));
    }
  }
}

void SpikeRaster::drawTicks(QCPPainter* painter, std::size_t layer, const Scale& scale) {
  const double length = std::max(1.0, scale.perNeuron * 0.8);
  const double width = std::clamp(scale.perStep * 0.5, 1.0, 3.0);
  QVector<QLineF> ticks;
  ticks.reserve(static_cast<qsizetype>(scale.spikes.size()));
  for (const SpikeEvent& spike : scale.spikes) {
    const double x = scale.left + (spike.step + 0.5) * scale.perStep;
    const double y = scale.base - (spike.neuron + 0.5) * scale.perNeuron;
    ticks.append(QLineF(x, y - length / 2, x, y + length / 2));
  }
  QPen pen(theme_.layerColor(qint64(layer)), width);
  pen.setCapStyle(Qt::FlatCap);
  painter->setPen(pen);
  painter->drawLines(ticks);
}

void SpikeRaster::drawDense(QCPPainter* painter, std::size_t layer, const Scale& scale) {
  const QRect area = clipRect();
  const double ratio = mParentPlot->bufferDevicePixelRatio();
  QImage image((QSizeF(area.size()) * ratio).toSize(), QImage::Format_ARGB32_Premultiplied);
  image.setDevicePixelRatio(ratio);
  image.fill(Qt::transparent);
  const QRgb colour = theme_.layerColor(qint64(layer)).rgba();
  auto* pixels = reinterpret_cast<QRgb*>(image.bits());
  const auto stride = static_cast<std::size_t>(image.bytesPerLine()) / sizeof(QRgb);
  const int columns = image.width();
  const int rows = image.height();
  const int tall = std::max(1, static_cast<int>(scale.perNeuron * 0.8 * ratio));
  const int wide = std::clamp(static_cast<int>(scale.perStep * 0.5 * ratio), 1, 3);
  const double left = (scale.left + 0.5 * scale.perStep - area.left()) * ratio;
  const int above = tall / 2;  // whole pixels
  const double base = (scale.base - 0.5 * scale.perNeuron - area.top()) * ratio - above;
  const double perStep = scale.perStep * ratio;
  const double perNeuron = scale.perNeuron * ratio;
  for (const SpikeEvent& spike : scale.spikes) {
    const int x = static_cast<int>(left + spike.step * perStep);
    const int y = static_cast<int>(base - spike.neuron * perNeuron);
    const int toX = std::min(x + wide, columns);
    const int toY = std::min(y + tall, rows);
    for (int row = std::max(y, 0); row < toY; ++row) {
      QRgb* line = pixels + stride * static_cast<std::size_t>(row);
      for (int column = std::max(x, 0); column < toX; ++column) line[column] = colour;
    }
  }
  painter->drawImage(area.topLeft(), image);
}

double SpikeRaster::selectTest(const QPointF&, bool, QVariant*) const { return -1.0; }

QCPRange SpikeRaster::getKeyRange(bool& found, QCP::SignDomain) const {
  found = probe_ != nullptr;
  return found ? QCPRange(0.0, double(probe_->steps) * probe_->time_step_s * 1e3) : QCPRange();
}

QCPRange SpikeRaster::getValueRange(bool& found, QCP::SignDomain, const QCPRange&) const {
  found = !lanes_.empty();
  return {0.0, totalHeight()};
}

void SpikeRaster::drawLegendIcon(QCPPainter* painter, const QRectF& rect) const {
  painter->setPen(QPen(theme_.layerColor(1), 2));
  painter->drawLine(QLineF(rect.center().x(), rect.top(), rect.center().x(), rect.bottom()));
}

}  // namespace paralif
