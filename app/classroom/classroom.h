// A class on one machine: a studio for each seat, a gate for browsers, and the teacher's page.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/classroom/seat.h"
#include "app/classroom/web_gate.h"

namespace paralif {

struct ClassroomPlan {
  int seats = 20;
  std::filesystem::path folder;      ///< of the seats' own folders, kept from lesson to lesson
  std::string host = "127.0.0.1";    ///< address to serve at; 0.0.0.0: every one of this machine
  std::string name;                  ///< of this machine, within links; empty: found out
  int port = 6080;                   ///< of the seats
  int teacher_port = 6081;
  TlsFiles tls;
  std::int64_t memory = std::int64_t{2} << 30U;  ///< bytes a seat; 0: no limit
  int cores = 1;                                 ///< a seat; 0: all
  std::string size = "1280x800";
  std::string open;                 ///< experiment file or preset to begin with; may be empty
  std::filesystem::path data;       ///< datasets that every seat reads
  bool new_links = false;
  bool walled = true;
};

class Classroom {
 public:
  /// Starts everything. Throws Error, and nothing is left running.
  explicit Classroom(ClassroomPlan plan);
  ~Classroom();  ///< ends every studio, waits at most some seconds, and removes what is not kept
  Classroom(const Classroom&) = delete;
  Classroom& operator=(const Classroom&) = delete;

  [[nodiscard]] const std::vector<Seat>& seats() const;
  [[nodiscard]] std::string link_of(const Seat& seat) const;
  [[nodiscard]] std::string teacher_link() const;
  [[nodiscard]] std::filesystem::path sheet() const;  ///< file to print

  /// To be called a few times a second by the thread that made it: begins anew what has ended. Throws
  /// Error when the class cannot go on.
  void look_after();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The studio beside this program, or on PATH. Throws Error(file).
std::filesystem::path studio_program();

/// Whether an address is one of this machine alone.
bool is_loopback(const std::string& host);

}  // namespace paralif
