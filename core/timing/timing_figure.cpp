// Axes, curves and words of the SVG.
#include "core/timing/timing_figure.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "datasets/atomic_file.h"
#include "datasets/error.h"

namespace paralif {
namespace {

// Okabe and Ito, "Color universal design" (2008).
constexpr const char* colours[] = {"#0072b2", "#d55e00", "#009e73",
                                   "#aa4499", "#b07d00", "#3f9fd6"};
constexpr double left = 70;
constexpr double right = 20;
constexpr double top = 34;
constexpr double below = 132;  ///< axis label, caption and citation

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    out += c == '&' ? std::string("&amp;") : c == '<' ? std::string("&lt;") : std::string(1, c);
  }
  return out;
}

class Axis {
 public:
  Axis(double low, double high, bool log, double from, double to)
      : log_(log),
        low_(log ? std::log10(low) : 0.0),
        high_(log ? std::log10(high) : high * 1.05),
        from_(from),
        to_(to) {
    if (log_) {
      const double margin = std::max(0.05, 0.03 * (high_ - low_));
      low_ -= margin;
      high_ += margin;
    }
  }

  [[nodiscard]] double at(double value) const {
    const double v = log_ ? std::log10(std::max(value, 1e-12)) : value;
    return from_ + (v - low_) / (high_ - low_) * (to_ - from_);
  }

  [[nodiscard]] std::vector<double> ticks() const {
    std::vector<double> values;
    if (log_) {
      for (double e = std::ceil(low_); e <= high_; ++e) values.push_back(std::pow(10.0, e));
      return values;
    }
    const double raw = high_ / 5;
    const double decade = std::pow(10.0, std::floor(std::log10(raw)));
    const double step = decade * (raw / decade > 5 ? 10 : raw / decade > 2 ? 5 : 2);
    for (double v = 0; v <= high_; v += step) values.push_back(v);
    return values;
  }

 private:
  bool log_;
  double low_;
  double high_;
  double from_;
  double to_;
};

struct Extent {
  double low = 1e300;
  double high = 0.0;
  void take(double value) {
    if (!(value > 0)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  }
};

/// Text in lines of about `width` characters.
std::string lines(const std::string& text, double x, double y, std::size_t width) {
  std::string svg;
  std::size_t begin = 0;
  while (begin < text.size()) {
    std::size_t end = std::min(begin + width, text.size());
    if (end < text.size()) {
      const std::size_t space = text.rfind(' ', end);
      if (space != std::string::npos && space > begin) end = space;
    }
    svg += fmt::format("<text x='{:.0f}' y='{:.0f}' font-size='10.5' fill='#5d6675'>{}</text>\n", x,
                       y, escaped(text.substr(begin, end - begin)));
    begin = end + 1;
    y += 14;
  }
  return svg;
}

/// A line of the figure with its place in the key.
struct Line {
  std::string name;
  const char* colour = nullptr;
  bool dashed = false;    ///< an overlay
  bool backward = false;  ///< dotted
  std::string family;     ///< lines of one colour
  std::vector<const TimingResult*> points;
};

const char* stroke_of(const Line& line) {
  if (line.backward) return "stroke-width='1.6' stroke-dasharray='2 3'";
  return line.dashed ? "stroke-width='1.2' stroke-dasharray='7 4'" : "stroke-width='1.8'";
}

std::string curve_svg(const Line& one, const Axis& x, const Axis& y, double floor_y) {
  const char* colour = one.colour;
  std::string band;
  std::string back;
  std::string line;
  std::string marks;
  for (const TimingResult* p : one.points) {
    const auto at = x.at(static_cast<double>(p->point.steps));
    if (p->trials_ms.empty()) {
      marks += fmt::format(
          "<path d='M{0:.1f} {1:.1f}l8 8m0 -8l-8 8' stroke='{2}' "
          "stroke-width='1.6'><title>{3}</title></path>\n",
          at - 4, floor_y - 12, colour, escaped(p->problem));
      continue;
    }
    const Spread s = p->spread();
    band += fmt::format("{:.1f},{:.1f} ", at, y.at(s.third_quartile));
    back.insert(0, fmt::format("{:.1f},{:.1f} ", at, y.at(s.first_quartile)));
    line += fmt::format("{:.1f},{:.1f} ", at, y.at(s.median));
    marks += fmt::format("<circle cx='{:.1f}' cy='{:.1f}' r='2.6' fill='{}'/>\n", at,
                         y.at(s.median), colour);
  }
  return fmt::format(
      "<polygon points='{}{}' fill='{}' fill-opacity='{}'/>\n"
      "<polyline points='{}' fill='none' stroke='{}' {}/>\n{}",
      band, back, colour, one.dashed ? 0.09 : 0.18, line, colour, stroke_of(one), marks);
}

const char* colour_of(const std::vector<Line>& lines, const std::string& family) {
  std::vector<std::string> families;
  for (const Line& line : lines) {
    if (line.family == family) return line.colour;
    if (std::ranges::find(families, line.family) == families.end()) families.push_back(line.family);
  }
  return colours[families.size() % std::size(colours)];
}

void add_lines(std::vector<Line>& lines, const TimingResults& results, const std::string& origin) {
  const bool overlay = !origin.empty();
  for (const TimingDevice& device : results.plan.devices) {
    for (const TimingCurve& curve : results.plan.curves) {
      Line line;
      line.dashed = overlay;
      line.name = to_string(curve);
      if (results.plan.devices.size() > 1) line.name += fmt::format(", {}", to_string(device));
      line.backward = curve.pass == TimingPass::forward_backward;
      line.family = fmt::format("{} {} {}", curve.neuron, curve.backend, to_string(device));
      line.colour = colour_of(lines, line.family);
      if (overlay) line.name += fmt::format(" ({})", origin);
      for (const TimingResult& result : results.points) {
        if (result.point.curve == curve && result.point.device == device) {
          line.points.push_back(&result);
        }
      }
      lines.push_back(std::move(line));
    }
  }
}

std::string tick_text(double value) {
  return value >= 1e6 || (value < 1e-3 && value > 0) ? fmt::format("{:.0e}", value)
                                                     : fmt::format("{:g}", value);
}

}  // namespace

