#include "datasets/tables/column_name.h"

#include <algorithm>
#include <array>
#include <utility>

namespace paralif {
namespace {

struct TimeUnit {
  std::string_view name;
  double seconds;
};

constexpr std::array<TimeUnit, 26> time_units{{
    {"s", 1.0},           {"sec", 1.0},          {"secs", 1.0},           {"second", 1.0},
    {"seconds", 1.0},     {"sekunde", 1.0},      {"sekunden", 1.0},       {"ms", 1e-3},
    {"msec", 1e-3},       {"msecs", 1e-3},       {"millisecond", 1e-3},   {"milliseconds", 1e-3},
    {"millisekunden", 1e-3}, {"us", 1e-6},       {"usec", 1e-6},          {"usecs", 1e-6},
    {"\xC2\xB5s", 1e-6},  {"\xCE\xBCs", 1e-6},   {"\xC2\xB5sec", 1e-6},   {"microsecond", 1e-6},
    {"microseconds", 1e-6}, {"mikrosekunden", 1e-6}, {"ns", 1e-9},        {"nsec", 1e-9},
    {"nanosecond", 1e-9}, {"nanoseconds", 1e-9},
}};

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_small(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_word(char c) {
  return is_capital(c) || is_small(c) || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

ColumnName::ColumnName(std::string_view name) {
  std::string word;
  const auto end = [&] {
    if (!word.empty()) words_.push_back(std::exchange(word, {}));
  };
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (!is_word(c) || (i > 0 && is_capital(c) && is_small(name[i - 1]))) end();
    if (is_word(c)) word += is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c;
  }
  end();
}

bool ColumnName::has(std::initializer_list<std::string_view> words) const {
  return std::ranges::any_of(words_, [&](const std::string& own) {
    return std::ranges::find(words, own) != words.end();
  });
}

std::optional<double> ColumnName::seconds() const {
  for (const std::string& word : words_) {
    if (const auto seconds = seconds_of_unit(word)) return seconds;
  }
  return {};
}

bool ColumnName::is_time() const {
  if (has({"time", "times", "t", "ts", "timestamp", "timestamps", "spiketime", "spiketimes", "zeit",
           "zeiten", "zeitpunkt"})) {
    return true;
  }
  return words_.size() == 1 && seconds().has_value();
}

std::optional<double> seconds_of_unit(std::string_view unit) {
  const auto found = std::ranges::find(time_units, unit, &TimeUnit::name);
  if (found == time_units.end()) return {};
  return found->seconds;
}

std::string name_of_unit(double seconds) {
  if (seconds == 1e-3) return "ms";
  if (seconds == 1e-6) return "us";
  if (seconds == 1e-9) return "ns";
  return "s";
}

}  // namespace paralif
