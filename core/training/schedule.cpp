#include "core/training/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace paralif {
namespace {

// PyTorch's defaults of OneCycleLR.
constexpr double rising_part = 0.3;
constexpr double first_divisor = 25.0;
constexpr double last_divisor = 1e4;
constexpr double least_momentum = 0.85;
constexpr double most_momentum = 0.95;

/// Half a cosine from `from` to `to`; part 0 to 1, and back again beyond.
double along_cosine(double from, double to, double part) {
  return to + (from - to) / 2.0 * (std::cos(std::numbers::pi * part) + 1.0);
}

/// A value that goes from `first` to `middle` while the rate rises and to `last` while it falls.
double along_cycle(const Schedule& schedule, std::int64_t epoch, double first, double middle,
                   double last) {
  const auto period = static_cast<double>(std::max<std::int64_t>(2, schedule.period_epochs));
  const auto at = static_cast<double>(epoch - 1);
  const double peak = rising_part * period - 1.0;
  if (at <= peak) return along_cosine(first, middle, peak > 0 ? at / peak : 1.0);
  return along_cosine(middle, last, (at - peak) / (period - 1.0 - peak));
}

}  // namespace

std::optional<ScheduleKind> schedule_kind(std::string_view name) {
  if (name == "none") return ScheduleKind::constant;
  if (name == "step") return ScheduleKind::step;
  if (name == "cosine") return ScheduleKind::cosine;
  if (name == "one_cycle") return ScheduleKind::one_cycle;
  return std::nullopt;
}

double Schedule::rate_in(std::int64_t epoch) const {
  switch (kind) {
    case ScheduleKind::constant:
      return rate;
    case ScheduleKind::step: {
      const std::int64_t reductions = (epoch - 1) / std::max<std::int64_t>(1, step_epochs);
      return rate * std::pow(gamma, static_cast<double>(reductions));
    }
    case ScheduleKind::cosine: {
      const auto period = static_cast<double>(std::max<std::int64_t>(1, period_epochs));
      return along_cosine(rate, 0.0, static_cast<double>(epoch - 1) / period);
    }
    case ScheduleKind::one_cycle: {
      const double first = rate / first_divisor;
      return along_cycle(*this, epoch, first, rate, first / last_divisor);
    }
  }
  return rate;
}

std::optional<double> Schedule::momentum_in(std::int64_t epoch) const {
  if (kind != ScheduleKind::one_cycle) return std::nullopt;
  return along_cycle(*this, epoch, most_momentum, least_momentum, most_momentum);
}

}  // namespace paralif
