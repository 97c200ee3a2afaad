// What work that fails says to people.
#pragma once

#include <QString>
#include <exception>

namespace paralif::testing {

/// Empty when it throws nothing.
template <typename Work>
QString said(Work&& work) {
  try {
    work();
  } catch (const std::exception& error) {
    return QString::fromUtf8(error.what());
  }
  return {};
}

}  // namespace paralif::testing
