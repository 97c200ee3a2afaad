// Decoders of single event files from their bytes; what the readers and the fuzzers share.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/recording.h"

namespace paralif {

inline constexpr SensorShape nmnist_sensor{34, 34, 2};
inline constexpr SensorShape gesture_sensor{128, 128, 2};

/// An N-MNIST file: 5 bytes an event; an event at y = 240 only says that the 13-bit clock of the
/// sensor went round. Times in microseconds. Throws Error(file).
Recording decode_nmnist(std::string_view bytes, const std::string& origin);

/// A .npy file (versions 1 to 3, little- or big-endian numbers, C or Fortran order), n x 4:
/// x, y, polarity, milliseconds. Throws Error(file).
Recording decode_gesture_array(std::string_view bytes, const std::string& origin);

struct TimeSpan {
  std::int64_t start_us;
  std::int64_t end_us;
};

/// Bytes that are fetched piece by piece, so that a long file need not be in memory.
struct ByteSource {
  std::uint64_t size;
  std::function<void(std::uint64_t at, char* to, std::size_t count)> fetch;
};

/// The polarity events of an AEDAT 3.1 recording within a span, both ends included, in
/// microseconds from its start; packets outside it are passed over unread. Throws Error(file).
Recording decode_aedat(const ByteSource& bytes, TimeSpan span, const std::string& origin,
                       const std::string& sample);

/// A row of a DVS Gesture label file: class 1..11 and its span.
struct GestureTrial {
  std::int64_t label;  ///< 0..10
  TimeSpan span;
};
std::vector<GestureTrial> decode_gesture_labels(std::string_view text, const std::string& origin);

}  // namespace paralif
