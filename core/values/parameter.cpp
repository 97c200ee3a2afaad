#include "core/values/parameter.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace paralif {
namespace {

std::string bounds_of(const ParameterFacts& facts) {
  const std::string unit = facts.unit.empty() ? "" : fmt::format(" {}", facts.unit.english());
  const bool low = std::isfinite(facts.minimum);
  const bool high = std::isfinite(facts.maximum);
  if (!low) return fmt::format("give at most {:.10g}{}", facts.maximum, unit);
  if (facts.minimum_excluded) {
    return high ? fmt::format("give a value more than {:g} and at most {:.10g}{}", facts.minimum,
                              facts.maximum, unit)
                : fmt::format("give more than {:g}{}", facts.minimum, unit);
  }
  return high ? fmt::format("give a value from {:g} to {:.10g}{}", facts.minimum, facts.maximum, unit)
              : fmt::format("give at least {:g}{}", facts.minimum, unit);
}

std::optional<std::string> range_problem(const ParameterFacts& facts, double value) {
  if (!std::isfinite(value)) return "is not a finite number";
  const bool low = facts.minimum_excluded ? value <= facts.minimum : value < facts.minimum;
  if (!low && value <= facts.maximum) return std::nullopt;
  return fmt::format("{} is out of range: {}", value, bounds_of(facts));
}

std::string too_many(std::size_t entries) {
  return fmt::format("has {} entries: give at most {}", entries, most_list_values);
}

template <class T>
std::optional<std::string> list_problem(const ParameterFacts& facts, const std::vector<T>& values) {
  if (values.empty()) return "give at least one number, such as 128";
  if (values.size() > most_list_values) return too_many(values.size());
  for (const T value : values) {
    if (auto problem = range_problem(facts, static_cast<double>(value))) return problem;
  }
  return std::nullopt;
}

std::optional<std::string> layers_problem(const ParameterFacts& facts,
                                          const std::vector<LayerValue>& values) {
  if (!facts.per_layer) return "takes one value";
  if (values.empty()) return "give at least one number, such as 128";
  if (values.size() > most_list_values) return too_many(values.size());
  for (const LayerValue& value : values) {
    const ParameterValue one = std::visit([](auto v) -> ParameterValue { return v; }, value);
    if (auto problem = value_problem(facts, one)) return problem;
  }
  return std::nullopt;
}

std::string_view name_of(ParameterType type) {
  switch (type) {
    case ParameterType::flag:
      return "true or false";
    case ParameterType::whole:
      return "a whole number";
    case ParameterType::real:
      return "a number";
    case ParameterType::text:
      return "a text";
    case ParameterType::wholes:
      return "one or several whole numbers";
    case ParameterType::reals:
      return "one or several numbers";
    case ParameterType::layers:
      return "a list of layers";
  }
  return {};
}

bool has_type(ParameterType type, const ParameterValue& value) {
  switch (type) {
    case ParameterType::flag:
      return std::holds_alternative<bool>(value);
    case ParameterType::whole:
      return std::holds_alternative<std::int64_t>(value);
    case ParameterType::real:
      return std::holds_alternative<double>(value);
    case ParameterType::text:
    case ParameterType::layers:
      return std::holds_alternative<std::string>(value);
    case ParameterType::wholes:
      return std::holds_alternative<std::vector<std::int64_t>>(value);
    case ParameterType::reals:
      return std::holds_alternative<std::vector<double>>(value);
  }
  return false;
}

}  // namespace

std::optional<std::string> value_problem(const ParameterFacts& facts, const ParameterValue& given) {
  if (std::holds_alternative<Absent>(given)) {
    if (!facts.absent.empty()) return std::nullopt;
    return fmt::format("is missing: give {}", name_of(facts.type));
  }
  if (const auto* v = std::get_if<std::vector<LayerValue>>(&given)) return layers_problem(facts, *v);
  const ParameterValue value = as_type(facts.type, given);
  if (!has_type(facts.type, value)) return fmt::format("is not {}", name_of(facts.type));
  if (facts.check) {
    if (auto problem = facts.check(value)) return problem;
  }
  if (const auto* v = std::get_if<std::int64_t>(&value)) {
    return range_problem(facts, static_cast<double>(*v));
  }
  if (const auto* v = std::get_if<double>(&value)) return range_problem(facts, *v);
  if (const auto* v = std::get_if<std::vector<std::int64_t>>(&value))
    return list_problem(facts, *v);
  if (const auto* v = std::get_if<std::vector<double>>(&value)) return list_problem(facts, *v);
  if (const auto* v = std::get_if<std::string>(&value)) {
    if (facts.choices.empty() || std::ranges::find(facts.choices, *v) != facts.choices.end()) {
      return std::nullopt;
    }
    return fmt::format("'{}' is unknown: choose {}", *v, fmt::join(facts.choices, ", "));
  }
  return std::nullopt;
}

ParameterValue as_type(ParameterType type, ParameterValue value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) {
    if (type == ParameterType::real) return static_cast<double>(*whole);
    if (type == ParameterType::reals) return std::vector<double>{static_cast<double>(*whole)};
    if (type == ParameterType::wholes) return std::vector<std::int64_t>{*whole};
  }
  if (const auto* real = std::get_if<double>(&value); real && type == ParameterType::reals) {
    return std::vector<double>{*real};
  }
  if (const auto* wholes = std::get_if<std::vector<std::int64_t>>(&value);
      wholes && type == ParameterType::reals) {
    return std::vector<double>(wholes->begin(), wholes->end());
  }
  return value;
}

}  // namespace paralif
