// Navigation and life cycle of the plots' base.
#include "widgets/plots/plot_view.h"

#include <QLabel>
#include <QMenu>

#include <algorithm>

#include "widgets/plots/plot_actions.h"
#include "widgets/theme/numbers.h"

namespace paralif {
namespace {

constexpr double zoomStep = 0.8;
constexpr double panStep = 0.15;
constexpr int readDigits = 4;  ///< significant ones under the cursor
constexpr int tickDigits = 6;

/// Size of the type of axes and read-outs, which grows with the window's.
double smallPoints(const QFont& font) {
  constexpr double least = 8.0;
  constexpr double part = 0.8;
  return std::max(least, part * font.pointSizeF());
}

QLabel* overlay(QWidget* parent, const char* name) {
  auto* label = new QLabel(parent);
  label->setObjectName(name);
  label->setTextFormat(Qt::PlainText);  // names in it may come from files
  label->setAttribute(Qt::WA_TransparentForMouseEvents);
  label->hide();
  return label;
}

}  // namespace

PlotView::PlotView(const QString& name, QWidget* parent)
    : QCustomPlot(parent), name_(name), badge_(overlay(this, "badge")),
      readout_(overlay(this, "readout")), hint_(overlay(this, "hint")) {
  setObjectName(name);
  hint_->setAlignment(Qt::AlignCenter);
  setLocale(numberLocale());
  setAccessibleName(name + tr(" plot"));
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
  setSelectionRectMode(QCP::srmNone);
  setNoAntialiasingOnDrag(true);
  axisRect()->setRangeZoomFactor(zoomStep);
  addPlotActions(*this);
}

void PlotView::dataChanged() {
  newer_ = true;
  if (!frozen_ && isVisible()) showNewest();
}

void PlotView::showNewest() {
  newer_ = false;
  refreshData();
  if (following_) fitAxes();
  replot(QCustomPlot::rpQueuedReplot);
}

void PlotView::follow() { setLocked(false); }

void PlotView::setLocked(bool locked) {
  if (!locked) {
    fitAxes();
    replot(QCustomPlot::rpQueuedReplot);
  }
  if (following_ == !locked) return;
  following_ = !locked;
  updateBadge();
  Q_EMIT followingChanged(following_);
}

void PlotView::setFrozen(bool frozen) {
  if (frozen_ == frozen) return;
  frozen_ = frozen;
  updateBadge();
  Q_EMIT frozenChanged(frozen_);
  if (!frozen_ && newer_ && isVisible()) showNewest();
}

void PlotView::updateBadge() {
  const QString text = frozen_      ? tr("frozen · Z")
                       : following_ ? QString()
                                    : tr("axes locked · F follows");
  badge_->setText(text);
  badge_->setVisible(!text.isEmpty());
  badge_->adjustSize();
  badge_->move(width() - badge_->width() - 6, 4);
  badge_->raise();
}

void PlotView::fitAxes() { rescaleAxes(); }

QString PlotView::readout(const QCPAxisRect& rect, QPointF position) const {
  const QCPAxis* x = rect.axis(QCPAxis::atBottom);
  const QCPAxis* y = rect.axis(QCPAxis::atLeft);
  return QString("%1: %2\n%3: %4")
      .arg(x->label(), numberText(x->pixelToCoord(position.x()), readDigits), y->label(),
           numberText(y->pixelToCoord(position.y()), readDigits));
}

void PlotView::showReadout(QPoint position) {
  const QCPAxisRect* rect = axisRectAt(position);
  const bool inside = rect != nullptr && rect->rect().contains(position);
  const QString text = inside ? readout(*rect, position) : QString();
  readout_->setVisible(!text.isEmpty());
  if (text.isEmpty()) return;
  readout_->setText(text);
  readout_->adjustSize();
  const int right = position.x() + 14;
  const int above = position.y() - readout_->height() - 8;
  readout_->move(right + readout_->width() < width() ? right
                                                     : position.x() - readout_->width() - 10,
                 above > 0 ? above : position.y() + 16);
  readout_->raise();
}

void PlotView::wheelEvent(QWheelEvent* event) {
  if (axisRectAt(event->position()) != nullptr) setLocked(true);
  QCustomPlot::wheelEvent(event);
}

void PlotView::mousePressEvent(QMouseEvent* event) {
  press_ = event->position().toPoint();
  pressed_ = event->button() == Qt::LeftButton;
  const bool box = pressed_ && event->modifiers().testFlag(Qt::ShiftModifier);
  setSelectionRectMode(box ? QCP::srmZoom : QCP::srmNone);
  QCustomPlot::mousePressEvent(event);
}

void PlotView::mouseMoveEvent(QMouseEvent* event) {
  const QPoint position = event->position().toPoint();
  if (pressed_ && (position - press_).manhattanLength() > 2 && axisRectAt(press_) != nullptr) {
    setLocked(true);
  }
  QCustomPlot::mouseMoveEvent(event);
  showReadout(position);
}

void PlotView::mouseReleaseEvent(QMouseEvent* event) {
  pressed_ = false;
  QCustomPlot::mouseReleaseEvent(event);
}

void PlotView::mouseDoubleClickEvent(QMouseEvent* event) {
  QCustomPlot::mouseDoubleClickEvent(event);
  follow();
}

void PlotView::zoomAll(double factor) {
  setLocked(true);
  for (QCPAxisRect* rect : axisRects()) {
    for (QCPAxis* axis : rect->rangeZoomAxes(Qt::Horizontal) + rect->rangeZoomAxes(Qt::Vertical)) {
      axis->scaleRange(factor, axis->range().center());
    }
  }
  replot(QCustomPlot::rpQueuedReplot);
}

void PlotView::panAll(double across, double up) {
  setLocked(true);
  for (QCPAxisRect* rect : axisRects()) {
    for (QCPAxis* axis : rect->rangeDragAxes(Qt::Horizontal)) {
      axis->moveRange(across * axis->range().size());
    }
    for (QCPAxis* axis : rect->rangeDragAxes(Qt::Vertical)) {
      axis->moveRange(up * axis->range().size());
    }
  }
  replot(QCustomPlot::rpQueuedReplot);
}

void PlotView::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal: return zoomAll(zoomStep);
    case Qt::Key_Minus: return zoomAll(1.0 / zoomStep);
    case Qt::Key_Left: return panAll(-panStep, 0.0);
    case Qt::Key_Right: return panAll(panStep, 0.0);
    case Qt::Key_Up: return panAll(0.0, panStep);
    case Qt::Key_Down: return panAll(0.0, -panStep);
    default: QCustomPlot::keyPressEvent(event);
  }
}

