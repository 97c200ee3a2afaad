// Image, veil over the outside of the figure, true borders and the mark, in this order.
#include "widgets/views/decision_map_item.h"

#include <algorithm>

#include "widgets/views/yin_yang_outline.h"

namespace paralif {
namespace {

constexpr int yinYangClasses = 3;

}  // namespace

QRgb decisionColor(const Theme& theme, int predicted, float confidence, int classes) {
  if (predicted < 0) return mix(theme.surface, theme.border, 0.4).rgb();
  const double chance = 1.0 / classes;
  const double sure = std::clamp((double(confidence) - chance) / (1.0 - chance), 0.0, 1.0);
  return mix(theme.surface, theme.classColor(predicted), 0.2 + 0.65 * sure).rgb();
}

DecisionMapItem::DecisionMapItem(QCPAxis* x, QCPAxis* y) : QCPAbstractPlottable(x, y) {
  setSelectable(QCP::stNone);
}

void DecisionMapItem::setMap(std::shared_ptr<const DecisionMap> map) {
  map_ = std::move(map);
  makeImage();
}

void DecisionMapItem::setTheme(const Theme& theme) {
  theme_ = theme;
  makeImage();
}

void DecisionMapItem::setYinYang(bool yinYang) {
  yinYang_ = yinYang;
  makeImage();
}

void DecisionMapItem::setMark(std::optional<QPointF> point, qint64 label) {
  mark_ = point;
  markLabel_ = label;
}

void DecisionMapItem::makeImage() {
  if (!map_ || map_->side <= 0) {
    image_ = QImage();
    return;
  }
  const int side = static_cast<int>(map_->side);
  int classes = yinYangClasses;
  if (!yinYang_) {
    const auto highest = std::ranges::max_element(map_->predicted);
    classes = std::max(2, highest == map_->predicted.end() ? 2 : *highest + 1);
  }
  image_ = QImage(side, side, QImage::Format_RGB32);
  for (int row = 0; row < side; ++row) {
    auto* line = reinterpret_cast<QRgb*>(image_.scanLine(side - 1 - row));
    for (int column = 0; column < side; ++column) {
      const auto at = static_cast<std::size_t>(row) * static_cast<std::size_t>(side) +
                      static_cast<std::size_t>(column);
      line[column] =
          decisionColor(theme_, map_->predicted[at], map_->confidence[at], classes);
    }
  }
}

QPointF DecisionMapItem::toPixel(QPointF point) const {
  return {mKeyAxis->coordToPixel(point.x()), mValueAxis->coordToPixel(point.y())};
}

void DecisionMapItem::draw(QCPPainter* painter) {
  // Points lie at the nodes of a grid over 0..1, so the image reaches half a cell further.
  const double half = image_.isNull() || image_.width() < 2 ? 0.0 : 0.5 / (image_.width() - 1);
  const QRectF target(toPixel({-half, 1.0 + half}), toPixel({1.0 + half, -half}));
  if (!image_.isNull()) {
    painter->setRenderHint(QPainter::SmoothPixmapTransform, true);
    painter->drawImage(target, image_);
  }
  painter->setAntialiasing(true);
  if (yinYang_) drawOutline(painter);
  drawMark(painter);
}

void DecisionMapItem::drawOutline(QCPPainter* painter) const {
  QPainterPath beyond;
  beyond.addRect(QRectF(clipRect()).adjusted(-2, -2, 2, 2));
  beyond.addEllipse(QRectF(toPixel({0.0, 1.0}), toPixel({1.0, 0.0})));
  QColor veil = theme_.surface;
  veil.setAlpha(215);
  painter->fillPath(beyond, veil);

  QVector<QLineF> lines;
  lines.reserve(yinYangOutline().size());
  for (const QLineF& line : yinYangOutline()) {
    lines.append(QLineF(toPixel(line.p1()), toPixel(line.p2())));
  }
  painter->setPen(QPen(theme_.text, 1.1));
  painter->drawLines(lines);
}

void DecisionMapItem::drawMark(QCPPainter* painter) const {
  if (!mark_) return;
  const QPointF at = toPixel(*mark_);
  painter->setPen(QPen(theme_.surface, 4.5));
  painter->drawEllipse(at, 6, 6);
  painter->setPen(QPen(theme_.text, 2));
  painter->setBrush(theme_.classColor(markLabel_));
  painter->drawEllipse(at, 6, 6);
}

double DecisionMapItem::selectTest(const QPointF&, bool, QVariant*) const { return -1.0; }

QCPRange DecisionMapItem::getKeyRange(bool& found, QCP::SignDomain) const {
  found = true;
  return {0.0, 1.0};
}

QCPRange DecisionMapItem::getValueRange(bool& found, QCP::SignDomain, const QCPRange&) const {
  found = true;
  return {0.0, 1.0};
}

void DecisionMapItem::drawLegendIcon(QCPPainter*, const QRectF&) const {}

}  // namespace paralif
