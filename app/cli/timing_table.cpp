#include "app/cli/timing_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "datasets/text.h"

namespace paralif::cli {
namespace {

struct Column {
  TimingCurve curve;
  TimingDevice device;
  std::string name;
  std::vector<double> medians;  ///< by length; NaN: none
};

std::vector<Column> columns_of(const TimingResults& results, TimingPass pass) {
  std::vector<Column> columns;
  const TimingPlan& plan = results.plan;
  for (const TimingDevice& device : plan.devices) {
    for (const TimingCurve& curve : plan.curves) {
      if (curve.pass != pass) continue;
      Column column{curve, device, fmt::format("{} {}", curve.neuron, curve.backend), {}};
      if (plan.devices.size() > 1) column.name += fmt::format(" {}", to_string(device));
      for (const std::int64_t steps : plan.lengths) {
        const TimingResult* point = find_point(results, curve, device, steps);
        column.medians.push_back(point != nullptr && !point->trials_ms.empty()
                                     ? point->spread().median
                                     : std::numeric_limits<double>::quiet_NaN());
      }
      columns.push_back(std::move(column));
    }
  }
  return columns;
}

/// Right-aligned by characters, not bytes, so that "µs" keeps columns straight.
void append(std::string& line, const std::string& text, std::size_t width) {
  std::size_t shown = 0;
  for (const char c : text) shown += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
  line.append(width > shown ? width - shown : 0, ' ');
  line.append(text);
}

std::size_t width_of(const Column& column) {
  return std::max<std::size_t>(9, column.name.size()) + 2;
}

std::string speed_ups(const TimingResults& results, const std::vector<Column>& columns) {
  if (columns.empty() || results.plan.lengths.empty()) return {};
  std::string text;
  const double base = columns.front().medians.back();
  for (const Column& column : columns) {
    const double ratio = base / column.medians.back();
    if (&column == &columns.front() || !std::isfinite(ratio)) continue;
    text += fmt::format("{} is {:.3g} x as fast as {} at {} steps\n", column.name, ratio,
                        columns.front().name, results.plan.lengths.back());
  }
  return text;
}

/// The table of one pass, with sparklines and speed-ups.
std::string block(const TimingResults& results, const std::vector<Column>& columns) {
  double least = std::numeric_limits<double>::infinity();
  double most = 0.0;
  for (const Column& column : columns) {
    for (const double ms : column.medians) {
      if (!(ms > 0)) continue;
      least = std::min(least, ms);
      most = std::max(most, ms);
    }
  }
  std::string text;
  append(text, "steps", 8);
  for (const Column& c : columns) append(text, c.name, width_of(c));
  text += "\n";
  for (std::size_t i = 0; i < results.plan.lengths.size(); ++i) {
    append(text, std::to_string(results.plan.lengths[i]), 8);
    for (const Column& c : columns) append(text, duration_text(c.medians[i]), width_of(c));
    text += "\n";
  }
  append(text, "", 8);
  for (const Column& c : columns) append(text, sparkline(c.medians, least, most), width_of(c));
  text += "\n\n";
  text += speed_ups(results, columns);
  text += "\n";
  return text;
}

}  // namespace

std::string sparkline(const std::vector<double>& values, double least, double most) {
  constexpr const char* bars[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  std::string text;
  for (const double value : values) {
    if (!std::isfinite(value) || value <= 0.0) {
      text += " ";
      continue;
    }
    const double part = most > least ? std::log(value / least) / std::log(most / least) : 0.0;
    text += bars[static_cast<int>(std::clamp(std::round(part * 7.0), 0.0, 7.0))];
  }
  return text;
}

std::string timing_table(const TimingResults& results) {
  std::string text;
  for (const TimingPass pass : {TimingPass::forward, TimingPass::forward_backward}) {
    const std::vector<Column> columns = columns_of(results, pass);
    if (columns.empty()) continue;
    text += fmt::format("{}\n", pass == TimingPass::forward ? "forward" : "forward and backward");
    text += block(results, columns);
  }
  for (const TimingResult& result : results.points) {
    if (result.problem.empty()) continue;
    text += fmt::format("{}, {} steps, {}: {}\n", to_string(result.point.curve), result.point.steps,
                        to_string(result.point.device), printable(result.problem));
  }
  for (const std::string& warning : warnings_of(results)) text += warning + "\n";
  return text + fmt::format("{}; memory copy {:.1f} GB/s\n", printable(describe(results.machine)),
                            results.machine.copy_gb_s);
}

}  // namespace paralif::cli
