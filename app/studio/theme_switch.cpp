// The system's choice is read from the palette Qt gives us before we set our own.
#include "app/studio/theme_switch.h"

#include <QApplication>
#include <QStyle>

#include "widgets/theme/theme.h"
#include "widgets/theme/theme_style.h"

namespace paralif {

void applyTheme(const QString& name) {
  [[maybe_unused]] static const bool styled = [] {
    QApplication::setStyle(new ThemeStyle);
    return true;
  }();
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
