#include "core/sweeps/sweep_axis.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/experiments/fields.h"
#include "core/library/run_columns.h"
#include "core/values/parameter_text.h"
#include "datasets/error.h"

namespace paralif {
namespace {

[[noreturn]] void refuse(const std::string& name, const std::string& problem,
                         const std::string& remedy = {}) {
  throw Error(Error::Kind::setting, name, problem, remedy);
}

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::vector<std::string> parts_of(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::size_t at = 0;
  while (true) {
    const std::size_t end = std::min(text.find(separator, at), text.size());
    parts.push_back(trimmed(text.substr(at, end - at)));
    if (end == text.size()) return parts;
    at = end + 1;
  }
}

std::optional<SweepAxis::Range> range_of(const std::string& text) {
  const std::size_t dots = text.find("..");
  if (dots == std::string::npos) return std::nullopt;
  std::string end = trimmed(text.substr(dots + 2));
  SweepAxis::Range range;
  for (const char* mark : {",log", ", log"}) {
    if (!end.ends_with(mark)) continue;
    range.logarithmic = true;
    end = trimmed(end.substr(0, end.size() - std::string(mark).size()));
    break;
  }
  const auto low = number_of_text(trimmed(text.substr(0, dots)));
  const auto high = number_of_text(end);
  if (!low || !high) return std::nullopt;
  range.low = *low;
  range.high = *high;
  return range;
}

const Field& field_of(const std::string& key) {
  const Field* field = find_field(key);
  if (field == nullptr) refuse(key, "is no setting of an experiment");
  return *field;
}

}  // namespace

SweepAxis axis_of(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    refuse(text.substr(0, 60), "is not NAME=VALUE|VALUE", "write it as neuron=LIF|ParaLIF-T");
  }
  SweepAxis axis;
  const std::string name = trimmed(text.substr(0, equals));
  const Field* field = find_field(name);
  axis.key = field != nullptr ? std::string(field->key) : run_column(name).key;
  const std::string rest = text.substr(equals + 1);
  axis.range = range_of(rest);
  if (!axis.range) axis.values = parts_of(rest, '|');
  check(axis);
  return axis;
}

std::string text_of(const SweepAxis& axis) {
  if (axis.range) {
    return fmt::format("{}={}..{}{}", axis.key, axis.range->low, axis.range->high,
                       axis.range->logarithmic ? ",log" : "");
  }
  return fmt::format("{}={}", axis.key, fmt::join(axis.values, "|"));
}

void check(const SweepAxis& axis) {
  const Field& field = field_of(axis.key);
  if (field.key == "title") refuse(axis.key, "is made for each run and cannot vary");
  if (axis.range) {
    if (field.type != ParameterType::whole && field.type != ParameterType::real) {
      refuse(axis.key, "is no number and has no range", "list its values: a|b|c");
    }
    if (!(axis.range->low < axis.range->high)) {
      refuse(axis.key, "has a range that does not rise", "write the smaller number first");
    }
    if (axis.range->logarithmic && axis.range->low <= 0) {
      refuse(axis.key, "has a logarithmic range from 0 or below", "begin above 0");
    }
    for (const double share : {0.0, 1.0}) (void)parse_parameter(field, value_at(axis, share));
    return;
  }
  if (axis.values.empty()) refuse(axis.key, "has no value", "list them: a|b|c");
  std::vector<std::string> written;
  for (const std::string& value : axis.values) {
    written.push_back(format_parameter(field, parse_parameter(field, value)));
    if (std::ranges::count(written, written.back()) > 1) {
      refuse(axis.key, fmt::format("lists {} twice", written.back()), "list each value once");
    }
  }
}

std::string value_at(const SweepAxis& axis, double share) {
  const SweepAxis::Range& range = axis.range.value();
  const bool whole = field_of(axis.key).type == ParameterType::whole;
  // Each whole number has the same room, the ends too.
  const double low = whole && !range.logarithmic ? range.low - 0.5 : range.low;
  const double high = whole && !range.logarithmic ? range.high + 0.5 : range.high;
  double value = range.logarithmic ? low * std::pow(high / low, share) : low + (high - low) * share;
  if (whole) {
    value = std::clamp(std::round(value), range.low, range.high);
    return fmt::format("{}", static_cast<std::int64_t>(value));
  }
  return fmt::format("{:.6g}", std::clamp(value, range.low, range.high));
}

}  // namespace paralif
