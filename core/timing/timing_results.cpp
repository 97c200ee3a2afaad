// Readings, warnings and sentences of results.
#include "core/timing/timing_results.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/timing/timing_estimate.h"

namespace paralif {
namespace {

constexpr double wide_spread = 0.2;
constexpr double gb = 1e-9;

double gb_per_s(double bytes, double ms) {
  return bytes * gb / (ms * 1e-3);
}

}  // namespace

double copy_gb_s(const TimingResults& results, const TimingPoint& point) {
  for (const TimingResult& copy : results.copies) {
    const TimingPoint& p = copy.point;
    if (p.device == point.device && p.steps == point.steps && p.batch == point.batch &&
        p.neurons == point.neurons && !copy.trials_ms.empty()) {
      return gb_per_s(least_bytes(p), copy.spread().median);
    }
  }
  return 0.0;
}

double achieved_gb_s(const TimingResult& result) {
  if (result.trials_ms.empty()) return std::numeric_limits<double>::quiet_NaN();
  return gb_per_s(least_bytes(result.point), result.spread().median);
}

const TimingResult* find_point(const TimingResults& results, const TimingCurve& curve,
                               const TimingDevice& device, std::int64_t steps) {
  for (const TimingResult& result : results.points) {
    const TimingPoint& p = result.point;
    if (p.curve == curve && p.device == device && p.steps == steps) return &result;
  }
  return nullptr;
}

std::vector<std::string> warnings_of(const TimingResults& results) {
  std::vector<std::string> warnings;
  std::size_t measured = 0;
  std::size_t wide = 0;
  std::size_t failed = 0;
  for (const TimingResult& result : results.points) {
    failed += result.problem.empty() ? 0 : 1;
    if (result.trials_ms.size() < 3) continue;
    ++measured;
    wide += result.spread().relative() > wide_spread ? 1 : 0;
  }
  // The gravest first: a narrow line shows only that.
  if (failed > 0) {
    warnings.push_back(
        fmt::format("{} of {} points could not be measured.", failed, results.points.size()));
  }
  if (wide * 5 > measured) {
    warnings.push_back(fmt::format(
        "The middle half of the trials spreads over more than {:.0f} % of the median at {} of {} "
        "points: the machine is busy, measure again when it rests.",
        100 * wide_spread, wide, measured));
  }
  const TimingMachine& m = results.machine;
  if (m.host.cores > 0 && m.load > 0.5 * m.host.cores) {
    warnings.push_back(
        fmt::format("{:.1f} processes already wanted the machine's {} cores when this began.",
                    m.load, m.host.cores));
  }
  return warnings;
}

std::string summary_json(const TimingResults& results) {
  using Json = nlohmann::ordered_json;
  const TimingMachine& m = results.machine;
  Json machine{{"cpu", m.host.cpu},
               {"cores", m.host.cores},
               {"threads", m.host.threads},
               {"memory_gib", m.host.memory_gib},
               {"instruction_set", m.host.instruction_set},
               {"gpus", m.gpus},
               {"libtorch", m.host.libtorch},
               {"compiler", m.host.compiler},
               {"system", m.host.system},
               {"copy_gb_s", m.copy_gb_s},
               {"load", m.load}};
  Json all = Json::array();
  for (const TimingResult& result : results.points) {
    const TimingPoint& p = result.point;
    Json one{{"neuron", p.curve.neuron},
             {"evaluation", p.curve.backend},
             {"device", to_string(p.device)},
             {"batch", p.batch},
             {"steps", p.steps},
             {"neurons", p.neurons},
             {"pass", to_string(p.curve.pass)},
             {"median_ms", nullptr},
             {"quartiles_ms", nullptr},
             {"trials", result.trials_ms.size()}};
    if (!result.trials_ms.empty()) {
      const Spread spread = result.spread();
      one["median_ms"] = spread.median;
      one["quartiles_ms"] = {spread.first_quartile, spread.third_quartile};
    }
    if (!result.problem.empty()) one["problem"] = result.problem;
    all.push_back(std::move(one));
  }
  return Json{{"machine", std::move(machine)}, {"results", std::move(all)}}.dump(
      2, ' ', false, Json::error_handler_t::replace);
}

std::string describe(const TimingMachine& machine) {
  const bench::Machine& host = machine.host;
  std::string text =
      fmt::format("{}, {} of {} cores, {:.0f} GiB, {}, LibTorch {}", host.cpu, host.threads,
                  host.cores, host.memory_gib, host.instruction_set, host.libtorch);
  if (!machine.gpus.empty()) text += fmt::format(", {}", fmt::join(machine.gpus, ", "));
  return text;
}

std::string caption_of(const TimingResults& results) {
  const TimingPlan& plan = results.plan;
  return fmt::format(
      "Running time of a pass over {} x steps x {} random inputs (batch x time x neurons, "
      "float32): median of {} trials, the bands from the first to the third quartile. {}; "
      "a memory copy moves {:.1f} GB/s. Measured {}.",
      plan.batch, plan.neurons, plan.trials, describe(results.machine), results.machine.copy_gb_s,
      results.started);
}

std::string timing_citation() {
  return "S. Y. A. Yarga and S. U. N. Wood (2024), Accelerating spiking neural networks with "
         "parallelizable leaky integrate-and-fire neurons. Measured with ParaLIF Studio.";
}

std::string duration_text(double ms) {
  if (!std::isfinite(ms)) return "-";
  const double size = std::abs(ms);
  const auto [factor, unit] = size < 0.9995  ? std::pair{1e3, "µs"}
                              : size < 999.5 ? std::pair{1.0, "ms"}
                                             : std::pair{1e-3, "s"};
  const double value = ms * factor;
  const double shown = std::abs(value);
  const int digits = shown < 9.995 ? 2 : shown < 99.95 ? 1 : 0;
  return fmt::format("{:.{}f} {}", value, digits, unit);
}

}  // namespace paralif
