// Text that came from files or names, made safe to show and to write as JSON.
#pragma once

#include <string>
#include <string_view>

namespace paralif {

/// The same text as valid UTF-8: bytes that are none are read as Latin-1.
std::string as_utf8(std::string_view bytes);

/// One line that a terminal or a label can show: valid UTF-8, in which control characters (C0, C1,
/// DEL), line and paragraph separators and the marks that override the direction of text stand as
/// escapes (\n, \x1b, \u202e).
std::string printable(std::string_view bytes);

}  // namespace paralif
