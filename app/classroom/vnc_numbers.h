// Numbers of the VNC protocol: unsigned, most significant byte first.
#pragma once

#include <cstddef>
#include <string_view>

namespace paralif {

/// `count` bytes from `at`, which must be there.
inline std::size_t vnc_number(std::string_view bytes, std::size_t at, std::size_t count) {
  std::size_t value = 0;
  for (std::size_t i = 0; i < count; ++i) value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

}  // namespace paralif
