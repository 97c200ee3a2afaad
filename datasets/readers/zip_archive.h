// Files inside a zip archive, read without unpacking it (libzip).
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace paralif {

/// May be read from several threads.
class ZipArchive {
 public:
  /// Throws Error(file) when it cannot be read or is no zip archive.
  explicit ZipArchive(const std::filesystem::path& path);
  ~ZipArchive();
  ZipArchive(const ZipArchive&) = delete;
  ZipArchive& operator=(const ZipArchive&) = delete;

  /// The names of all entries with '/' between folders; a number in this list names an entry.
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

  /// The unpacked bytes of an entry of at most `limit` bytes, whatever its header claims.
  /// Throws Error(file) that names archive and entry.
  [[nodiscard]] std::string read(std::uint64_t entry, std::uint64_t limit) const;

  /// The same into a file, which holds part of it when this throws; returns how many bytes. Ends
  /// early, as it is then, when `cancelled` is set.
  std::uint64_t unpack(std::uint64_t entry, const std::filesystem::path& file, std::uint64_t limit,
                       const std::atomic<bool>& cancelled) const;

 private:
  struct Open;
  /// Hands the unpacked bytes on, piece by piece, while `take` says to go on.
  void stream(std::uint64_t entry, std::uint64_t limit,
              const std::function<bool(std::string_view)>& take) const;

  std::filesystem::path path_;
  std::unique_ptr<Open> open_;
  std::vector<std::string> names_;
};

}  // namespace paralif
