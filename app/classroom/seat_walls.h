// Walls around a seat: what a student's studio can reach, and how much of the machine it may take.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace paralif {

struct SeatWalls {
  /// The seat's folder, alone in the one above it, and the only place that can be written to beside
  /// the hidden ones, which begin empty. All paths are absolute and without symbolic links.
  std::filesystem::path own;
  std::vector<std::filesystem::path> hidden;
  std::vector<std::filesystem::path> shown;   ///< parts of hidden folders that stay in sight
  std::int64_t memory = 0;                    ///< bytes of data of a process at most; 0: no limit
  int cores = 0;                              ///< 0: all of them
  int first_core = 0;                         ///< modulo those there are
};

/// Puts this process, and those it will start, into a network of its own, where only what it serves
/// itself answers; hides folders; and makes the rest of the machine read-only. As an ordinary user it takes a user namespace for that.
/// Only while this process has one thread. Throws Error(setting) where the kernel allows no
/// namespaces.
void raise_walls(const SeatWalls& walls);

/// Limits of memory and cores, which need no rights.
void limit_share(const SeatWalls& walls);

}  // namespace paralif
