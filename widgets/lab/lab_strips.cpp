// Rectangles in and out of the layout.
#include "widgets/lab/lab_strips.h"

#include <QCoreApplication>
#include <algorithm>

#include "widgets/plots/plot_view.h"
#include "widgets/theme/words.h"

namespace paralif {
namespace {

constexpr int sideMargin = 46;  // pixels: room for tick labels
constexpr int stretches[]{3, 3, 3, 6, 6, 4, 4, 4, 3};

QString tr(const char* source) {
  return QCoreApplication::translate("LabPlot", source);
}

QString titleOf(LabStrips::Strip strip) {
  if (strip == LabStrips::stimulus) return tr("Stimulus (a.u.)");
  if (strip == LabStrips::spikes) return tr("Spikes, their number at the right");
  for (const lab::QuantityText& one : lab::quantities()) {
    if (LabStrips::stripOf(one.quantity) != strip) continue;
    return one.unit.empty() ? textOf(one.label)
                            : QString("%1 (%2)").arg(textOf(one.label), textOf(one.unit));
  }
  return {};
}

}  // namespace

LabStrips::Strip LabStrips::stripOf(lab::Quantity quantity) {
  switch (quantity) {
    case lab::Quantity::current:
      return current;
    case lab::Quantity::recovery:
      return recovery;
    case lab::Quantity::membrane:
      return membrane;
    case lab::Quantity::membrane_mv:
      return membraneMv;
    case lab::Quantity::normalised:
      return normalised;
    case lab::Quantity::change:
      return change;
    case lab::Quantity::probability:
      return probability;
  }
  return count;
}

LabStrips::LabStrips(QCustomPlot& plot)
    : layout_(plot.plotLayout()), margins_(new QCPMarginGroup(&plot)) {
  layout_->clear();
  layout_->setRowSpacing(0);
  for (int i = 0; i < count; ++i) make(plot, static_cast<Strip>(i));
  value(spikes)->setRangeReversed(true);
  value(spikes)->grid()->setVisible(false);
  rect(spikes).setRangeDrag(Qt::Horizontal);
  rect(spikes).setRangeZoom(Qt::Horizontal);
  shown_[stimulus] = true;
  shown_[spikes] = true;
  place();
}

void LabStrips::make(QCustomPlot& plot, Strip strip) {
  auto* rect = new QCPAxisRect(&plot);
  rects_[strip] = rect;
  layout_->addElement(strip + 1, 0, rect);  // items want to stand in a layout from the begin
  const bool lowest = strip == spikes;
  setUpAxisRect(rect, lowest ? tr("Time (ms)") : QString(), QString());
  rect->setMinimumSize(60, 20);
  rect->axis(QCPAxis::atBottom)->setTickLabels(lowest);
  rect->axis(QCPAxis::atLeft)->ticker()->setTickCount(3);
  QObject::connect(rect->axis(QCPAxis::atBottom),
                   qOverload<const QCPRange&>(&QCPAxis::rangeChanged), &plot,
                   [this](const QCPRange& range) {
                     for (QCPAxisRect* other : rects_) {
                       if (other != nullptr) other->axis(QCPAxis::atBottom)->setRange(range);
                     }
                   });
  auto* name = new QCPItemText(&plot);
  names_[strip] = name;
  name->setClipToAxisRect(false);  // it stands above the rectangle, in its margin
  name->position->setAxisRect(rect);
  name->position->setType(QCPItemPosition::ptAxisRectRatio);
  name->position->setCoords(0.0, 0.0);
  name->setPositionAlignment(Qt::AlignLeft | Qt::AlignBottom);
  name->setPadding(QMargins(4, 0, 4, 0));
  name->setText(titleOf(strip));
}

bool LabStrips::show(const std::vector<Strip>& wanted) {
  std::array<bool, count> shown{};
  shown[stimulus] = true;
  shown[spikes] = true;
  for (const Strip strip : wanted) shown[strip] = true;
  if (shown == shown_) return false;
  shown_ = shown;
  place();
  return true;
}

void LabStrips::place() {
  for (int i = 0; i < count; ++i) {
    QCPAxisRect* rect = rects_[i];
    if (rect->layout() != nullptr) rect->layout()->take(rect);
    rect->setMarginGroup(QCP::msLeft | QCP::msRight, nullptr);
    rect->setVisible(shown_[i]);
    names_[i]->setVisible(shown_[i]);
  }
  layout_->simplify();
  int row = 1;
  for (int i = 0; i < count; ++i) {
    if (!shown_[i]) continue;
    rects_[i]->setMarginGroup(QCP::msLeft | QCP::msRight, margins_);
    layout_->addElement(row, 0, rects_[i]);
    layout_->setRowStretchFactor(row, stretches[i]);
    ++row;
  }
  layout_->setRowStretchFactor(0, 0.001);
}

LabStrips::Strip LabStrips::stripOf(const QCPAxisRect* rect) const {
  return static_cast<Strip>(std::ranges::find(rects_, rect) - rects_.begin());
}

int LabStrips::titleHeight() const {
  return QFontMetrics(names_.front()->font()).height() + 2;
}

void LabStrips::recolor(const Theme& theme, const QFont& font) {
  QFont small = font;
  small.setPointSizeF(8.0);
  for (QCPItemText* name : names_) {
    name->setColor(theme.muted);
    name->setFont(small);
  }
  for (QCPAxisRect* rect : rects_) {
    rect->setMinimumMargins(QMargins(sideMargin, titleHeight(), 14, 4));
  }
}

}  // namespace paralif
