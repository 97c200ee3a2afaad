// A seat: one student's studio, with a link and a folder of its own.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace paralif {

struct Seat {
  int number = 0;     ///< from 1
  std::string token;  ///< eight letters and digits, which the link ends with
  std::filesystem::path folder;
};

/// Eight characters that are not mistaken for one another when they are read aloud or typed: 40
/// random bits. Throws Error(file) where the system has no randomness.
std::string new_token();

/// Seats 1 to `count` with folders below `folder`, readable by this user alone, which are made.
/// Links stay those of the last time (in seats.json) unless `renew`. Throws Error(file).
std::vector<Seat> prepare_seats(const std::filesystem::path& folder, int count, bool renew);

}  // namespace paralif