void PlotView::contextMenuEvent(QContextMenuEvent* event) {
  QMenu menu(this);
  menu.addActions(actions());
  menu.exec(event->globalPos());
}

void PlotView::leaveEvent(QEvent* event) {
  readout_->hide();
  QCustomPlot::leaveEvent(event);
}

void PlotView::showEvent(QShowEvent* event) {
  QCustomPlot::showEvent(event);
  if (newer_ && !frozen_) showNewest();
}

void PlotView::resizeEvent(QResizeEvent* event) {
  QCustomPlot::resizeEvent(event);
  if (following_) {
    fitAxes();
    replot(QCustomPlot::rpQueuedReplot);
  }
  updateBadge();
  placeHint();
}

void PlotView::setHint(const QString& text) {
  hint_->setText(text);
  hint_->setVisible(!text.isEmpty());
  placeHint();
}

void PlotView::placeHint() {
  const int margin = fontMetrics().averageCharWidth();
  const QSize room = this->size() - QSize(2 * margin, 2 * margin);
  hint_->setWordWrap(hint_->fontMetrics().horizontalAdvance(hint_->text()) > room.width());
  const QSize whole = hint_->wordWrap() ? QSize(room.width(), hint_->heightForWidth(room.width()))
                                        : hint_->sizeHint();
  const QSize size = whole.boundedTo(this->size());
  hint_->setGeometry(QStyle::alignedRect(layoutDirection(), Qt::AlignCenter, size, rect()));
}

void PlotView::changeEvent(QEvent* event) {
  QCustomPlot::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) applyTheme();
}

const Theme& PlotView::theme() const { return Theme::of(palette()); }

void PlotView::applyTheme() {
  const Theme& colours = theme();
  setBackground(QBrush(colours.surface));
  styleAxes(colours);
  const QString box = QString("border-radius: 3px; padding: 2px 5px; font-size: %1pt;")
                          .arg(smallPoints(font())) +
                      "border: 1px solid %1; background: %2; color: %3;";
  badge_->setStyleSheet(
      box.arg(colours.accent.name(), colours.surface.name(), colours.accent.name()));
  readout_->setStyleSheet(
      box.arg(colours.border.name(), colours.window.name(), colours.text.name()));
  hint_->setStyleSheet(QString("color: %1;").arg(colours.muted.name()));
  recolor(colours);
  replot(QCustomPlot::rpQueuedReplot);
}

void PlotView::styleAxes(const Theme& colours) {
  QFont small = font();
  small.setPointSizeF(smallPoints(font()));
  for (QCPAxisRect* rect : axisRects()) {
    rect->setRangeZoomFactor(zoomStep);
    for (QCPAxis* axis : rect->axes()) {
      axis->setBasePen(QPen(colours.axis, 1));
      axis->setTickPen(QPen(colours.axis, 1));
      axis->setSubTickPen(Qt::NoPen);
      axis->setLabelColor(colours.muted);
      axis->setTickLabelColor(colours.muted);
      axis->setLabelFont(small);
      axis->setTickLabelFont(small);
      axis->setNumberFormat("g");  // 1e-05 as in fields and files, not a typeset power
      axis->setNumberPrecision(tickDigits);
      axis->grid()->setPen(QPen(colours.grid, 1));
      axis->grid()->setZeroLinePen(Qt::NoPen);
    }
  }
  for (auto* key : findChildren<QCPLegend*>()) {
    key->setBrush(QBrush(mix(colours.surface, colours.window, 0.5)));
    key->setBorderPen(QPen(colours.border));
    key->setTextColor(colours.text);
    key->setFont(small);
    key->setIconSize(14, 8);
    key->setRowSpacing(0);
    key->setMargins(QMargins(5, 2, 5, 2));
  }
  if (selectionRect() != nullptr) {
    selectionRect()->setPen(QPen(colours.accent, 1));
    QColor fill = colours.accent;
    fill.setAlpha(40);
    selectionRect()->setBrush(QBrush(fill));
  }
}

void setUpAxisRect(QCPAxisRect* rect, const QString& xLabel, const QString& yLabel) {
  rect->setupFullAxesBox(false);
  for (const auto side : {QCPAxis::atTop, QCPAxis::atRight}) {
    rect->axis(side)->setTicks(false);
    rect->axis(side)->setTickLabels(false);
    rect->axis(side)->setVisible(false);
  }
  for (const auto side : {QCPAxis::atBottom, QCPAxis::atLeft}) {
    QCPAxis* axis = rect->axis(side);
    axis->setTickLength(0, 4);
    axis->setTickLabelPadding(4);
    axis->setLabelPadding(2);
    axis->ticker()->setTickCount(5);
    axis->grid()->setLayer("grid");
  }
  rect->axis(QCPAxis::atBottom)->setLabel(xLabel);
  rect->axis(QCPAxis::atLeft)->setLabel(yLabel);
}

}  // namespace paralif
