#include "core/experiments/fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/experiments/network_presets.h"
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

/// Words between commas and blanks.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    std::string entry = trimmed(text.substr(begin, end - begin));
    for (auto blank = entry.find_first_of(" \t"); blank != std::string::npos;
         blank = entry.find_first_of(" \t")) {
      words.push_back(entry.substr(0, blank));
      entry = trimmed(std::string_view(entry).substr(blank));
    }
    words.push_back(std::move(entry));
    begin = end + 1;
  }
  return words;
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
  const auto one_problem = [&](const auto& one) -> std::optional<std::string> {
    using T = std::remove_cvref_t<decltype(one)>;
    if constexpr (std::is_same_v<T, Absent>) {
      if (field.absent.empty()) return "needs a value";
    } else if constexpr (std::is_same_v<T, std::int64_t> || std::is_same_v<T, double>) {
      return number_problem(static_cast<double>(one));
    }
    return std::nullopt;
  };
  const auto length_problem = [&](std::size_t length) -> std::optional<std::string> {
    if (length == 0) return "give at least one number, such as 128";
    if (length <= most_layers) return std::nullopt;
    return fmt::format("has {} entries: give at most {}", length, most_layers);
  };
  if (const auto* list = std::get_if<std::vector<std::int64_t>>(&value)) {
    if (auto problem = length_problem(list->size())) return problem;
    for (const std::int64_t entry : *list) {
      if (auto problem = one_problem(entry)) return problem;
    }
    return std::nullopt;
  }
  if (const auto* list = std::get_if<std::vector<LayerValue>>(&value)) {
    if (!field.per_layer) return "takes one value";
    if (auto problem = length_problem(list->size())) return problem;
    for (const LayerValue& entry : *list) {
      if (auto problem = std::visit(one_problem, entry)) return problem;
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
    return std::nullopt;
  }
  return std::visit(one_problem, value);
}

std::string_view change_problem(const Field& field) {
  if (field.live) return {};
  if (field.on_resume) {
    return "cannot change while training: stop, change it, and resume the run";
  }
  switch (field.group) {
    case FieldGroup::dataset:
      return "cannot change during a run, which would go on with other data: start a new run";
    case FieldGroup::network:
    case FieldGroup::neuron:
      return "cannot change during a run, whose weights belong to this network: start a new run";
    case FieldGroup::training:
    case FieldGroup::execution:
      return "cannot change during a run, which could not be repeated: start a new run";
  }
  return {};
}

namespace {

/// One value, or one layer's.
LayerValue parse_one(const Field& field, const std::string& word) {
  const std::string small = lower(word);
  if (!field.absent.empty() && (small == "none" || small == "default" || small == field.absent)) {
    return Absent{};
  }
  switch (field.kind) {
    case FieldKind::flag: {
      const auto parsed = parse_bool(word);
      if (!parsed) reject(field, word, "true or false");
      return *parsed;
    }
    case FieldKind::integer:
    case FieldKind::integers: {
      const auto parsed = !field.zero_word.empty() && small == field.zero_word
                              ? std::optional<std::int64_t>(0)
                              : parse_integer(word);
      if (!parsed) {
        reject(field, word,
               field.kind == FieldKind::integer ? "a whole number"
                                                : "a list of whole numbers such as 128,64");
      }
      return *parsed;
    }
    case FieldKind::real:
    case FieldKind::text:
    case FieldKind::layers:
      break;
  }
  const auto parsed = !field.zero_word.empty() && small == field.zero_word
                          ? std::optional<double>(0.0)
                          : parse_number<double>(word);
  if (!parsed || !std::isfinite(*parsed)) reject(field, word, "a number");
  if (*parsed == 0.0 && field.zero_flag_is_absent) return Absent{};
  return *parsed;
}

FieldValue as_field_value(const LayerValue& value) {
  return std::visit([](const auto& one) -> FieldValue { return one; }, value);
}

}  // namespace

FieldValue parse_field(const Field& field, std::string_view text) {
  const std::string word = trimmed(text);
  FieldValue value;
  if (field.kind == FieldKind::layers) return layers_text(network_named(word));
  if (field.kind == FieldKind::text) {
    value = word;
  } else if (field.kind == FieldKind::integers) {
    std::vector<std::int64_t> list;
    for (const std::string& one : words_of(word)) {
      list.push_back(std::get<std::int64_t>(parse_one(field, one)));
    }
    value = std::move(list);
  } else if (const auto words = words_of(word); field.per_layer && words.size() > 1 &&
                                                lower(word) != field.absent) {
    std::vector<LayerValue> list;
    for (const std::string& one : words) list.push_back(parse_one(field, one));
    value = std::move(list);
  } else {
    value = as_field_value(parse_one(field, word));
  }
  if (const auto problem = field_problem(field, value)) {
    throw Error(Error::Kind::setting, std::string(field.flag), *problem);
  }
  return value;
}

std::string format_field(const Field& field, const FieldValue& value) {
  const auto word = [&](const auto& one) -> std::string {
    using T = std::remove_cvref_t<decltype(one)>;
    if constexpr (std::is_same_v<T, bool>) return one ? "true" : "false";
    else if constexpr (std::is_same_v<T, Absent>) return "none";
    else if constexpr (std::is_same_v<T, std::string>) return one;
    else if constexpr (std::is_arithmetic_v<T>) return fmt::format("{}", one);
    else return {};
  };
  if (field.kind == FieldKind::layers) {
    const std::string& text = std::get<std::string>(value);
    if (text.empty()) return "dense";
    const std::string_view preset = preset_name_of(layers_from_text(text));
    return preset.empty() ? text : std::string(preset);
  }
  if (const auto* list = std::get_if<std::vector<std::int64_t>>(&value)) {
    return fmt::format("{}", fmt::join(*list, ","));
  }
  if (const auto* list = std::get_if<std::vector<LayerValue>>(&value)) {
    std::vector<std::string> words;
    for (const LayerValue& one : *list) words.push_back(std::visit(word, one));
    return fmt::format("{}", fmt::join(words, ","));
  }
  return std::visit(word, value);
}

}  // namespace paralif
