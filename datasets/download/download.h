// Files from publishers' servers: begun again where they broke off, and checked before they count.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "datasets/download/remote_file.h"

namespace paralif {

/// Thrown where progress said to stop; what has come stays for the next time.
struct DownloadStopped {};

struct DownloadOptions {
  /// Told the bytes that have come and the whole (0: not known); returns false to stop.
  std::function<bool(std::uint64_t done, std::uint64_t all)> progress{};
  int tries = 5;           ///< of a connection that breaks
  double pause_s = 1.0;    ///< before the next try, doubled each time
  double patience_s = 60;  ///< without a byte, before a connection counts as broken
};

/// Puts the file at `target`, which must not exist; `target`.part holds what has come so far, from
/// an earlier attempt too. Only http and https. Throws Error(file) that names the address, with
/// nothing at `target`: where the server has no such file or sends another one than the checksum
/// says, or the disk is full.
void download_file(const RemoteFile& file, const std::filesystem::path& target,
                   const DownloadOptions& options = {});

/// In lower case. Throws Error(file).
std::string md5_of(const std::filesystem::path& file);

}  // namespace paralif
