// Texts for people, marked where they stand so that a translation can be found for them.
#pragma once

#include <string>
#include <string_view>

namespace paralif {

/// A text in English that lives as long as the program. Widgets show its translation (see
/// widgets/theme/words.h); the terminal, files and errors have it as it is.
class Text {
 public:
  constexpr Text() = default;

  [[nodiscard]] constexpr std::string_view english() const { return english_; }
  [[nodiscard]] constexpr bool empty() const { return english_.empty(); }
  /// Whether people of every language read it alike, such as "ms".
  [[nodiscard]] constexpr bool is_symbol() const { return symbol_; }

  friend constexpr bool operator==(Text a, Text b) { return a.english_ == b.english_; }

 private:
  constexpr Text(std::string_view english, bool symbol) : english_(english), symbol_(symbol) {}
  friend constexpr Text marked(const char* english);
  friend constexpr Text symbol(std::string_view text);

  std::string_view english_;
  bool symbol_ = false;
};

/// A text to translate: a literal, which lupdate finds by `-tr-function-alias QT_TR_NOOP+=marked`.
constexpr Text marked(const char* english) {
  return {english, false};
}

/// A text that no language writes otherwise: a unit such as "ms", an id. It must live as long as
/// the program.
constexpr Text symbol(std::string_view text) {
  return {text, true};
}

/// One thing of several to choose from, and what it is.
struct ChoiceMeaning {
  std::string choice;
  Text meaning;
};

}  // namespace paralif
