#include "datasets/text.h"

#include <array>
#include <cstdint>
#include <cstdio>

namespace paralif {
namespace {

/// A character at the start of `text`: its code point and length in bytes; length 0 where the
/// bytes are not UTF-8 (overlong forms, surrogates and values above U+10FFFF included).
struct Character {
  std::uint32_t code = 0;
  std::size_t length = 0;
};

Character character_at(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
  };
  const std::uint32_t first = byte(0);
  if (first < 0x80) return {first, 1};
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return {};
  std::uint32_t code = first & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {};
    code = code << 6U | (byte(i) & 0x3FU);
  }
  constexpr std::array<std::uint32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < smallest[length] || code > 0x10FFFF || surrogate) return {};
  return {code, length};
}

/// Calls `visit` with each character's code point and its UTF-8 bytes.
template <typename Visit>
void for_each_character(std::string_view text, Visit visit) {
  while (!text.empty()) {
    const Character c = character_at(text);
    if (c.length == 0) {
      const auto latin = static_cast<unsigned char>(text.front());
      const std::array<char, 2> bytes{static_cast<char>(0xC0U | latin >> 6U),
                                      static_cast<char>(0x80U | (latin & 0x3FU))};
      visit(std::uint32_t{latin}, std::string_view(bytes.data(), bytes.size()));
      text.remove_prefix(1);
    } else {
      visit(c.code, text.substr(0, c.length));
      text.remove_prefix(c.length);
    }
  }
}

bool is_control(std::uint32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0);
}

/// Unicode's controls of direction and its separators of lines and paragraphs.
bool changes_layout(std::uint32_t code) {
  return code == 0x061C || code == 0x200E || code == 0x200F || code == 0x2028 || code == 0x2029 ||
         (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

std::string escape(std::uint32_t code) {
  if (code == '\n') return "\\n";
  if (code == '\r') return "\\r";
  if (code == '\t') return "\\t";
  std::array<char, 16> text{};
  const int length = std::snprintf(text.data(), text.size(), code < 0x100 ? "\\x%02x" : "\\u%04x",
                                   static_cast<unsigned>(code));
  return {text.data(), static_cast<std::size_t>(length)};
}

}  // namespace

std::string as_utf8(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  for_each_character(bytes, [&](std::uint32_t, std::string_view utf8) { text += utf8; });
  return text;
}

std::string printable(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  for_each_character(bytes, [&](std::uint32_t code, std::string_view utf8) {
    if (is_control(code) || changes_layout(code)) {
      text += escape(code);
    } else {
      text += utf8;
    }
  });
  return text;
}

}  // namespace paralif
