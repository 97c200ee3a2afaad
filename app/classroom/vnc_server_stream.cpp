#include "app/classroom/vnc_server_stream.h"

#include <algorithm>

#include "app/classroom/vnc_numbers.h"

namespace paralif {
namespace {

/// Message types of a server (RFC 6143, 7.6) and the encodings that Qt sends (7.7, 7.8).
constexpr unsigned char framebuffer_update = 0;
constexpr unsigned char bell = 2;
constexpr unsigned char cut_text = 3;
constexpr std::uint32_t raw_encoding = 0;
constexpr std::uint32_t cursor_encoding = 0xffffff11;        // -239
constexpr std::uint32_t desktop_size_encoding = 0xffffff21;  // -223

constexpr std::size_t pixel_size = 4;

}  // namespace

void VncServerStream::await(Awaiting what, std::size_t head) {
  awaiting_ = what;
  head_length_ = head;
}

void VncServerStream::next_rectangle() {
  if (rectangles_ == 0) return await(Awaiting::message, 1);
  --rectangles_;
  await(Awaiting::rectangle, 12);
}

void VncServerStream::take_head() {
  switch (awaiting_) {
    case Awaiting::version:
      return head_ == "RFB 003.003\n" ? await(Awaiting::security, 4) : await(Awaiting::anything, 0);
    case Awaiting::security:
      return vnc_number(head_, 0, 4) == 1 ? await(Awaiting::init, 24) : await(Awaiting::anything, 0);
    case Awaiting::init:
      passing_ = vnc_number(head_, 20, 4);  // the name
      return await(Awaiting::message, 1);
    case Awaiting::message:
      switch (static_cast<unsigned char>(head_[0])) {
        case framebuffer_update: return await(Awaiting::update, 3);
        case bell: return;
        case cut_text: return await(Awaiting::text, 7);
        default: return await(Awaiting::anything, 0);
      }
    case Awaiting::update:
      rectangles_ = vnc_number(head_, 1, 2);
      return next_rectangle();
    case Awaiting::text:
      passing_ = vnc_number(head_, 3, 4);
      return await(Awaiting::message, 1);
    case Awaiting::rectangle: {
      const std::size_t width = vnc_number(head_, 4, 2);
      const std::size_t height = vnc_number(head_, 6, 2);
      const std::size_t encoding = vnc_number(head_, 8, 4);
      if (encoding == raw_encoding) {
        pixel_bytes_ = width * height * pixel_size;
      } else if (encoding == cursor_encoding) {
        passing_ = width * height * pixel_size + (width + 7) / 8 * height;
      } else if (encoding != desktop_size_encoding) {
        return await(Awaiting::anything, 0);
      }
      return next_rectangle();
    }
    case Awaiting::anything: return;
  }
}

std::string VncServerStream::pass(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  while (!bytes.empty()) {
    if (pixel_bytes_ > 0) {
      const std::size_t count = std::min(pixel_bytes_, bytes.size());
      const std::size_t begin = out.size();
      out += bytes.substr(0, count);
      // The last byte of each pixel, wherever the chunk began within one.
      for (std::size_t i = (pixel_bytes_ + pixel_size - 1) % pixel_size; i < count; i += pixel_size) {
        out[begin + i] = '\xff';
      }
      pixel_bytes_ -= count;
      bytes.remove_prefix(count);
      continue;
    }
    if (passing_ > 0 || awaiting_ == Awaiting::anything) {
      const std::size_t count = awaiting_ == Awaiting::anything && passing_ == 0
                                    ? bytes.size()
                                    : std::min(passing_, bytes.size());
      out += bytes.substr(0, count);
      if (passing_ > 0) passing_ -= count;
      bytes.remove_prefix(count);
      continue;
    }
    const std::string_view taken = bytes.substr(0, head_length_ - head_.size());
    head_ += taken;
    out += taken;
    bytes.remove_prefix(taken.size());
    if (head_.size() < head_length_) break;
    take_head();
    head_.clear();
  }
  return out;
}

}  // namespace paralif
