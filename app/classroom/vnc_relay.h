// Carries connections from a Unix socket to a VNC server on this process's loopback.
#pragma once

#include <cstdint>
#include <filesystem>
#include <list>
#include <string>

#include "app/classroom/vnc_client_stream.h"
#include "app/classroom/vnc_server_stream.h"

namespace paralif {

class VncRelay {
 public:
  /// Listens at `socket`, a path of at most 107 bytes, which must not exist; this user alone may
  /// connect. Throws Error(file).
  explicit VncRelay(const std::filesystem::path& socket);
  ~VncRelay();
  VncRelay(const VncRelay&) = delete;
  VncRelay& operator=(const VncRelay&) = delete;

  /// Carries what is there, or waits for it for so long. New connections go to 127.0.0.1:`port`; one
  /// that nobody answers there is closed.
  void carry(std::uint16_t port, int milliseconds);

 private:
  struct Link {
    int client;
    int server;
    VncClientStream from_client;
    VncServerStream from_server;
    std::string to_server, to_client;
  };

  void accept_one(std::uint16_t port);
  /// False: the link is over.
  static bool pump(Link& link, short client_events, short server_events);

  int listening_ = -1;
  std::filesystem::path path_;
  std::list<Link> links_;
};

}  // namespace paralif
