#include "core/experiments/fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "datasets/error.h"

namespace paralif {
namespace {

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

template <typename T>
std::optional<T> parse_number(std::string_view text) {
  T value{};
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  if (const auto whole = parse_number<std::int64_t>(text)) return whole;
  // "1e3" is a whole number too.
  const auto real = parse_number<double>(text);
  if (real && std::abs(*real) < 9e15 && std::floor(*real) == *real) {
    return static_cast<std::int64_t>(*real);
  }
  return std::nullopt;
}

std::optional<bool> parse_bool(const std::string& text) {
  const std::string word = lower(text);
  if (word == "true" || word == "1" || word == "yes" || word == "on") return true;
  if (word == "false" || word == "0" || word == "no" || word == "off") return false;
  return std::nullopt;
}

std::string range_of(const Field& field) {
  const std::string unit = field.unit.empty() ? "" : fmt::format(" {}", field.unit);
  if (field.minimum_excluded) {
    return fmt::format("more than {:g} and at most {:.10g}{}", field.minimum, field.maximum, unit);
  }
  return fmt::format("from {:g} to {:.10g}{}", field.minimum, field.maximum, unit);
}

bool in_range(const Field& field, double value) {
  if (!std::isfinite(value) || value > field.maximum) return false;
  return field.minimum_excluded ? value > field.minimum : value >= field.minimum;
}

[[noreturn]] void reject(const Field& field, std::string_view text, const std::string& wanted) {
  throw Error(Error::Kind::setting, std::string(field.flag),
              fmt::format("'{}' is not {}", text, wanted),
              field.choices.empty() ? "" : fmt::format("choose {}",
                                                       fmt::join(field.choices, ", ")));
}

}  // namespace

std::string_view field_group_title(FieldGroup group) {
  switch (group) {
    case FieldGroup::dataset: return "Dataset";
    case FieldGroup::network: return "Network";
    case FieldGroup::neuron: return "Neuron";
    case FieldGroup::training: return "Training";
    case FieldGroup::execution: return "Execution";
  }
  return {};
}

const Field* find_field(std::string_view key_or_flag) {
  for (const Field& field : experiment_fields()) {
    if (field.key == key_or_flag || field.flag == key_or_flag) return &field;
  }
  return nullptr;
}

std::optional<std::string> field_problem(const Field& field, const FieldValue& value) {
  const auto number_problem = [&](double number) -> std::optional<std::string> {
    if (in_range(field, number)) return std::nullopt;
    return fmt::format("{} is out of range: give a value {}", number, range_of(field));
  };
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    return number_problem(static_cast<double>(*integer));
  }
  if (const auto* real = std::get_if<double>(&value)) return number_problem(*real);
  if (const auto* list = std::get_if<std::vector<std::int64_t>>(&value)) {
    if (list->empty()) return "give at least one number, such as 128";
    for (const std::int64_t entry : *list) {
      if (auto problem = number_problem(static_cast<double>(entry))) return problem;
    }
    return std::nullopt;
  }
  if (const auto* text = std::get_if<std::string>(&value)) {
    if (!field.choices.empty() && std::ranges::find(field.choices, *text) == field.choices.end()) {
      return fmt::format("'{}' is unknown: choose {}", *text, fmt::join(field.choices, ", "));
    }
    if (field.key == "device" && *text != "cpu" && *text != "cuda" &&
        !(text->starts_with("cuda:") && parse_number<int>(text->substr(5)).value_or(-1) >= 0)) {
      return fmt::format("'{}' is unknown: choose cpu, cuda or cuda:N", *text);
    }
  }
  return std::nullopt;
}

FieldValue parse_field(const Field& field, std::string_view text) {
  const std::string word = trimmed(text);
  const FieldValue kind = field.get(Experiment{});
  FieldValue value;
  if (std::holds_alternative<bool>(kind)) {
    const auto parsed = parse_bool(word);
    if (!parsed) reject(field, text, "true or false");
    value = *parsed;
  } else if (std::holds_alternative<std::int64_t>(kind)) {
    const auto parsed = parse_integer(word);
    if (!parsed) reject(field, text, "a whole number");
    value = *parsed;
  } else if (std::holds_alternative<double>(kind)) {
    const bool none = !field.zero_means.empty() &&
                      (lower(word) == "none" || lower(word) == field.zero_means);
    const auto parsed = none ? std::optional<double>(0.0) : parse_number<double>(word);
    if (!parsed || !std::isfinite(*parsed)) reject(field, text, "a number");
    value = *parsed;
  } else if (std::holds_alternative<std::string>(kind)) {
    value = word;
  } else {
    std::vector<std::int64_t> list;
    std::size_t begin = 0;
    while (begin <= word.size()) {
      const std::size_t end = std::min(word.find(',', begin), word.size());
      const auto parsed = parse_integer(trimmed(std::string_view(word).substr(begin, end - begin)));
      if (!parsed) reject(field, text, "a list of whole numbers such as 128,64");
      list.push_back(*parsed);
      begin = end + 1;
    }
    value = std::move(list);
  }
  if (const auto problem = field_problem(field, value)) {
    throw Error(Error::Kind::setting, std::string(field.flag), *problem);
  }
  return value;
}

std::string format_field(const Field& field, const FieldValue& value) {
  (void)field;
  struct Writer {
    std::string operator()(bool v) const { return v ? "true" : "false"; }
    std::string operator()(std::int64_t v) const { return std::to_string(v); }
    std::string operator()(double v) const { return fmt::format("{}", v); }
    std::string operator()(const std::string& v) const { return v; }
    std::string operator()(const std::vector<std::int64_t>& v) const {
      return fmt::format("{}", fmt::join(v, ","));
    }
  };
  return std::visit(Writer{}, value);
}

}  // namespace paralif