std::string timing_svg(const TimingResults& results, const TimingFigureStyle& style,
                       const std::vector<TimingOverlay>& overlays) {
  std::vector<Line> curves;
  add_lines(curves, results, {});
  for (const TimingOverlay& overlay : overlays) {
    add_lines(curves, overlay.results, overlay.name.empty() ? "overlay" : overlay.name);
  }
  Extent steps;
  Extent times;
  for (const Line& line : curves) {
    for (const TimingResult* point : line.points) {
      steps.take(static_cast<double>(point->point.steps));
      if (point->trials_ms.empty()) continue;
      const Spread s = point->spread();
      times.take(s.first_quartile);
      times.take(s.third_quartile);
    }
  }
  if (times.high <= 0) times = {0.1, 1.0};
  if (steps.high <= 0) steps = {1.0, 10.0};
  const double bottom = style.height - below;
  const Axis x(steps.low, steps.high, style.log_steps, left, style.width - right);
  const Axis y(times.low, times.high, style.log_time, bottom, top);

  std::string svg = fmt::format(
      "<svg xmlns='http://www.w3.org/2000/svg' width='{0}' height='{1}' viewBox='0 0 {0} {1}' "
      "font-family='sans-serif'>\n<title>{2}</title>\n"
      "<rect width='100%' height='100%' fill='#ffffff'/>\n",
      style.width, style.height, escaped(results.plan.title));
  for (const double tick : x.ticks()) {
    svg += fmt::format(
        "<path d='M{0:.1f} {1:.1f}V{2:.1f}' stroke='#e3e6eb'/>"
        "<text x='{0:.1f}' y='{3:.1f}' font-size='11' text-anchor='middle' "
        "fill='#5d6675'>{4}</text>\n",
        x.at(tick), top, bottom, bottom + 16, tick_text(tick));
  }
  for (const double tick : y.ticks()) {
    svg += fmt::format(
        "<path d='M{0:.1f} {2:.1f}H{1:.1f}' stroke='#e3e6eb'/>"
        "<text x='{3:.1f}' y='{4:.1f}' font-size='11' text-anchor='end' "
        "fill='#5d6675'>{5}</text>\n",
        left, style.width - right, y.at(tick), left - 6, y.at(tick) + 4, tick_text(tick));
  }
  svg += fmt::format("<path d='M{0:.1f} {1:.1f}V{2:.1f}H{3:.1f}' fill='none' stroke='#8b93a1'/>\n",
                     left, top, bottom, style.width - right);
  svg += fmt::format(
      "<text x='{:.1f}' y='{:.1f}' font-size='12' text-anchor='middle'>Sequence "
      "length (steps)</text>\n",
      (left + style.width - right) / 2, bottom + 34);
  svg += fmt::format(
      "<text transform='translate(18 {:.1f}) rotate(-90)' font-size='12' "
      "text-anchor='middle'>Time of a pass (ms)</text>\n",
      (top + bottom) / 2);

  double row = top + 12;
  for (const Line& line : curves) {
    svg += curve_svg(line, x, y, bottom);
    svg += fmt::format(
        "<path d='M{0:.1f} {1:.1f}h18' stroke='{2}' {3}/>"
        "<text x='{4:.1f}' y='{5:.1f}' font-size='11'>{6}</text>\n",
        left + 12, row, line.colour, stroke_of(line), left + 36, row + 4, escaped(line.name));
    row += 16;
  }
  const auto characters = static_cast<std::size_t>((style.width - left - right) / 5.4);
  svg += lines(caption_of(results), left, bottom + 56, characters);
  svg += lines(timing_citation(), left, bottom + 114, characters);
  return svg + "</svg>\n";
}

void write_timing_svg(const std::filesystem::path& path, const TimingResults& results,
                      const TimingFigureStyle& style, const std::vector<TimingOverlay>& overlays) {
  if (path.extension() != ".svg") {
    throw Error(Error::Kind::setting, "figure",
                fmt::format("'{}' is not named .svg", path.string()),
                "the terminal draws SVG; PDF and PNG are exported in the window");
  }
  write_file(path, timing_svg(results, style, overlays));
}

}  // namespace paralif
