// Words for Qt, which core has as UTF-8, and for tables.
#pragma once

#include <QCoreApplication>
#include <QString>
#include <string_view>

#include "core/values/text.h"

namespace paralif {

inline QString textOf(std::string_view words) {
  return QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
}

/// In the language of the program.
inline QString textOf(Text text) {
  if (text.is_symbol() || text.empty()) return textOf(text.english());
  return QCoreApplication::translate("core", text.english().data());  // a literal, so it ends in 0
}

/// As a field of comma-separated values (RFC 4180).
inline QString csvText(QString words) {
  return '"' + words.replace('"', "\"\"") + '"';
}

}  // namespace paralif
