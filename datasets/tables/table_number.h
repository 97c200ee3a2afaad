// Cells of a table as numbers, read whole or not at all.
#pragma once

#include <optional>
#include <string_view>

namespace paralif {

/// Without blanks at its ends.
std::string_view trimmed(std::string_view text);

/// A whole cell as a number: "+0.1", ".5", "5.", "1e3"; "nan" and "inf" are numbers that are not
/// finite, and so is one too large for a double. Nothing for any other text ("12:05", "12abc",
/// "0x1f", "1.234,5"). With a decimal comma there is no point, and a digit on both sides of the
/// comma.
std::optional<double> number_of(std::string_view cell, char decimal = '.');

/// Whether a cell says that there is no value: empty, "NA", "n/a", "null", "none", "-", "?".
bool is_missing(std::string_view cell);

}  // namespace paralif
