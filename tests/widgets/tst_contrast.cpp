// Texts and marks stand out from what they lie on (WCAG 2.1: 1.4.3 texts, 1.4.11 graphical objects), and
// the colours of layers and classes from one another for readers who do not tell red from green.
#include <QTest>
#include <algorithm>
#include <array>
#include <cmath>

#include "widgets/theme/class_colors.h"
#include "widgets/theme/theme.h"

using namespace paralif;

namespace {

double linear(double channel) {
  return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double contrast(const QColor& a, const QColor& b) {
  const auto luminance = [](const QColor& c) {
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
  };
  const auto [low, high] = std::minmax({luminance(a), luminance(b)});
  return (high + 0.05) / (low + 0.05);
}

/// As a reader without the long-wave (protan) or middle-wave (deutan) cones sees it: Viénot, Brettel and
/// Mollon, Color Research and Application 24 (1999), on linear sRGB.
QColor seenBy(const QColor& colour, bool protan) {
  const double r = linear(colour.redF());
  const double g = linear(colour.greenF());
  const double b = linear(colour.blueF());
  const double yellow = protan ? 0.11238 * r + 0.88762 * g : 0.29275 * r + 0.70725 * g;
  const double blue = protan ? 0.00401 * r - 0.00401 * g + b : -0.02234 * r + 0.02234 * g + b;
  const auto gamma = [](double t) {
    const double c = std::clamp(t, 0.0, 1.0);
    return float(c <= 0.0031308 ? 12.92 * c : 1.055 * std::pow(c, 1.0 / 2.4) - 0.055);
  };
  return QColor::fromRgbF(gamma(yellow), gamma(yellow), gamma(blue));
}

}  // namespace

class TestContrast : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void textsAreRead_data() {
    QTest::addColumn<QColor>("text");
    QTest::addColumn<QColor>("ground");
    for (const Theme* theme : {&Theme::light(), &Theme::night()}) {
      const QPalette palette = theme->palette();
      const std::array<std::pair<const char*, QColor>, 5> texts{{{"text", theme->text},
                                                                {"muted", theme->muted},
                                                                {"accent", theme->accent},
                                                                {"bad", theme->bad},
                                                                {"good", theme->good}}};
      for (const auto& [name, text] : texts) {
        for (const auto& [place, ground] : {std::pair{"window", theme->window}, std::pair{"surface", theme->surface}}) {
          QTest::addRow("%s %s on %s", theme->dark ? "dark" : "light", name, place) << text << ground;
        }
      }
      const char* set = theme->dark ? "dark" : "light";
      QTest::addRow("%s selection", set) << palette.color(QPalette::HighlightedText) << palette.color(QPalette::Highlight);
      QTest::addRow("%s warning", set) << theme->text << theme->warning;
      QTest::addRow("%s error bar", set) << theme->text << mix(theme->surface, theme->bad, 0.16);
      QTest::addRow("%s offer bar", set) << theme->text << mix(theme->surface, theme->accent, 0.12);
      QTest::addRow("%s button", set) << palette.color(QPalette::ButtonText) << palette.color(QPalette::Button);
    }
  }
  void textsAreRead() {
    QFETCH(QColor, text);
    QFETCH(QColor, ground);
    QVERIFY2(contrast(text, ground) >= 4.5, qPrintable(QString::number(contrast(text, ground))));
  }

  void marksAreSeen() {
    for (const Theme* theme : {&Theme::light(), &Theme::night()}) {
      for (const QColor& colour : theme->series) {
        QVERIFY2(contrast(colour, theme->surface) >= 3.0, qPrintable(colour.name()));
      }
      QVERIFY(contrast(theme->axis, theme->surface) >= 3.0);
      for (const QColor& colour : classColors(*theme)) {
        QVERIFY2(contrast(colour, theme->surface) >= 3.0, qPrintable(colour.name()));
      }
    }
  }

  /// The three of the curves and of Yin-Yang, which lie beside one another in most views.
  void threeColoursDifferWithoutRedAndGreen() {
    for (const Theme* theme : {&Theme::light(), &Theme::night()}) {
      for (const bool protan : {true, false}) {
        for (std::size_t i = 0; i < 3; ++i) {
          for (std::size_t j = 0; j < i; ++j) {
            const double apart = colorDistance(seenBy(theme->series[i], protan), seenBy(theme->series[j], protan));
            QVERIFY2(apart > 20.0, qPrintable(QString("%1 and %2: %3").arg(theme->series[i].name(), theme->series[j].name()).arg(apart)));
          }
        }
      }
    }
  }
};

QTEST_MAIN(TestContrast)
#include "tst_contrast.moc"
