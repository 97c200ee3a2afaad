// Painting and clicking.
#include "widgets/lab/figure_view.h"

#include <QMouseEvent>
#include <QPainter>

#include "widgets/lab/published_figure.h"
#include "widgets/theme/theme.h"

namespace paralif {

FigureView::FigureView(QWidget* parent) : QWidget(parent) {
  setObjectName("publishedFigure");
  setAccessibleName(tr("Published figure: thirteen runs on six stimuli"));
  setToolTip(tr("Click a spike train to open its run in the lab"));
  setCursor(Qt::PointingHandCursor);
}

void FigureView::paintEvent(QPaintEvent*) {
  const Theme& theme = Theme::of(palette());
  QPainter painter(this);
  painter.fillRect(rect(), theme.surface);
  drawPublishedFigure(painter, rect(), theme);
}

void FigureView::mouseReleaseEvent(QMouseEvent* event) {
  const int run = publishedRunAt(QRectF(rect()), event->position());
  if (event->button() == Qt::LeftButton && run >= 0) Q_EMIT runOpened(run);
}

}  // namespace paralif
