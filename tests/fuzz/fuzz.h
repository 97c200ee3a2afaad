// What every fuzzer shares: an Error is an answer, anything else is a finding.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "datasets/error.h"

template <typename Call>
int fuzz(const std::uint8_t* data, std::size_t size, Call call) {
  try {
    call(std::string_view(reinterpret_cast<const char*>(data), size));
  } catch (const paralif::Error&) {
  }
  return 0;
}
