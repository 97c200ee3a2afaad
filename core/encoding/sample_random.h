// Random numbers of one sample: the same for the same draw and sample, whoever asks and when.
#pragma once

#include <cstdint>

#include "core/values/counter_random.h"

namespace paralif {

class SampleRandom {
 public:
  SampleRandom(std::uint64_t draw, std::uint64_t sample) : key_(keyed(draw, sample)) {}

  /// In [0, 1).
  double uniform() { return uniform_at(key_, counter_++); }
  double uniform(double from, double to) { return from + (to - from) * uniform(); }
  /// In 0..bound-1.
  std::int64_t below(std::int64_t bound) {
    return static_cast<std::int64_t>(uniform() * static_cast<double>(bound));
  }

 private:
  std::uint64_t key_;
  std::uint64_t counter_ = 0;
};

}  // namespace paralif
