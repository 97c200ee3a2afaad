// An HTTP server on loopback that serves one file as badly as it is told to.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace paralif::testing {

class BadServer {
 public:
  struct Answer {
    int status = 200;
    std::string body{};
    std::size_t send = std::string::npos;  ///< bytes of the body before the connection is dropped
    long length = -1;                      ///< that the header says; below 0: the true one
    bool ranges = true;                    ///< whether it begins where it is asked to
  };

  /// `answer` is asked for the request's path and its number, from 0 on.
  explicit BadServer(std::function<Answer(const std::string& path, int number)> answer)
      : answer_(std::move(answer)), socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address);
    ::listen(socket_, 8);
    socklen_t size = sizeof address;
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~BadServer() {
    ::shutdown(socket_, SHUT_RDWR);
    thread_.join();
    ::close(socket_);
  }
  BadServer(const BadServer&) = delete;
  BadServer& operator=(const BadServer&) = delete;

  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  /// Where each request asked to begin.
  [[nodiscard]] std::vector<std::size_t> begins() {
    const std::scoped_lock lock(mutex_);
    return begins_;
  }

 private:
  void serve() {
    for (int number = 0;; ++number) {
      const int client = ::accept(socket_, nullptr, nullptr);
      if (client < 0) return;
      std::string request;
      char buffer[4096];
      while (request.find("\r\n\r\n") == std::string::npos) {
        const ssize_t count = ::recv(client, buffer, sizeof buffer, 0);
        if (count <= 0) break;
        request.append(buffer, static_cast<std::size_t>(count));
      }
      const std::string path = request.substr(4, request.find(' ', 4) - 4);
      const auto range = request.find("Range: bytes=");
      const std::size_t from =
          range == std::string::npos ? 0 : std::stoul(request.substr(range + 13));
      {
        const std::scoped_lock lock(mutex_);
        begins_.push_back(from);
      }
      respond(client, answer_(path, number), from);
      ::close(client);
    }
  }

  static void respond(int client, const Answer& answer, std::size_t from) {
    const bool partly = from > 0 && answer.ranges && answer.status == 200;
    if (partly && from >= answer.body.size()) {
      say(client, "HTTP/1.1 416 Range Not Satisfiable\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    const std::string body = partly ? answer.body.substr(from) : answer.body;
    const long length = answer.length < 0 ? static_cast<long>(body.size()) : answer.length;
    std::string head = "HTTP/1.1 " + std::to_string(partly ? 206 : answer.status) + " X\r\n" +
                       "Connection: close\r\nContent-Length: " + std::to_string(length) + "\r\n";
    if (partly) {
      head += "Content-Range: bytes " + std::to_string(from) + "-" +
              std::to_string(answer.body.size() - 1) + "/" + std::to_string(answer.body.size()) +
              "\r\n";
    }
    say(client, head + "\r\n" + body.substr(0, answer.send));
  }

  static void say(int client, const std::string& text) {
    std::size_t sent = 0;
    while (sent < text.size()) {
      const ssize_t count = ::send(client, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
      if (count <= 0) return;
      sent += static_cast<std::size_t>(count);
    }
  }

  std::function<Answer(const std::string&, int)> answer_;
  int socket_;
  int port_ = 0;
  std::mutex mutex_;
  std::vector<std::size_t> begins_;
  std::thread thread_;
};

}  // namespace paralif::testing
