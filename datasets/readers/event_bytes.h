// Decoders of single event files from their bytes; what the readers and the fuzzers share.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/read_options.h"
#include "datasets/recording.h"

namespace paralif {

inline constexpr SensorShape nmnist_sensor{34, 34, 2};
inline constexpr SensorShape gesture_sensor{128, 128, 2};

/// An N-MNIST file: 5 bytes an event; an event at y = 240 only says that the 13-bit clock of the
/// sensor went round. Times in microseconds. Throws Error(file).
Recording decode_nmnist(std::string_view bytes, const std::string& origin,
                        const ReadOptions& options = {});

/// A .npy file (versions 1 to 3, little- or big-endian numbers, C or Fortran order): n x 4 numbers
/// (x, y, polarity, milliseconds), or n rows of the fields x, y, p and t in any order, whose time
/// is in microseconds where it is a whole number and in milliseconds elsewhere, unless the options
/// say the unit. Polarity is 0 and 1, or -1 and 1. Times are returned in microseconds.
/// Throws Error(file).
Recording decode_gesture_array(std::string_view bytes, const std::string& origin,
                               const ReadOptions& options = {});

struct TimeSpan {
  std::int64_t start_us;
  std::int64_t end_us;
};

/// Bytes that are fetched piece by piece, so that a long file need not be in memory.
struct ByteSource {
  std::uint64_t size;
  std::function<void(std::uint64_t at, char* to, std::size_t count)> fetch;
};

/// Where the polarity events of an AEDAT 3.1 recording are, and when: read once, so that a trial
/// is then taken from the packets that it touches. Times are microseconds and count the overflows
/// of the 31-bit clock that packets state; an event whose time does not fit its place among the
/// others is given the time of the one before it, so that it is in the trial it was recorded in.
class AedatIndex {
 public:
  /// Throws Error(file) for anything but whole packets after a header.
  AedatIndex(const ByteSource& bytes, const std::string& origin);

  /// The valid polarity events within a span, both ends included, in microseconds from its start.
  /// Throws Error(file).
  [[nodiscard]] Recording trial(const ByteSource& bytes, TimeSpan span, const std::string& sample,
                                const ReadOptions& options = {}) const;

 private:
  struct Packet {
    std::uint64_t at;       ///< of its first event in the file
    std::uint64_t first;    ///< event of the recording
    std::uint32_t events;
    std::uint32_t overflow;  ///< how often the clock had gone round
    std::int64_t earliest;   ///< after events out of order were given their place's time
    std::int64_t latest;
  };
  void retime(const ByteSource& bytes);

  std::string origin_;
  std::vector<Packet> packets_;
  std::vector<std::pair<std::uint64_t, std::int64_t>> retimed_;  ///< event and its time
};

/// A trial of a recording that is read once. Throws Error(file).
Recording decode_aedat(const ByteSource& bytes, TimeSpan span, const std::string& origin,
                       const std::string& sample, const ReadOptions& options = {});

/// A row of a DVS Gesture label file: class 1..11 and its span.
struct GestureTrial {
  std::int64_t label;  ///< 0..10
  TimeSpan span;
};
std::vector<GestureTrial> decode_gesture_labels(std::string_view text, const std::string& origin);

}  // namespace paralif
