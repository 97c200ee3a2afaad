// Colours of the studio: one light and one dark set, safe for colour-blind readers.
#pragma once

#include <QColor>
#include <QPalette>
#include <QString>
#include <array>

namespace paralif {

/// Class and layer colours follow Okabe and Ito, "Color universal design" (2008), lightened on
/// dark ground until they reach a contrast of 4.5 to 1.
struct Theme {
  bool dark = false;
  QColor window;   ///< ground of panels
  QColor surface;  ///< ground of plots and editors
  QColor text;
  QColor muted;  ///< secondary text
  QColor border;
  QColor grid;
  QColor axis;
  QColor accent;
  QColor bad;
  QColor warning;
  QColor good;
  std::array<QColor, 6> series;

  static const Theme& light();
  static const Theme& night();
  /// The theme that goes with a widget's palette.
  static const Theme& of(const QPalette& palette);

  [[nodiscard]] QColor classColor(qint64 label) const;
  /// Layer 0 is the input and has a neutral colour.
  [[nodiscard]] QColor layerColor(qint64 layer) const;
  [[nodiscard]] QPalette palette() const;
  /// What a palette cannot say: spacing and borders of docks, tabs and bars, and the colours of
  /// labels whose property "tone" is "warning" or "muted".
  [[nodiscard]] QString styleSheet() const;
};

/// Whether text on this palette is light on dark.
bool isDark(const QPalette& palette);

/// `part` of `over` on top of the rest of `under`; part is 0..1.
QColor mix(const QColor& under, const QColor& over, double part);

}  // namespace paralif
