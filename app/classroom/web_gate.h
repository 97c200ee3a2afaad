// The door for browsers: websockify serves noVNC's page and carries WebSockets to the seats' sockets.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/classroom/seat.h"
#include "core/sweeps/child_process.h"

namespace paralif {

/// A certificate and its key, as PEM files; empty: no TLS.
struct TlsFiles {
  std::filesystem::path certificate, key;
  [[nodiscard]] bool given() const { return !certificate.empty(); }
};

class WebGate {
 public:
  /// Lays the pages below `folder`, the seats' sockets are in `folder`/sockets, and starts
  /// websockify at `host`:`port`. Throws Error(setting) where websockify or noVNC is not installed,
  /// Error(file) where it does not start, as when the port is taken.
  WebGate(const std::vector<Seat>& seats, const std::filesystem::path& folder, const std::string& host,
          int port, const TlsFiles& tls);

  /// What it complained of, once it has ended; nothing while it runs.
  std::optional<std::string> problem();

 private:
  std::filesystem::path complaints_;
  std::optional<ChildProcess> process_;
};

/// Where a seat's socket is within the gate's folder.
std::filesystem::path socket_of(const Seat& seat, const std::filesystem::path& folder);

}  // namespace paralif
