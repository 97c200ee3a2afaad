// Painting of a panel.
#include "widgets/lab/feature_tile.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

#include "core/lab/biological.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/words.h"

namespace paralif {
namespace {

/// Values as a line from the left to the right edge of an area, lowest to highest value.
void drawLine(QPainter& painter, const QRectF& area, const std::vector<double>& values,
              const QPen& pen) {
  if (values.size() < 2) return;
  const auto [low, high] = std::ranges::minmax(values);
  const double span = std::max(high - low, 1e-12);
  QPainterPath path;
  const std::size_t every = std::max<std::size_t>(1, values.size() / 1200);
  for (std::size_t t = 0; t < values.size(); t += every) {
    // A spike lasts one step, so each column takes its highest value.
    double value = values[t];
    for (std::size_t i = t; i < std::min(t + every, values.size()); ++i) {
      value = std::max(value, values[i]);
    }
    const QPointF point(area.left() + area.width() * double(t) / double(values.size() - 1),
                        area.bottom() - area.height() * (value - low) / span);
    t == 0 ? path.moveTo(point) : path.lineTo(point);
  }
  painter.setPen(pen);
  painter.drawPath(path);
}

QString markOf(lab::Answer answer) {
  switch (answer) {
    case lab::Answer::found:
      return "✓";
    case lab::Answer::not_found:
      return "–";
    case lab::Answer::impossible:
      return "✕";
  }
  return {};
}

}  // namespace

FeatureTile::FeatureTile(lab::Feature feature, QWidget* parent)
    : QWidget(parent), feature_(feature) {
  const lab::BiologicalPanel& panel = lab::biological_panel(feature);
  biological_ = lab::simulate(panel.neuron, panel.stimulus);
  const lab::FeatureText& text = lab::text_of(feature);
  setObjectName(QString("tile%1").arg(text.letter));
  setFocusPolicy(Qt::StrongFocus);
  setCursor(Qt::PointingHandCursor);
  setAnswer({});
}

void FeatureTile::setAnswer(TileAnswer answer) {
  answer_ = std::move(answer);
  const lab::FeatureText& text = lab::text_of(feature_);
  const QString title = QString("%1 %2").arg(text.letter).arg(textOf(text.name));
  const QString verdict =
      answer_.known ? QString("%1: %2").arg(answer_.model, lab::to_string(answer_.answer).data())
                    : tr("being judged");
  setAccessibleName(QString("%1, %2").arg(title, verdict));
  setToolTip(QString("<b>%1</b><br>%2<br><br><b>%3</b> %4")
                 .arg(title, textOf(text.criterion).toHtmlEscaped(), verdict,
                      answer_.sentence.toHtmlEscaped()));
  update();
}

void FeatureTile::paintEvent(QPaintEvent*) {
  const Theme& theme = Theme::of(palette());
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
  const bool marked = hasFocus() || hovered_;
  painter.setPen(QPen(marked ? theme.accent : theme.border, hasFocus() ? 2.0 : 1.0));
  painter.setBrush(theme.surface);
  painter.drawRoundedRect(frame, 4, 4);

  const QRectF inner = frame.adjusted(8, 5, -8, -5);
  const QFontMetricsF metrics(font());
  const double line = metrics.height();
  const lab::FeatureText& text = lab::text_of(feature_);
  QFont bold = font();
  bold.setBold(true);
  painter.setFont(bold);
  painter.setPen(theme.text);
  painter.drawText(
      QRectF(inner.left(), inner.top(), inner.width(), line), Qt::AlignLeft,
      QFontMetricsF(bold).elidedText(QString("%1  %2").arg(text.letter).arg(textOf(text.name)),
                                     Qt::ElideRight, inner.width()));
  painter.setFont(font());
  const QRectF plots(inner.left(), inner.top() + line + 3, inner.width(),
                     inner.height() - 2 * line - 8);
  const double share = plots.height();
  drawLine(painter, {plots.left(), plots.top(), plots.width(), 0.46 * share}, biological_.membrane,
           QPen(theme.muted, 1.0));
  drawLine(painter, {plots.left(), plots.top() + 0.52 * share, plots.width(), 0.14 * share},
           biological_.stimulus, QPen(theme.axis, 1.0));

  const QColor colour = !answer_.known                              ? theme.muted
                        : answer_.answer == lab::Answer::found      ? theme.good
                        : answer_.answer == lab::Answer::impossible ? theme.muted
                                                                    : theme.warning;
  const QRectF row(plots.left(), plots.top() + 0.74 * share, plots.width(), 0.26 * share);
  painter.setRenderHint(QPainter::Antialiasing, false);
  painter.setPen(QPen(theme.grid, 1.0));
  painter.drawLine(row.bottomLeft(), row.bottomRight());
  painter.setPen(QPen(colour, 1.2));
  const double steps = std::max<double>(1.0, double(answer_.trace.steps()));
  double last = -1.0;
  for (const std::int32_t step : answer_.trace.spikes) {
    const double x = std::floor(row.left() + row.width() * (step + 0.5) / steps);
    if (x == last) continue;
    last = x;
    painter.drawLine(QPointF(x, row.top()), QPointF(x, row.bottom()));
  }
  const QString verdict =
      answer_.known
          ? QString("%1 %2 · %3")
                .arg(markOf(answer_.answer), lab::to_string(answer_.answer).data(), answer_.model)
          : tr("judging…");
  painter.setPen(colour);
  painter.drawText(QRectF(inner.left(), inner.bottom() - line, inner.width(), line), Qt::AlignLeft,
                   metrics.elidedText(verdict, Qt::ElideRight, inner.width()));
}

void FeatureTile::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint())) {
    Q_EMIT opened(feature_);
  }
}

void FeatureTile::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter ||
      event->key() == Qt::Key_Space) {
    Q_EMIT opened(feature_);
    return;
  }
  QWidget::keyPressEvent(event);
}

void FeatureTile::enterEvent(QEnterEvent*) {
  hovered_ = true;
  update();
}

void FeatureTile::leaveEvent(QEvent*) {
  hovered_ = false;
  update();
}

}  // namespace paralif
