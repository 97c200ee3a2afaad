#include <torch/types.h>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/agreement/verify_rules.h"
#include "core/layers/layer_kind.h"
#include "core/layers/layer_module.h"
#include "core/neurons/initialisation.h"
#include "core/training/schedule.h"
#include "datasets/error.h"

namespace paralif::verification {
namespace {

using Json = nlohmann::json;
using Values = std::vector<double>;

constexpr double allowed = 1e-9;  // of the largest value: their cosine is a recursion

/// "cosine_250" -> 250; `otherwise` without a number.
std::int64_t number_in(const std::string& name, std::int64_t otherwise) {
  const auto at = name.find_first_of("0123456789");
  if (at == std::string::npos) return otherwise;
  std::int64_t number = otherwise;
  std::from_chars(name.data() + at, name.data() + name.size(), number);
  return std::max<std::int64_t>(1, number);
}

Schedule schedule_of(const std::string& name, const Values& rates) {
  Schedule s;
  s.rate = rates.front();
  const auto length = static_cast<std::int64_t>(rates.size());
  if (name.starts_with("step")) {
    s.kind = ScheduleKind::step;
    s.step_epochs = number_in(name, length);
    const auto next = static_cast<std::size_t>(s.step_epochs);
    if (next < rates.size() && rates.front() != 0) s.gamma = rates[next] / rates.front();
  } else if (name.starts_with("one_cycle")) {
    s.kind = ScheduleKind::one_cycle;
    constexpr double first_of_largest = 25.0;  // PyTorch's div_factor
    s.rate = first_of_largest * rates.front();
    s.period_epochs = length;
  } else {
    s.kind = ScheduleKind::cosine;
    s.period_epochs = number_in(name, length);
  }
  return s;
}

void verify_rates(const std::string& name, const Json& one, const Report& report) {
  const auto rates = one.at("lr").get<Values>();
  VerifiedCase result;
  result.name = name;
  result.backend = "rule";
  if (rates.empty()) throw Error(Error::Kind::file, "", "");
  const Schedule schedule = schedule_of(name, rates);
  const double largest = std::ranges::max(rates);
  double worst = 0.0;
  std::size_t where = 0;
  const auto compare = [&](std::size_t epoch, double theirs, double ours, double scale) {
    const double difference = std::abs(ours - theirs) / scale;
    if (!(difference <= worst)) {
      worst = difference;
      where = epoch;
    }
  };
  for (std::size_t i = 0; i < rates.size(); ++i) {
    compare(i, rates[i], schedule.rate_in(static_cast<std::int64_t>(i) + 1), largest);
  }
  if (one.contains("lr_after")) {
    compare(rates.size(), one["lr_after"].get<double>(),
            schedule.rate_in(static_cast<std::int64_t>(rates.size()) + 1), largest);
  }
  if (one.contains("beta1") && one["beta1"].is_array()) {
    const auto momenta = one["beta1"].get<Values>();
    for (std::size_t i = 0; i < momenta.size(); ++i) {
      const auto ours = schedule.momentum_in(static_cast<std::int64_t>(i) + 1);
      compare(i, momenta[i], ours.value_or(std::nan("")), 1.0);
    }
  }
  result.value = worst;
  result.passed = worst <= allowed;
  result.note = result.passed ? fmt::format("{} epochs", rates.size())
                              : fmt::format("differs most in epoch {}", where);
  report(result);
}

/// The width of one connection of the layer itself, from epoch to epoch.
void verify_sigma(const Json& one, const Report& report) {
  const auto widths = one.at("sigma").get<Values>();
  const auto decrease = one.at("epochs_of_decrease").get<std::int64_t>();
  if (widths.empty() || decrease < 1) throw Error(Error::Kind::file, "", "");
  const auto epochs = static_cast<std::int64_t>(widths.size());
  const LayerDescription layer{
      "delay", "learned_delay",
      {{"units", std::int64_t{1}},
       {"sigma", one.at("first").get<double>()},
       {"last_sigma", one.at("last").get<double>()},
       {"narrowing", (static_cast<double>(decrease) + 0.5) / static_cast<double>(epochs)}}};
  const auto module =
      find_layer_kind(layer.kind)->make(layer, {{epochs, {1}}, weight_generator(0)});
  VerifiedCase result;
  result.name = "sigma";
  result.backend = "layer";
  const auto width = [&] { return module->named_buffers()["SIG"].item<double>(); };
  double worst = 0.0;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    worst = std::max(worst, std::abs(width() - widths[i]) / widths.front());
    module->end_epoch(static_cast<std::int64_t>(i) + 1, epochs);
  }
  if (one.contains("sigma_after")) {
    worst = std::max(worst, std::abs(width() - one["sigma_after"].get<double>()) / widths.front());
  }
  result.value = worst;
  constexpr double of_float32 = 1e-6;
  result.passed = worst <= of_float32;
  result.note = fmt::format("{} epochs", epochs);
  report(result);
}

}  // namespace

void verify_schedules(const Json& file, const std::string& origin, const Report& report) {
  try {
    for (const auto& [name, one] : file.items()) {
      if (!one.is_object()) continue;
      if (one.contains("sigma")) {
        verify_sigma(one, report);
      } else if (one.contains("lr")) {
        verify_rates(name, one, report);
      }
    }
  } catch (const Json::exception&) {
    throw Error(Error::Kind::file, origin, "is not laid out as schedules.json");
  } catch (const Error& error) {
    if (!error.subject().empty()) throw;
    throw Error(Error::Kind::file, origin, "has a schedule without epochs");
  }
}

}  // namespace paralif::verification
