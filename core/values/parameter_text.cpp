#include "core/values/parameter_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

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

std::optional<std::int64_t> parse_whole(std::string_view text) {
  if (const auto whole = parse_number<std::int64_t>(text)) return whole;
  // "1e3" is a whole number too.
  const auto real = parse_number<double>(text);
  if (real && std::abs(*real) < 9e15 && std::floor(*real) == *real) {
    return static_cast<std::int64_t>(*real);
  }
  return std::nullopt;
}

std::optional<bool> parse_flag(const std::string& text) {
  const std::string word = lower(text);
  if (word == "true" || word == "1" || word == "yes" || word == "on") return true;
  if (word == "false" || word == "0" || word == "no" || word == "off") return false;
  return std::nullopt;
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

[[noreturn]] void reject(const ParameterFacts& facts, std::string_view text,
                         const std::string& wanted) {
  throw Error(Error::Kind::setting, std::string(facts.option()),
              fmt::format("'{}' is not {}", text, wanted),
              facts.choices.empty() ? "" : fmt::format("choose {}",
                                                       fmt::join(facts.choices, ", ")));
}

/// One value, or one layer's.
LayerValue parse_one(const ParameterFacts& facts, const std::string& word) {
  const std::string small = lower(word);
  if (!facts.absent.empty() &&
      (small == "none" || small == "default" || small == facts.absent.english())) {
    return Absent{};
  }
  if (facts.type == ParameterType::flag) {
    const auto parsed = parse_flag(word);
    if (!parsed) reject(facts, word, "true or false");
    return *parsed;
  }
  const bool none = !facts.zero_word.empty() && small == facts.zero_word.english();
  if (facts.type == ParameterType::whole || facts.type == ParameterType::wholes) {
    const auto parsed = none ? std::optional<std::int64_t>(0) : parse_whole(word);
    if (!parsed) {
      reject(facts, word,
             facts.type == ParameterType::whole ? "a whole number"
                                                : "a list of whole numbers such as 128,64");
    }
    return *parsed;
  }
  const auto parsed = none ? std::optional<double>(0.0) : parse_number<double>(word);
  if (!parsed || !std::isfinite(*parsed)) reject(facts, word, "a number");
  if (*parsed == 0.0 && facts.zero_flag_is_absent) return Absent{};
  return *parsed;
}

template <typename T>
std::vector<T> parse_list(const ParameterFacts& facts, const std::string& text) {
  std::vector<T> list;
  for (const std::string& one : words_of(text)) list.push_back(std::get<T>(parse_one(facts, one)));
  return list;
}

ParameterValue parse(const ParameterFacts& facts, const std::string& word) {
  if (facts.type == ParameterType::text || facts.type == ParameterType::layers) return word;
  if (facts.type == ParameterType::wholes) return parse_list<std::int64_t>(facts, word);
  if (facts.type == ParameterType::reals) return parse_list<double>(facts, word);
  const auto words = words_of(word);
  if (facts.per_layer && words.size() > 1 && lower(word) != facts.absent.english()) {
    std::vector<LayerValue> list;
    for (const std::string& one : words) list.push_back(parse_one(facts, one));
    return list;
  }
  return std::visit([](const auto& one) -> ParameterValue { return one; }, parse_one(facts, word));
}

struct Words {
  std::string operator()(Absent) const { return "none"; }
  std::string operator()(bool on) const { return on ? "true" : "false"; }
  std::string operator()(std::int64_t number) const { return fmt::format("{}", number); }
  std::string operator()(double number) const { return fmt::format("{}", number); }
  std::string operator()(const std::string& text) const { return text; }
  template <typename T>
  std::string operator()(const std::vector<T>& list) const {
    return fmt::format("{}", fmt::join(list, ","));
  }
  std::string operator()(const std::vector<LayerValue>& list) const {
    std::vector<std::string> words;
    for (const LayerValue& one : list) words.push_back(std::visit(*this, one));
    return (*this)(words);
  }
};

}  // namespace

ParameterValue parse_parameter(const ParameterFacts& facts, std::string_view text) {
  const std::string word = trimmed(text);
  ParameterValue value = facts.read ? facts.read(word) : parse(facts, word);
  if (const auto problem = value_problem(facts, value)) {
    throw Error(Error::Kind::setting, std::string(facts.option()), *problem);
  }
  return value;
}

std::string format_parameter(const ParameterFacts& facts, const ParameterValue& value) {
  return facts.write ? facts.write(value) : std::visit(Words{}, value);
}

std::string english_explanation(const ParameterFacts& facts) {
  std::string text(facts.explanation.english());
  for (const ChoiceMeaning& one : facts.meanings) {
    text += fmt::format(" {}: {}", one.choice, one.meaning.english());
  }
  return text;
}

}  // namespace paralif
