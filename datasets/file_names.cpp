#include "datasets/file_names.h"

#include <algorithm>
#include <array>

namespace paralif {
namespace {

char small(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string small_letters(std::string text) {
  std::ranges::transform(text, text.begin(), small);
  return text;
}

}  // namespace

std::string suffix_of(const std::filesystem::path& path) {
  return small_letters(path.extension().string());
}

bool has_suffix(const std::filesystem::path& path, std::string_view suffix) {
  return suffix_of(path) == suffix;
}

bool is_companion(const std::filesystem::path& path) {
  constexpr std::array<std::string_view, 3> names{"__macosx", "thumbs.db", "desktop.ini"};
  const std::string name = small_letters(path.filename().string());
  if (name == "." || name == "..") return false;
  return name.starts_with('.') || std::ranges::find(names, name) != names.end();
}

bool has_companion(const std::filesystem::path& relative) {
  return std::ranges::any_of(relative,
                             [](const std::filesystem::path& part) { return is_companion(part); });
}

}  // namespace paralif
