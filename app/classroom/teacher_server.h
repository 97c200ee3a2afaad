// The teacher's page: every seat, what it does, and sending to all.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "app/classroom/seat.h"
#include "app/classroom/web_gate.h"

namespace httplib {
class Server;
}

namespace paralif {

class TeacherServer {
 public:
  struct Place {
    std::string host;
    int port;
    std::string token;  ///< the page is at /<token>/
    TlsFiles tls;
    std::string seats_base;  ///< what the links of seats begin with
  };

  /// Serves on a thread of its own. `restart` is called there with a seat's number. Throws
  /// Error(setting) when the port is taken or the certificate cannot be used.
  TeacherServer(std::vector<Seat> seats, Place place, std::function<void(int)> restart);
  ~TeacherServer();
  TeacherServer(const TeacherServer&) = delete;
  TeacherServer& operator=(const TeacherServer&) = delete;

 private:
  void add_pages();

  std::vector<Seat> seats_;
  Place place_;
  std::function<void(int)> restart_;
  std::unique_ptr<httplib::Server> server_;
  std::thread thread_;
};

/// Puts a file into the inboxes of seats. `name` ends in .json, .paralif or .nir, and nothing of it
/// but its last part is used. An experiment is read first. A seat that cannot be sent to keeps no other
/// from it. Throws Error, which names such seats.
void send_to(const std::vector<Seat>& seats, const std::string& name, const std::string& bytes);

}  // namespace paralif
