// How the learning rate changes from epoch to epoch.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace paralif {

enum class ScheduleKind : std::uint8_t {
  constant,  ///< "none"
  step,      ///< "step", StepLR: times gamma after every step_epochs
  cosine,    ///< "cosine", CosineAnnealingLR: to 0 over period_epochs, along half a cosine
  one_cycle  ///< "one_cycle", OneCycleLR: up to the rate and down again over period_epochs
};

std::optional<ScheduleKind> schedule_kind(std::string_view name);

struct Schedule {
  ScheduleKind kind = ScheduleKind::constant;
  double rate = 1e-3;             ///< of the first epoch; the largest of one_cycle
  std::int64_t step_epochs = 25;  ///< step
  double gamma = 0.5;             ///< step
  std::int64_t period_epochs = 100;  ///< cosine and one_cycle

  /// In an epoch counted from 1. After the period cosine rises again, as PyTorch's does.
  [[nodiscard]] double rate_in(std::int64_t epoch) const;
  /// What one_cycle sets momentum, or Adam's beta1, to in that epoch; absent for the others.
  [[nodiscard]] std::optional<double> momentum_in(std::int64_t epoch) const;
};

}  // namespace paralif
