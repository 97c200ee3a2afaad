#include "app/classroom/vnc_client_stream.h"

#include <cstdint>

#include "app/classroom/vnc_numbers.h"

namespace paralif {
namespace {

constexpr std::size_t version_length = 12;

/// Message types of a client (RFC 6143, 7.5).
enum ClientMessage : unsigned char {
  set_pixel_format = 0,
  set_encodings = 2,
  update_request = 3,
  key_event = 4,
  pointer_event = 5,
  cut_text = 6
};

/// The bytes of a SetPixelFormat message (RFC 6143, 7.4).
enum PixelFormatByte : std::size_t {
  bits_per_pixel = 4,
  big_endian = 6,
  true_colour = 7,
  red_shift = 14,
  green_shift = 15,
  blue_shift = 16
};

/// The same pixels on the wire, named in the other byte order: a colour of eight bits in byte k of
/// four is shifted by 8 k in one and by 24 - 8 k in the other.
void name_in_other_order(std::string& message) {
  const bool plain = message[bits_per_pixel] == 32 && message[big_endian] == 0 && message[true_colour] != 0;
  if (!plain) return;
  for (const std::size_t at : {red_shift, green_shift, blue_shift}) {
    if (message[at] % 8 != 0 || message[at] < 0 || message[at] > 24) return;
  }
  message[big_endian] = 1;
  for (const std::size_t at : {red_shift, green_shift, blue_shift}) {
    message[at] = static_cast<char>(24 - message[at]);
  }
}

}  // namespace

std::size_t VncClientStream::message_length() const {
  if (held_.empty()) return 0;
  switch (static_cast<unsigned char>(held_[0])) {
    case set_pixel_format: return 20;
    case set_encodings: return held_.size() < 4 ? 0 : 4 + 4 * vnc_number(held_, 2, 2);
    case update_request: return 10;
    case key_event: return 8;
    case pointer_event: return 6;
    // A length below zero, as a number of 32 bits, is that of an extended clipboard.
    case cut_text: {
      if (held_.size() < 8) return 0;
      const auto length = static_cast<std::int32_t>(vnc_number(held_, 4, 4));
      return 8 + static_cast<std::size_t>(length < 0 ? -static_cast<std::int64_t>(length) : length);
    }
    default: return 1;  // unknown: passed on byte by byte, for the server to refuse
  }
}

std::string VncClientStream::pass(std::string_view bytes) {
  std::string out;
  const auto take = [&](std::size_t wanted) {
    const std::string_view taken = bytes.substr(0, wanted);
    out.append(taken);
    bytes.remove_prefix(taken.size());
    return taken;
  };
  if (version_.size() < version_length) {
    version_ += take(version_length - version_.size());
    if (version_.size() == version_length) unframed_ = version_ < "RFB 003.007" ? 1 : 2;
  }
  unframed_ -= take(unframed_).size();
  while (!bytes.empty()) {
    if (passing_ > 0) {
      passing_ -= take(passing_).size();
      continue;
    }
    held_ += bytes.front();
    bytes.remove_prefix(1);
    const std::size_t length = message_length();
    if (length == 0) continue;
    if (held_[0] == set_pixel_format) {
      if (held_.size() < length) continue;
      name_in_other_order(held_);
    }
    passing_ = length - held_.size();
    out += held_;
    held_.clear();
  }
  return out;
}

}  // namespace paralif
