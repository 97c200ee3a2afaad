#include "widgets/theme/theme_style.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>

#include "widgets/theme/theme.h"

namespace paralif {

ThemeStyle::ThemeStyle() : QProxyStyle("Fusion") {}

void ThemeStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option,
                               QPainter* painter, const QWidget* widget) const {
  if (element != PE_IndicatorCheckBox && element != PE_IndicatorItemViewItemCheck) {
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    return;
  }
  const Theme& theme = Theme::of(option->palette);
  const bool enabled = (option->state & State_Enabled) != 0;
  const bool on = (option->state & State_On) != 0;
  const bool partly = (option->state & State_NoChange) != 0;
  const bool near = (option->state & (State_MouseOver | State_HasFocus)) != 0;
  const QColor mark = on || partly ? (enabled ? theme.accent : theme.border) : theme.surface;
  QColor rim = near && enabled ? theme.accent : theme.muted;
  if (!enabled) rim = theme.border;
  if (on || partly) rim = mark;
  const QRectF box = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  painter->setPen(QPen(rim, 1));
  painter->setBrush(mark);
  painter->drawRoundedRect(box, 2.5, 2.5);
  painter->setPen(
      QPen(theme.surface, box.width() * 0.14, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  const auto at = [&box](double x, double y) {
    return QPointF(box.left() + x * box.width(), box.top() + y * box.height());
  };
  if (on) {
    painter->setBrush(Qt::NoBrush);
    painter->drawPolyline(QPolygonF{at(0.24, 0.52), at(0.43, 0.71), at(0.77, 0.31)});
  } else if (partly) {
    painter->drawLine(at(0.28, 0.5), at(0.72, 0.5));
  }
  painter->restore();
}

QSize ThemeStyle::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                                   const QWidget* widget) const {
  const QSize needed = QProxyStyle::sizeFromContents(type, option, size, widget);
  constexpr int air = 6;
  return type == CT_ItemViewItem ? needed + QSize(0, air) : needed;
}

int ThemeStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                          QStyleHintReturn* returned) const {
  if (hint == SH_DialogButtonBox_ButtonsHaveIcons) return 0;
  return QProxyStyle::styleHint(hint, option, widget, returned);
}

}  // namespace paralif
