// Drawing by pixel columns.
#include "widgets/lab/trace_line.h"

#include <algorithm>
#include <cmath>

namespace paralif {
namespace {

constexpr qsizetype mostSmooth = 1500;  // points of a line that is drawn antialiased

}  // namespace

/// The steps in view and how they map to pixels.
struct TraceLine::Visible {
  std::size_t first = 0;
  std::size_t end = 0;
  double left = 0;     ///< pixel of step 0
  double perStep = 0;  ///< pixels
};

TraceLine::TraceLine(QCPAxis* timeAxis, QCPAxis* valueAxis)
    : QCPAbstractPlottable(timeAxis, valueAxis) {
  setSelectable(QCP::stNone);
  setAntialiased(false);
}

void TraceLine::setTrace(Trace trace, lab::Quantity quantity) {
  quantity_ = quantity;
  const Values* before = trace ? &lab::values_of(*trace, quantity) : nullptr;
  const Values* after = trace ? &lab::values_after_reset(*trace, quantity) : nullptr;
  take(std::move(trace), before, after);
}

void TraceLine::setStimulus(Trace trace) {
  static const Values none;
  const Values* values = trace ? &trace->stimulus : nullptr;
  take(std::move(trace), values, &none);
}

void TraceLine::take(Trace trace, const Values* values, const Values* after) {
  if (trace == trace_ && values == before_) return;
  trace_ = std::move(trace);
  before_ = values;
  after_ = after;
  if (isEmpty()) return;
  const auto [low, high] = std::ranges::minmax(*before_);
  range_ = {low, high};
  if (after_->empty()) return;
  const auto [least, most] = std::ranges::minmax(*after_);
  range_.expand({least, most});
}

bool TraceLine::isEmpty() const {
  return !trace_ || before_->empty();
}

TraceLine::Visible TraceLine::visible() const {
  const double stepMs = trace_->time_step_s * 1e3;
  const QCPRange range = mKeyAxis->range();
  const double upper = std::isnan(playhead_) ? range.upper : std::min(range.upper, playhead_);
  const auto count = static_cast<double>(before_->size());
  Visible part;
  part.first = static_cast<std::size_t>(std::clamp(std::floor(range.lower / stepMs), 0.0, count));
  part.end = static_cast<std::size_t>(std::clamp(std::ceil(upper / stepMs) + 1.0, 0.0, count));
  part.end = std::max(part.end, part.first);
  part.left = mKeyAxis->coordToPixel(0.0);
  part.perStep = mKeyAxis->coordToPixel(stepMs) - part.left;
  return part;
}

double TraceLine::pixelOf(double value) const {
  return std::clamp(mValueAxis->coordToPixel(value), -1e5, 1e5);
}

void TraceLine::draw(QCPPainter* painter) {
  if (isEmpty() || !mKeyAxis || !mValueAxis) return;
  const Visible part = visible();
  if (part.end <= part.first) return;
  if (partner_) drawPartner(painter, part);
  part.perStep >= 0.5 ? drawSteps(painter, part) : drawColumns(painter, part);
}

void TraceLine::drawSteps(QCPPainter* painter, const Visible& part) {
  const Values& values = *before_;
  const Values& held = settled(values, *after_);
  points_.clear();
  for (std::size_t t = part.first; t < part.end; ++t) {
    const double x = part.left + part.perStep * static_cast<double>(t);
    const double y = pixelOf(held[t]);
    if (held[t] != values[t]) points_.append({x, pixelOf(values[t])});
    points_.append({x, y});
    points_.append({x + part.perStep, y});
  }
  // Levels and verticals are sharpest as they are.
  painter->setAntialiasing(mPen.style() == Qt::SolidLine && points_.size() < mostSmooth &&
                           painter->modes().testFlag(QCPPainter::pmVectorized));
  painter->setPen(mPen);
  painter->setBrush(Qt::NoBrush);
  painter->drawPolyline(points_.constData(), static_cast<int>(points_.size()));
}

void TraceLine::drawColumns(QCPPainter* painter, const Visible& part) {
  const Values& values = *before_;
  const Values& held = settled(values, *after_);
  const double base = mValueAxis->coordToPixel(0.0);
  const double perUnit = mValueAxis->coordToPixel(1.0) - base;
  const QRect area = clipRect();
  const bool vectors = painter->modes().testFlag(QCPPainter::pmVectorized);
  const bool dashed = mPen.style() != Qt::SolidLine;
  painter->setAntialiasing(false);
  points_.clear();
  double before = held[part.first];
  for (std::size_t t = part.first; t < part.end;) {
    const double column = std::floor(part.left + part.perStep * static_cast<double>(t));
    const auto next = static_cast<std::size_t>(std::max(
        static_cast<double>(t) + 1.0, std::ceil((column + 1.0 - part.left) / part.perStep)));
    const std::size_t end = std::min(next, part.end);
    // From the last value of the column before, so that the line has no gaps.
    const auto span = [&](const Values& of) {
      const auto [low, high] = std::minmax_element(of.begin() + static_cast<std::ptrdiff_t>(t),
                                                   of.begin() + static_cast<std::ptrdiff_t>(end));
      return QCPRange(*low, *high);
    };
    QCPRange reach = span(values);
    if (&held != &values) reach.expand(span(held));
    const double one = base + perUnit * std::min(reach.lower, before);
    const double other = base + perUnit * std::max(reach.upper, before);
    const double top =
        std::clamp(std::floor(std::min(one, other)), area.top() - 2.0, area.bottom() + 2.0);
    const double bottom =
        std::clamp(std::floor(std::max(one, other)), area.top() - 2.0, area.bottom() + 2.0);
    if (vectors) {
      points_.append({column, bottom});
      points_.append({column, top});
    } else if (!dashed || static_cast<int>(column) % 6 < 4) {
      // Rectangles are far quicker than the pen's strokes.
      painter->fillRect(QRectF(column, top, 1.0, bottom - top + 1.0), mPen.color());
    }
    before = held[end - 1];
    t = end;
  }
  if (!vectors) return;
  painter->setPen(mPen);
  painter->setBrush(Qt::NoBrush);
  painter->drawPolyline(points_.constData(), static_cast<int>(points_.size()));
}

void TraceLine::drawPartner(QCPPainter* painter, const Visible& part) const {
  const Values& values = settled(*before_, *after_);
  const Values& others =
      settled(lab::values_of(*partner_, quantity_), lab::values_after_reset(*partner_, quantity_));
  const std::size_t end = std::min(part.end, others.size());
  QPolygonF area;
  const auto every = static_cast<std::size_t>(std::max(1.0, std::floor(0.5 / part.perStep)));
  const double width = part.perStep * static_cast<double>(every);
  const auto add = [&](const Values& of, std::size_t t, bool back) {
    const double x = part.left + part.perStep * static_cast<double>(t);
    const double y = mValueAxis->coordToPixel(of[t]);
    area << QPointF(back ? x + width : x, y) << QPointF(back ? x : x + width, y);
  };
  std::size_t last = part.first;
  for (std::size_t t = part.first; t < end; t += every) {
    add(values, t, false);
    last = t;
  }
  if (area.isEmpty()) return;
  for (std::size_t t = last;; t -= every) {
    add(others, t, true);
    if (t < part.first + every) break;
  }
  painter->setAntialiasing(false);
  painter->setPen(Qt::NoPen);
  painter->setBrush(mBrush);
  painter->drawPolygon(area);
}

double TraceLine::selectTest(const QPointF&, bool, QVariant*) const {
  return -1.0;
}

QCPRange TraceLine::getKeyRange(bool& found, QCP::SignDomain) const {
  found = !isEmpty();
  if (!found) return {};
  return {0.0, static_cast<double>(trace_->steps()) * trace_->time_step_s * 1e3};
}

QCPRange TraceLine::getValueRange(bool& found, QCP::SignDomain, const QCPRange&) const {
  found = !isEmpty();
  return found ? range_ : QCPRange();
}

void TraceLine::drawLegendIcon(QCPPainter* painter, const QRectF& rect) const {
  painter->setPen(mPen);
  painter->drawLine(QLineF(rect.left(), rect.center().y(), rect.right(), rect.center().y()));
}

}  // namespace paralif
