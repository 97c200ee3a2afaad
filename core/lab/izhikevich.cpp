// The Euler loop.
#include "core/lab/izhikevich.h"

#include <algorithm>
#include <cmath>

namespace paralif::lab {
namespace {

constexpr double peak_mv = 30.0;
constexpr double anchor_mv = -65.0;  // of the recovery in the accommodation panel
constexpr double anchored_start = -16.0;
constexpr double far_mv = 1e6;  // beyond this the equation has left its range

}  // namespace

void run_izhikevich(const Izhikevich& model, LabTrace& trace) {
  const double step_ms = trace.time_step_s * 1e3;
  const int parts = static_cast<int>(
      std::clamp(std::ceil(step_ms / std::max(model.longest_step_ms, 1e-3) - 1e-9), 1.0, 1000.0));
  const double h = step_ms / parts;
  double v = model.v0;
  double u = model.anchored ? anchored_start : model.b * v;
  trace.membrane.resize(trace.steps());
  trace.after_reset.resize(trace.steps());
  trace.recovery.resize(trace.steps());
  trace.millivolts = true;
  for (std::size_t t = 0; t < trace.steps(); ++t) {
    bool fired = false;
    for (int part = 0; part < parts; ++part) {
      v += h * (0.04 * v * v + model.linear * v + model.constant - u + trace.stimulus[t]);
      const double drive = model.anchored ? model.b * (v - anchor_mv) : model.b * v - u;
      u += h * model.a * drive;
      if (v > peak_mv) {
        fired = true;
        v = model.c;
        u += model.d;
      }
      if (!std::isfinite(v) || !std::isfinite(u) || std::abs(v) > far_mv || std::abs(u) > far_mv) {
        v = model.c;
        u = model.b * v;
      }
    }
    trace.membrane[t] = fired ? peak_mv : v;
    trace.after_reset[t] = v;
    trace.recovery[t] = u;
    if (fired) trace.spikes.push_back(static_cast<std::int32_t>(t));
  }
}

}  // namespace paralif::lab
