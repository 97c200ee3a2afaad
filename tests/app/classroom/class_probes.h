// What the test of a class looks at from outside: ports, processes, the first word of a seat's server.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <QByteArray>
#include <QColor>
#include <QDir>
#include <QFile>
#include <QList>
#include <QString>
#include <cstdlib>

namespace paralif::testing {

inline QString fileText(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// Processes whose command line has this text.
inline QList<int> processesWith(const QString& text, const QString& program = {}) {
  QList<int> found;
  for (const QString& name : QDir("/proc").entryList({"[0-9]*"}, QDir::Dirs)) {
    const QString line = fileText("/proc/" + name + "/cmdline").replace(QChar(0), ' ');
    if (line.contains(text) && line.contains(program)) found << name.toInt();
  }
  return found;
}

/// What the server of a seat says first, over the gate's WebSocket; nothing where it is refused.
inline QByteArray greetingOf(int port, const QString& token) {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const timeval patience{5, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  QByteArray got;
  if (::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) {
    const QByteArray asked = "GET /websockify?token=" + token.toUtf8() +
                             " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                             "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                             "Sec-WebSocket-Protocol: binary\r\n\r\n";
    ::send(socket, asked.data(), static_cast<std::size_t>(asked.size()), MSG_NOSIGNAL);
    char buffer[4096];
    for (ssize_t n = 1; n > 0 && !got.contains("RFB 003.003");) {
      n = ::recv(socket, buffer, sizeof buffer, 0);
      if (n > 0) got.append(buffer, n);
    }
  }
  ::close(socket);
  return got.contains("RFB") ? got.mid(got.indexOf("RFB"), 11) : QByteArray();
}

inline bool near(const QColor& a, const QColor& b) {
  return std::abs(a.red() - b.red()) + std::abs(a.green() - b.green()) + std::abs(a.blue() - b.blue()) < 30;
}

}  // namespace paralif::testing
