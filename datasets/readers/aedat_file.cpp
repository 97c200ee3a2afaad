// AEDAT 3.1, the packet format of iniVation's cameras: a text header, then packets of events.
#include <algorithm>
#include <array>

#include "datasets/readers/event_bytes.h"
#include "datasets/readers/event_order.h"
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
struct PacketHeader {
  std::uint32_t type;
  std::uint32_t event_bytes;
  std::uint32_t time_offset;  ///< of the time within an event
  std::uint32_t overflow;     ///< how often the 31-bit clock went round
  std::uint32_t events;

  explicit PacketHeader(const char* bytes)
      : type(little(bytes, 2)),
        event_bytes(little(bytes + 4, 4)),
        time_offset(little(bytes + 8, 4)),
        overflow(little(bytes + 12, 4)),
        events(little(bytes + 20, 4)) {}
};

std::int64_t time_of(const char* event, std::uint32_t overflow) {
  return std::int64_t{little(event + 4, 4) & 0x7fffffffU} | std::int64_t{overflow} << 31;
}

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

AedatIndex::AedatIndex(const ByteSource& bytes, const std::string& origin) : origin_(origin) {
  const RecordingBuilder report(gesture_sensor, origin, "", 0);
  std::uint64_t at = header_size(bytes, report);
  std::vector<char> events;
  std::uint64_t first = 0;
  bool sorted = true;
  std::int64_t last = 0;
  while (at < bytes.size) {
    std::array<char, packet_header> header;
    if (bytes.size - at < header.size()) report.fail("is cut short in the header of a packet");
    bytes.fetch(at, header.data(), header.size());
    at += header.size();
    const PacketHeader packet(header.data());
    const std::uint64_t size = std::uint64_t{packet.event_bytes} * packet.events;
    if (size > bytes.size - at) report.fail("is cut short in a packet of events");
    const std::uint64_t start = at;
    at += size;
    if (packet.type != polarity_type || packet.events == 0) continue;
    if (packet.event_bytes != event_size || packet.time_offset != 4) {
      report.fail("has polarity events of an unknown layout");
    }
    events.resize(static_cast<std::size_t>(size));
    bytes.fetch(start, events.data(), events.size());
    Packet found{start, first, packet.events, packet.overflow, time_of(events.data(), packet.overflow),
                 0};
    found.latest = found.earliest;
    for (std::size_t i = 0; i < events.size(); i += event_size) {
      const std::int64_t time = time_of(&events[i], packet.overflow);
      sorted = sorted && time >= last;
      last = time;
      found.earliest = std::min(found.earliest, time);
      found.latest = std::max(found.latest, time);
    }
    packets_.push_back(found);
    first += packet.events;
  }
  if (!sorted) retime(bytes);
}

void AedatIndex::retime(const ByteSource& bytes) {
  std::vector<double> times;
  std::vector<char> events;
  times.reserve(packets_.back().first + packets_.back().events);
  for (const Packet& packet : packets_) {
    events.resize(packet.events * event_size);
    bytes.fetch(packet.at, events.data(), events.size());
    for (std::size_t i = 0; i < events.size(); i += event_size) {
      times.push_back(static_cast<double>(time_of(&events[i], packet.overflow)));
    }
  }
  const std::vector<std::size_t> places = out_of_order(times);
  retime_by_place(times, places);
  for (const std::size_t place : places) {
    retimed_.emplace_back(place, static_cast<std::int64_t>(times[place]));
  }
  for (Packet& packet : packets_) {  // the times no longer decrease
    packet.earliest = static_cast<std::int64_t>(times[packet.first]);
    packet.latest = static_cast<std::int64_t>(times[packet.first + packet.events - 1]);
  }
}

Recording AedatIndex::trial(const ByteSource& bytes, TimeSpan span, const std::string& sample,
                            const ReadOptions& options) const {
  RecordingBuilder builder(gesture_sensor, origin_, sample, 0, options);
  std::vector<char> events;
  for (const Packet& packet : packets_) {
    if (packet.earliest > span.end_us || packet.latest < span.start_us) continue;
    events.resize(packet.events * event_size);
    bytes.fetch(packet.at, events.data(), events.size());
    auto placed = std::ranges::lower_bound(retimed_, packet.first, {},
                                           &std::pair<std::uint64_t, std::int64_t>::first);
    for (std::uint32_t i = 0; i < packet.events; ++i) {
      const char* const event = &events[i * event_size];
      const std::int64_t stamp = time_of(event, packet.overflow);
      const bool moved = placed != retimed_.end() && placed->first == packet.first + i;
      const std::int64_t time = moved ? (placed++)->second : stamp;
      const std::uint32_t data = little(event, 4);
      const bool valid = (data & 1U) != 0;
      if (!valid || time < span.start_us || time > span.end_us) continue;
      if (moved) builder.note_out_of_order(packet.first + i, static_cast<double>(stamp), 1e-6);
      builder.add(static_cast<double>(time - span.start_us), data >> 17, (data >> 2) & 0x7fffU,
                  (data >> 1) & 1U);
    }
  }
  return builder.take();
}

Recording decode_aedat(const ByteSource& bytes, TimeSpan span, const std::string& origin,
                       const std::string& sample, const ReadOptions& options) {
  return AedatIndex(bytes, origin).trial(bytes, span, sample, options);
}

}  // namespace paralif
