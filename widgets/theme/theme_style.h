// Qt's Fusion style with check boxes that are seen on dark windows, too, and rows that breathe.
#pragma once

#include <QProxyStyle>

namespace paralif {

class ThemeStyle : public QProxyStyle {
  Q_OBJECT

 public:
  ThemeStyle();
  void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
  /// Rows of lists and trees with room between them.
  QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                         const QWidget* widget) const override;
  /// Buttons of dialogs bear words alone: Fusion's own icons are black on dark windows, too.
  int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                QStyleHintReturn* returned) const override;
};

}  // namespace paralif
