// Keeps the studio of one seat running: within its walls, behind its socket.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/classroom/seat_walls.h"

namespace paralif {

struct SeatPlan {
  SeatWalls walls;
  bool walled = true;               ///< false: limits alone, and the VNC port is open to the network
  std::filesystem::path socket;     ///< where the gate connects
  std::filesystem::path studio;     ///< the program
  std::filesystem::path log;        ///< what it complains of, out of the student's reach
  std::uint16_t port = 5900;        ///< of the VNC platform
  std::string size = "1280x800";
  std::string open;                 ///< file or preset to begin with, first time only; may be empty
};

/// As JSON, and back. Throws Error(file).
void save_seat_plan(const SeatPlan& plan, const std::filesystem::path& file);
SeatPlan load_seat_plan(const std::filesystem::path& file);

/// Runs until SIGTERM or SIGINT, or until the process that began it ends: starts the studio, again
/// when it has ended, and carries its connections. Throws Error.
void keep_seat(const SeatPlan& plan);

}  // namespace paralif
