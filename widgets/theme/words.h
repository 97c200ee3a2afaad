// Words for Qt, which core has as UTF-8, and for tables.
#pragma once

#include <QString>
#include <string_view>

namespace paralif {

inline QString textOf(std::string_view words) {
  return QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
}

/// As a field of comma-separated values (RFC 4180).
inline QString csvText(QString words) {
  return '"' + words.replace('"', "\"\"") + '"';
}

}  // namespace paralif
