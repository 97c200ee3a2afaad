// AEDAT 3.1, the packet format of iniVation's cameras: a text header, then packets of events.
#include <algorithm>
#include <array>

#include "datasets/readers/event_bytes.h"
#include "datasets/readers/recording_builder.h"

namespace paralif {
namespace {

constexpr std::string_view version_line = "#!AER-DAT3.1";
constexpr std::string_view end_line = "#!END-HEADER";
constexpr std::size_t packet_header = 28;
constexpr std::size_t event_size = 8;
constexpr std::uint32_t polarity_type = 1;

std::uint32_t little(const char* bytes, int count) {
  std::uint32_t value = 0;
  for (int i = count; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

/// The fields of a packet's header that are needed to walk it.
struct Packet {
  std::uint32_t type;
  std::uint32_t event_bytes;
  std::uint32_t time_offset;  ///< of the time within an event
  std::uint32_t overflow;     ///< how often the 31-bit clock went round
  std::uint32_t events;

  explicit Packet(const char* bytes)
      : type(little(bytes, 2)),
        event_bytes(little(bytes + 4, 4)),
        time_offset(little(bytes + 8, 4)),
        overflow(little(bytes + 12, 4)),
        events(little(bytes + 20, 4)) {}

  [[nodiscard]] std::int64_t time(const char* event) const {
    return std::int64_t{little(event + 4, 4) & 0x7fffffffU} | std::int64_t{overflow} << 31;
  }
};

std::uint64_t header_size(const ByteSource& bytes, const RecordingBuilder& report) {
  constexpr std::uint64_t longest = 65536;
  std::string text(std::min(bytes.size, longest), '\0');
  bytes.fetch(0, text.data(), text.size());
  if (!text.starts_with(version_line)) report.fail("is not an AEDAT 3.1 recording");
  const std::size_t last = text.find(end_line);
  const std::size_t end = last == std::string::npos ? last : text.find('\n', last);
  if (end == std::string::npos) report.fail("has no end of its header");
  return end + 1;
}

}  // namespace

Recording decode_aedat(const ByteSource& bytes, TimeSpan span, const std::string& origin,
                       const std::string& sample) {
  RecordingBuilder builder(gesture_sensor, origin, sample, 0);
  std::uint64_t at = header_size(bytes, builder);
  std::vector<char> events;
  while (at < bytes.size) {
    std::array<char, packet_header> header;
    if (bytes.size - at < header.size()) builder.fail("is cut short in the header of a packet");
    bytes.fetch(at, header.data(), header.size());
    at += header.size();
    const Packet packet(header.data());
    const std::uint64_t size = std::uint64_t{packet.event_bytes} * packet.events;
    if (size > bytes.size - at) builder.fail("is cut short in a packet of events");
    const std::uint64_t start = at;
    at += size;
    if (packet.type != polarity_type || packet.events == 0) continue;
    if (packet.event_bytes != event_size || packet.time_offset != 4) {
      builder.fail("has polarity events of an unknown layout");
    }
    std::array<char, event_size> edge;
    bytes.fetch(start, edge.data(), edge.size());
    if (packet.time(edge.data()) > span.end_us) break;
    bytes.fetch(start + size - event_size, edge.data(), edge.size());
    if (packet.time(edge.data()) < span.start_us) continue;
    events.resize(static_cast<std::size_t>(size));
    bytes.fetch(start, events.data(), events.size());
    for (const char* event = events.data(); event != events.data() + events.size();
         event += event_size) {
      const std::uint32_t data = little(event, 4);
      const std::int64_t time = packet.time(event);
      const bool valid = (data & 1U) != 0;
      if (!valid || time < span.start_us || time > span.end_us) continue;
      builder.add(static_cast<double>(time - span.start_us), data >> 17, (data >> 2) & 0x7fffU,
                  (data >> 1) & 1U);
    }
  }
  return builder.take();
}

}  // namespace paralif
