// The one notation of numbers: in fields, axes, tables, read-outs and files alike.
//
// A decimal point, no grouping, "-" before a negative number, "1e-05" for what is very small or
// large, a space before the unit. It does not depend on the system's language, and readNumber()
// takes everything that is shown.
#pragma once

#include <QLocale>
#include <QString>
#include <optional>

namespace paralif {

constexpr int shownDigits = 5;  ///< significant digits where room is short

/// Qt's own writing of numbers (spin boxes, axes, item views) in this notation.
QLocale numberLocale();

/// Makes it the locale of every widget made from now on.
void useNumberNotation();

/// At most `digits` significant digits, without trailing zeros: "0.095956", "1e-05", "12".
QString numberText(double value, int digits = shownDigits);

/// Every digit a decimal number of a file or field has (15), without the noise of binary ones.
QString fullNumberText(double value);

/// "20 ms"; the number alone where there is no unit.
QString withUnit(const QString& number, const QString& unit);

/// Reads a number as it is shown or commonly typed: also a true minus sign, and a decimal comma
/// where it can be nothing else ("0,5", "12,25"). Nothing for "1,234", which is either, for text
/// that is no number, and for what is not finite.
std::optional<double> readNumber(QStringView text);

/// Whether the comma in `text` could be a decimal one as well as one that groups thousands.
bool hasAmbiguousComma(QStringView text);

}  // namespace paralif
