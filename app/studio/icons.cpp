// Rendering and tinting of the SVG icons.
#include "app/studio/icons.h"

#include <QPainter>
#include <QSvgRenderer>

static void initIcons() { Q_INIT_RESOURCE(studio); }

namespace paralif {

QIcon tintedIcon(const QString& name, const QColor& colour) {
  initIcons();
  QSvgRenderer drawing(":/icons/" + name + ".svg");
  QIcon icon;
  for (const int side : {16, 20, 24, 32, 48, 64}) {
    QPixmap pixmap(side, side);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    drawing.render(&painter);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(pixmap.rect(), colour);
    painter.end();
    icon.addPixmap(pixmap);
  }
  return icon;
}

QIcon programIcon() {
  initIcons();
  return QIcon(":/icons/paralif-studio.svg");
}

}  // namespace paralif
