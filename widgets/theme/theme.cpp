// The two sets of colours and what Qt needs of them.
#include "widgets/theme/theme.h"

#include <cmath>

#include "widgets/theme/class_colors.h"

namespace paralif {

const Theme& Theme::light() {
  static const Theme theme{false,
                           QColor("#f3f4f6"),
                           QColor("#ffffff"),
                           QColor("#1f2430"),
                           QColor("#5d6675"),
                           QColor("#d3d7de"),
                           QColor("#eceef1"),
                           QColor("#8b93a1"),
                           QColor("#0b66c3"),
                           QColor("#c0392b"),
                           QColor("#fff3d6"),
                           QColor("#007d5a"),
                           {QColor("#0072b2"), QColor("#d55e00"), QColor("#009e73"),
                            QColor("#aa4499"), QColor("#b07d00"), QColor("#3898d0")}};
  return theme;
}

const Theme& Theme::night() {
  static const Theme theme{true,
                           QColor("#20242b"),
                           QColor("#171a20"),
                           QColor("#e3e6eb"),
                           QColor("#9aa3b2"),
                           QColor("#363c47"),
                           QColor("#272c34"),
                           QColor("#6d7686"),
                           QColor("#58a6ff"),
                           QColor("#ff7b72"),
                           QColor("#453a1d"),
                           QColor("#3fcf9b"),
                           {QColor("#56b4e9"), QColor("#ff9d4d"), QColor("#2fc08e"),
                            QColor("#dd8fc0"), QColor("#f0d545"), QColor("#8aa4ff")}};
  return theme;
}

bool isDark(const QPalette& palette) {
  return palette.color(QPalette::Window).lightness() <
         palette.color(QPalette::WindowText).lightness();
}

const Theme& Theme::of(const QPalette& palette) { return isDark(palette) ? night() : light(); }

QColor Theme::classColor(qint64 label) const {
  if (label < 0) return border;
  const std::vector<QColor>& colours = classColors(*this);
  return colours[static_cast<std::size_t>(label) % colours.size()];
}

QColor Theme::layerColor(qint64 layer) const {
  if (layer <= 0) return muted;
  return series[static_cast<std::size_t>(layer - 1) % series.size()];
}

QPalette Theme::palette() const {
  QPalette colours;
  colours.setColor(QPalette::Window, window);
  colours.setColor(QPalette::WindowText, text);
  colours.setColor(QPalette::Base, surface);
  colours.setColor(QPalette::AlternateBase, mix(surface, text, 0.035));
  colours.setColor(QPalette::Text, text);
  colours.setColor(QPalette::Button, mix(window, surface, 0.5));
  colours.setColor(QPalette::ButtonText, text);
  colours.setColor(QPalette::BrightText, bad);
  colours.setColor(QPalette::ToolTipBase, surface);
  colours.setColor(QPalette::ToolTipText, text);
  colours.setColor(QPalette::PlaceholderText, muted);
  colours.setColor(QPalette::Highlight, accent);
  colours.setColor(QPalette::HighlightedText, dark ? QColor("#0d1117") : QColor("#ffffff"));
  colours.setColor(QPalette::Link, accent);
  colours.setColor(QPalette::LinkVisited, accent);
  colours.setColor(QPalette::Light, mix(window, surface, 0.8));
  colours.setColor(QPalette::Midlight, border);
  colours.setColor(QPalette::Mid, border);
  colours.setColor(QPalette::Dark, mix(border, text, 0.2));
  colours.setColor(QPalette::Shadow, dark ? QColor("#000000") : mix(border, text, 0.3));
  const QColor faint = mix(window, text, 0.42);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
    colours.setColor(QPalette::Disabled, role, faint);
  }
  colours.setColor(QPalette::Disabled, QPalette::Highlight, border);
  return colours;
}

QString Theme::styleSheet() const {
  return QString(R"(
    QToolTip { border: 1px solid %1; padding: 4px; background: %2; color: %3; }
    QDockWidget { font-weight: 600; }
    QDockWidget::title { background: %4; padding: 5px 8px; border-bottom: 1px solid %1; }
    QMainWindow::separator { background: %4; width: 5px; height: 5px; }
    QMainWindow::separator:hover { background: %5; }
    QToolBar { border: none; border-bottom: 1px solid %1; padding: 3px 6px; spacing: 3px; }
    QStatusBar { border-top: 1px solid %1; }
    QStatusBar::item { border: none; }
    QTabBar::tab { padding: 5px 12px; border: none; border-bottom: 2px solid transparent;
                   background: %4; color: %6; }
    QTabBar::tab:selected { color: %3; border-bottom: 2px solid %5; }
    QTabBar::tab:hover { color: %3; }
    QTabWidget::pane { border: none; }
    QScrollArea { border: none; }
    QLabel[tone="warning"] { background: %7; color: %3; border-radius: 4px; }
    QLabel[tone="muted"] { color: %6; }
  )")
      .arg(border.name(), surface.name(), text.name(), window.name(), accent.name(),
           muted.name(), warning.name());
}

QColor mix(const QColor& under, const QColor& over, double part) {
  const auto blend = [part](int a, int b) {
    return static_cast<int>(std::lround(a + (b - a) * part));
  };
  return {blend(under.red(), over.red()), blend(under.green(), over.green()),
          blend(under.blue(), over.blue())};
}

}  // namespace paralif
