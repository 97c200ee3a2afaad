#include "widgets/timing/timing_reading.h"

#include <QCoreApplication>

#include <cmath>
#include <limits>

#include "widgets/theme/shown_text.h"

namespace paralif {
namespace {

QString say(const char* text) {
  return QCoreApplication::translate("TimingReading", text);
}

/// The same line, forward or with backward.
TimingCurve ofPass(TimingCurve curve, TimingPass pass) {
  curve.pass = pass;
  return curve;
}

}  // namespace

QString lineName(const TimingPlan& plan, const TimingCurve& curve, const TimingDevice& device) {
  QString name = shownText(to_string(curve));
  if (plan.devices.size() > 1) name += ", " + shownText(to_string(device));
  return name;
}

double speedUp(const TimingResults& results, const TimingResult& point,
               const TimingBaseline& baseline) {
  const TimingResult* base = find_point(results, ofPass(baseline.curve, point.point.curve.pass),
                                        baseline.device, point.point.steps);
  if (base == nullptr || base->trials_ms.empty() || point.trials_ms.empty()) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  return base->spread().median / point.spread().median;
}

QString threeDigits(double value) {
  if (!std::isfinite(value)) return QStringLiteral("–");
  const double size = std::abs(value);
  const int digits = size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3;
  return QString::number(value, 'f', digits);
}

QString readingOf(const TimingResults& results, const TimingResult& point,
                  const TimingBaseline& baseline) {
  const TimingPoint& p = point.point;
  QString text = say("%1, %2 steps").arg(lineName(results.plan, p.curve, p.device)).arg(p.steps);
  if (!point.problem.empty()) text += "\n" + shownText(point.problem);
  if (point.trials_ms.empty()) return text;
  const Spread spread = point.spread();
  const auto time = [](double ms) { return QString::fromStdString(duration_text(ms)); };
  text += say("\n%1 (quartiles %2 to %3, %4 trials)")
              .arg(time(spread.median), time(spread.first_quartile), time(spread.third_quartile))
              .arg(point.trials_ms.size());
  const double ratio = speedUp(results, point, baseline);
  const TimingCurve base = ofPass(baseline.curve, p.curve.pass);
  const bool itself = p.curve == base && p.device == baseline.device;
  if (std::isfinite(ratio) && !itself) {
    const QString name = lineName(results.plan, base, baseline.device);
    text += ratio >= 1.0 ? say("\n%1 × as fast as %2").arg(threeDigits(ratio), name)
                         : say("\n%1 × as slow as %2").arg(threeDigits(1.0 / ratio), name);
  }
  const double achieved = achieved_gb_s(point);
  text += say("\nmoves %1 GB/s").arg(threeDigits(achieved));
  const double same = copy_gb_s(results, p);
  if (same > 0.0) {
    text += say(", %1 % of a copy of this size (%2 GB/s)")
                .arg(threeDigits(100.0 * achieved / same), threeDigits(same));
  }
  return text;
}

}  // namespace paralif
