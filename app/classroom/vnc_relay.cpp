#include "app/classroom/vnc_relay.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

#include "datasets/error.h"

namespace paralif {
namespace {

constexpr std::size_t held_at_most = 1 << 20;  ///< bytes for a side that reads slowly
constexpr int connect_ms = 1000;
constexpr std::size_t most_links = 32;  ///< of a seat: its student, and who watches
constexpr short over = POLLERR | POLLNVAL;

[[noreturn]] void refuse(const std::filesystem::path& path) {
  throw Error(Error::Kind::file, path.string(),
              std::string("cannot be listened at: ") + std::strerror(errno));
}

/// Waits a second at most: a studio that is busy for longer takes no connection now.
int connect_to(std::uint16_t port) {
  const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (server < 0) return -1;
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  bool connected = ::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  if (!connected && errno == EINPROGRESS) {
    pollfd waiting{server, POLLOUT, 0};
    int problem = -1;
    socklen_t size = sizeof problem;
    connected = ::poll(&waiting, 1, connect_ms) == 1 &&
                ::getsockopt(server, SOL_SOCKET, SO_ERROR, &problem, &size) == 0 && problem == 0;
  }
  if (!connected) {
    ::close(server);
    return -1;
  }
  const int yes = 1;
  ::setsockopt(server, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  return server;
}

/// False at the end of the stream or an error.
bool read_some(int descriptor, std::string& into) {
  std::array<char, 65536> buffer;
  const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
  if (count > 0) into.append(buffer.data(), static_cast<std::size_t>(count));
  return count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR));
}

bool write_some(int descriptor, std::string& from) {
  if (from.empty()) return true;
  const ssize_t count = ::send(descriptor, from.data(), from.size(), MSG_NOSIGNAL);
  if (count > 0) from.erase(0, static_cast<std::size_t>(count));
  return count >= 0 || errno == EAGAIN || errno == EINTR;
}

short wanted(const std::string& outgoing, const std::string& incoming_held) {
  short events = outgoing.empty() ? 0 : POLLOUT;
  if (incoming_held.size() < held_at_most) events |= POLLIN;
  return events;
}

}  // namespace

VncRelay::VncRelay(const std::filesystem::path& socket) : path_(socket) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string text = socket.string();
  if (text.size() >= sizeof address.sun_path) {
    errno = ENAMETOOLONG;
    refuse(socket);
  }
  std::memcpy(address.sun_path, text.c_str(), text.size() + 1);
  listening_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  const mode_t before = ::umask(0177);
  const bool good = listening_ >= 0 &&
                    ::bind(listening_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
                    ::listen(listening_, 16) == 0;
  ::umask(before);
  if (good) return;
  const int problem = errno;
  if (listening_ >= 0) ::close(listening_);
  errno = problem;
  refuse(socket);
}

VncRelay::~VncRelay() {
  for (const Link& link : links_) {
    ::close(link.client);
    ::close(link.server);
  }
  ::close(listening_);
  ::unlink(path_.c_str());
}

void VncRelay::accept_one(std::uint16_t port) {
  const int client = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (client < 0) return;
  const int server = connect_to(port);
  if (server < 0) {
    ::close(client);
    return;
  }
  links_.push_back({client, server, {}, {}, {}, {}});
}

bool VncRelay::pump(Link& link, short client_events, short server_events) {
  if ((client_events | server_events) & over) return false;
  bool open = true;
  if (client_events & (POLLIN | POLLHUP)) {
    std::string bytes;
    open = read_some(link.client, bytes);
    link.to_server += link.from_client.pass(bytes);
  }
  if (server_events & (POLLIN | POLLHUP)) {
    std::string bytes;
    open = read_some(link.server, bytes) && open;
    link.to_client += link.from_server.pass(bytes);
  }
  const bool written = write_some(link.server, link.to_server) && write_some(link.client, link.to_client);
  return open && written;
}

void VncRelay::carry(std::uint16_t port, int milliseconds) {
  // A negative descriptor is not waited for: who comes then waits in the socket's queue.
  std::vector<pollfd> polled{{links_.size() < most_links ? listening_ : -1, POLLIN, 0}};
  for (const Link& link : links_) {
    polled.push_back({link.client, wanted(link.to_client, link.to_server), 0});
    polled.push_back({link.server, wanted(link.to_server, link.to_client), 0});
  }
  if (::poll(polled.data(), polled.size(), milliseconds) <= 0) return;
  std::size_t at = 1;
  for (auto link = links_.begin(); link != links_.end(); at += 2) {
    if (pump(*link, polled[at].revents, polled[at + 1].revents)) {
      ++link;
      continue;
    }
    ::close(link->client);
    ::close(link->server);
    link = links_.erase(link);
  }
  if (polled[0].revents & POLLIN) accept_one(port);
}

}  // namespace paralif
