#include "widgets/theme/class_colors.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "widgets/theme/theme.h"

namespace paralif {
namespace {

constexpr std::size_t mostColors = 40;
constexpr double leastContrast = 3.0;  // WCAG 2.1, 1.4.11: graphical objects

double linear(double channel) {
  return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& colour) {
  return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
         0.0722 * linear(colour.blueF());
}

double contrast(const QColor& a, const QColor& b) {
  const double high = std::max(luminance(a), luminance(b));
  const double low = std::min(luminance(a), luminance(b));
  return (high + 0.05) / (low + 0.05);
}

using Lab = std::array<double, 3>;  ///< CIE 1976 L*a*b*, D65

double distance(const Lab& a, const Lab& b) {
  return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

Lab lab(const QColor& colour) {
  const double r = linear(colour.redF());
  const double g = linear(colour.greenF());
  const double b = linear(colour.blueF());
  const auto f = [](double t) {
    return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116.0;
  };
  const double x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const double y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const double z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  return {116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)};
}

std::vector<QColor> make(const Theme& theme) {
  std::vector<QColor> colours(theme.series.begin(), theme.series.end());
  const std::array<QColor, 4> light{QColor("#5b3fb0"), QColor("#8c4a3a"), QColor("#6b8e00"),
                                    QColor("#444b59")};
  const std::array<QColor, 4> dark{QColor("#ff7a8a"), QColor("#c98f6b"), QColor("#a8d84f"),
                                   QColor("#c3c9d4")};
  const auto& more = theme.dark ? dark : light;
  colours.insert(colours.end(), more.begin(), more.end());
  struct Candidate {
    QColor colour;
    Lab place;
    double apart;  ///< distance to the nearest colour taken
  };
  std::vector<Candidate> grid;
  for (int hue = 0; hue < 360; hue += 12) {
    for (const double saturation : {1.0, 0.65, 0.4}) {
      for (double lightness = 0.2; lightness < 0.9; lightness += 0.1) {
        const QColor colour = QColor::fromHslF(float(hue) / 360.0F, float(saturation),
                                               float(lightness));
        if (contrast(colour, theme.surface) >= leastContrast) grid.push_back({colour, lab(colour), 1e9});
      }
    }
  }
  const auto take = [&grid](const Lab& taken) {
    for (Candidate& one : grid) one.apart = std::min(one.apart, distance(one.place, taken));
  };
  for (const QColor& colour : colours) take(lab(colour));
  while (colours.size() < mostColors) {
    const Candidate farthest = *std::ranges::max_element(grid, {}, &Candidate::apart);
    colours.push_back(farthest.colour);
    take(farthest.place);
  }
  return colours;
}

}  // namespace

double colorDistance(const QColor& a, const QColor& b) {
  return distance(lab(a), lab(b));
}

const std::vector<QColor>& classColors(const Theme& theme) {
  if (theme.dark) {
    static const std::vector<QColor> dark = make(Theme::night());
    return dark;
  }
  static const std::vector<QColor> light = make(Theme::light());
  return light;
}

}  // namespace paralif
