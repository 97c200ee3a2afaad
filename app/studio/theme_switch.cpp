// The system's choice is read from the palette Qt gives us before we set our own.
#include "app/studio/theme_switch.h"

#include <QApplication>
#include <QStyle>

#include "widgets/theme/theme.h"
#include "widgets/theme/theme_style.h"

namespace paralif {

void applyColours(const QString& name) {
  [[maybe_unused]] static const bool styled = [] {
    QApplication::setStyle(new ThemeStyle);
    return true;
  }();
  bool dark = name == "dark";
  if (name != "dark" && name != "light") {
    QApplication::setPalette(QPalette());
    dark = isDark(QApplication::palette());
  }
  QApplication::setPalette((dark ? Theme::night() : Theme::light()).palette());
}

void applyRules() { qApp->setStyleSheet(Theme::of(QApplication::palette()).styleSheet()); }

void applyTheme(const QString& name) {
  applyColours(name);
  applyRules();
}

}  // namespace paralif
