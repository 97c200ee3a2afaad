// Lengths as text: lists, and linear or logarithmic ranges.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/timing/timing_plan.h"
#include "datasets/error.h"

namespace paralif {
namespace {

constexpr std::int64_t longest = 10'000'000;
constexpr std::int64_t most = 200;

[[noreturn]] void unreadable(const std::string& problem) {
  throw Error(Error::Kind::setting, "lengths", problem,
              "write 10, 100, 1000 or linear:10:5000:10 or log:10:5000:10");
}

std::int64_t whole(const std::string& text) {
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (text.empty() || read.ec != std::errc() || read.ptr != end || value < 1 || value > longest) {
    unreadable(fmt::format("'{}' is no whole number from 1 to {}", text, longest));
  }
  return value;
}

/// Cut at anything that is neither a letter nor a digit nor a sign or dot of a number.
std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words{""};
  const auto next = [&] {
    if (!words.back().empty()) words.emplace_back();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool range = c == '.' && i + 1 < text.size() && text[i + 1] == '.';
    const bool times = c == 'x' && words[0].starts_with('l');  // linear 10..5000 x 10
    if (range || times || c == ',' || c == ';' || c == ':' ||
        std::isspace(static_cast<unsigned char>(c)) != 0) {
      next();
      if (range) ++i;
    } else {
      words.back() += c;
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

std::vector<std::int64_t> range(bool log, std::int64_t from, std::int64_t to, std::int64_t count) {
  if (from > to) unreadable(fmt::format("the range from {} to {} is empty", from, to));
  if (count > most) unreadable(fmt::format("{} lengths are too many, {} the most", count, most));
  std::vector<std::int64_t> lengths;
  const auto first = static_cast<double>(from);
  const auto last = static_cast<double>(to);
  for (std::int64_t i = 0; i < count; ++i) {
    const double part = count > 1 ? static_cast<double>(i) / static_cast<double>(count - 1) : 1.0;
    const double at = log ? std::round(first * std::pow(last / first, part))
                          : std::floor(first + (last - first) * part + 1e-6);
    lengths.push_back(std::clamp(static_cast<std::int64_t>(at), from, to));
  }
  return lengths;
}

}  // namespace

std::vector<std::int64_t> lengths_from(const std::string& text) {
  const std::vector<std::string> words = words_of(text);
  if (words.empty()) unreadable("no lengths are given");
  std::vector<std::int64_t> lengths;
  if (words[0] == "log" || words[0] == "linear") {
    if (words.size() != 4) unreadable("a range is a first, a last length and how many");
    lengths = range(words[0] == "log", whole(words[1]), whole(words[2]), whole(words[3]));
  } else {
    for (const std::string& word : words) lengths.push_back(whole(word));
  }
  std::ranges::sort(lengths);
  lengths.erase(std::unique(lengths.begin(), lengths.end()), lengths.end());
  if (lengths.size() > most) {
    unreadable(fmt::format("{} lengths are too many, {} the most", lengths.size(), most));
  }
  return lengths;
}

std::string lengths_text(const std::vector<std::int64_t>& lengths) {
  if (lengths.size() > 3) {
    const auto count = static_cast<std::int64_t>(lengths.size());
    for (const bool log : {false, true}) {
      if (range(log, lengths.front(), lengths.back(), count) == lengths) {
        return fmt::format("{}:{}:{}:{}", log ? "log" : "linear", lengths.front(), lengths.back(),
                           count);
      }
    }
  }
  return fmt::format("{}", fmt::join(lengths, ","));
}

}  // namespace paralif
