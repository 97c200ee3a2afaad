// One tick a pixel column at most.
#include "widgets/lab/spike_rows.h"

#include <algorithm>
#include <cmath>

namespace paralif {

SpikeRows::SpikeRows(QCPAxis* timeAxis, QCPAxis* rowAxis)
    : QCPAbstractPlottable(timeAxis, rowAxis) {
  setSelectable(QCP::stNone);
}

void SpikeRows::draw(QCPPainter* painter) {
  if (!mKeyAxis || !mValueAxis) return;
  painter->setAntialiasing(false);
  const QCPRange range = mKeyAxis->range();
  const double upper = std::isnan(playhead_) ? range.upper : std::min(range.upper, playhead_);
  const double left = mKeyAxis->coordToPixel(0.0);
  QVector<QLineF> ticks;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const Row& row = rows_[i];
    const double perStep = mKeyAxis->coordToPixel(row.stepMs) - left;
    const double top = mValueAxis->coordToPixel(static_cast<double>(i) + 0.12);
    const double bottom = mValueAxis->coordToPixel(static_cast<double>(i) + 0.88);
    ticks.clear();
    double last = -1e9;
    auto spike = std::lower_bound(row.steps.begin(), row.steps.end(),
                                  static_cast<std::int32_t>(range.lower / row.stepMs) - 1);
    for (; spike != row.steps.end() && *spike * row.stepMs <= upper; ++spike) {
      const double x = std::floor(left + perStep * *spike);
      if (x == last) continue;
      last = x;
      ticks.append(QLineF(x, top, x, bottom));
    }
    QPen pen(row.colour, std::clamp(perStep * 0.5, 1.0, 2.0));
    pen.setCapStyle(Qt::FlatCap);
    painter->setPen(pen);
    painter->drawLines(ticks);
  }
}

double SpikeRows::selectTest(const QPointF&, bool, QVariant*) const {
  return -1.0;
}

QCPRange SpikeRows::getKeyRange(bool& found, QCP::SignDomain) const {
  found = false;
  return {};
}

QCPRange SpikeRows::getValueRange(bool& found, QCP::SignDomain, const QCPRange&) const {
  found = !rows_.empty();
  return {0.0, static_cast<double>(rows_.size())};
}

void SpikeRows::drawLegendIcon(QCPPainter* painter, const QRectF& rect) const {
  painter->setPen(mPen);
  painter->drawLine(QLineF(rect.center().x(), rect.top(), rect.center().x(), rect.bottom()));
}

}  // namespace paralif
