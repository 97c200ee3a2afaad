// A recording as small as its file keeps it, for caches.
#pragma once

#include <cstddef>
#include <variant>
#include <vector>

#include "datasets/recording.h"

namespace paralif {

/// Times in half or single precision where the file had them so, in whole ticks where all are
/// whole, and as they are elsewhere: unpacking gives exactly what was packed.
class PackedRecording {
 public:
  explicit PackedRecording(const Recording& recording);

  [[nodiscard]] Recording unpack() const;
  [[nodiscard]] std::size_t bytes() const;

 private:
  struct Half {
    std::vector<std::uint16_t> bits;
  };
  using Times =
      std::variant<Half, std::vector<float>, std::vector<std::uint32_t>, std::vector<double>>;

  Times times_;
  std::vector<std::uint16_t> unit_;
  TimePrecision precision_;
};

}  // namespace paralif
