// A zip archive for tests, of uncompressed entries, whose headers may lie.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

struct ZipEntry {
  std::string name;
  std::string bytes;
  std::int64_t claimed_size = -1;  ///< -1: the true one
};

inline std::uint32_t crc32_of(const std::string& bytes) {
  std::uint32_t crc = ~0U;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (0xedb88320U & (~(crc & 1U) + 1U));
  }
  return ~crc;
}

/// Local headers, central directory and end record (APPNOTE.TXT, 4.3).
inline std::string zip_bytes(const std::vector<ZipEntry>& entries) {
  const auto number = [](std::uint64_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> 8 * i & 0xff);
    return text;
  };
  std::string files;
  std::string directory;
  for (const ZipEntry& e : entries) {
    const auto claimed = e.claimed_size < 0 ? e.bytes.size()
                                            : static_cast<std::uint64_t>(e.claimed_size);
    const std::string common = number(20, 2) + number(0, 2) + number(0, 2) + number(0, 4) +
                               number(crc32_of(e.bytes), 4) + number(e.bytes.size(), 4) +
                               number(claimed, 4) + number(e.name.size(), 2) + number(0, 2);
    directory += "PK\1\2" + number(20, 2) + common + number(0, 2) + number(0, 2) + number(0, 2) +
                 number(0, 4) + number(files.size(), 4) + e.name;
    files += "PK\3\4" + common + e.name + e.bytes;
  }
  return files + directory + "PK\5\6" + number(0, 4) + number(entries.size(), 2) +
         number(entries.size(), 2) + number(directory.size(), 4) + number(files.size(), 4) +
         number(0, 2);
}
