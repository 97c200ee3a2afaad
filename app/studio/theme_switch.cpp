// The system's choice is read from the palette Qt gives us before we set our own.
#include "app/studio/theme_switch.h"

#include <QApplication>
#include <QStyle>
#include <QStyleFactory>

#include "widgets/theme/theme.h"

namespace paralif {

void applyTheme(const QString& name) {
  if (QApplication::style()->objectName().compare("fusion", Qt::CaseInsensitive) != 0) {
    QApplication::setStyle(QStyleFactory::create("Fusion"));
  }
  bool dark = name == "dark";
  if (name != "dark" && name != "light") {
    QApplication::setPalette(QPalette());
    dark = isDark(QApplication::palette());
  }
  const Theme& theme = dark ? Theme::night() : Theme::light();
  QApplication::setPalette(theme.palette());
  qApp->setStyleSheet(theme.styleSheet());
}

}  // namespace paralif
