// A file that a publisher offers for download.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace paralif {

struct RemoteFile {
  std::string url;
  std::string md5;                 ///< 32 hexadecimal digits
  std::vector<std::string> gives;  ///< what stands in the data folder after it: unpacked, or itself
  std::uint64_t most_bytes = 8ULL << 30U;  ///< more than this is not taken

  /// The last part of the URL, without a query.
  [[nodiscard]] std::string name() const {
    const std::string path = url.substr(0, url.find('?'));
    return path.substr(path.find_last_of('/') + 1);
  }
};

}  // namespace paralif
