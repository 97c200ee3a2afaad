// The program's own words, which core has as UTF-8, for Qt.
#pragma once

#include <QString>
#include <string_view>

namespace paralif {

inline QString textOf(std::string_view words) {
  return QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
}

}  // namespace paralif
