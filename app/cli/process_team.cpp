#include "app/cli/process_team.h"

#include <fmt/format.h>
#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp and setenv

#include <algorithm>
#include <chrono>
#include <cstring>
#include <thread>

#include "core/kernels/threads.h"
#include "datasets/error.h"

namespace paralif::cli {
namespace {

constexpr auto time_to_leave = std::chrono::seconds(1);

std::filesystem::path new_meeting() {
  std::string name = (std::filesystem::temp_directory_path() / "paralif-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) {
    throw Error(Error::Kind::file, name, fmt::format("cannot be made: {}", std::strerror(errno)));
  }
  return name;
}

}  // namespace

ProcessTeam::ProcessTeam(std::int64_t world) : world_(world), meeting_(new_meeting()) {
  const std::string threads =
      fmt::format("{}", std::max<std::int64_t>(1, available_threads() / world));
  ::setenv("OMP_NUM_THREADS", threads.c_str(), 1);
  const std::string program = paralif_program().string();
  for (std::int64_t rank = 1; rank < world; ++rank) {
    others_.emplace_back(std::vector<std::string>{program, "train"},
                         std::vector<std::string>{fmt::format("PARALIF_MEETING={}", meeting_.string()),
                                                  fmt::format("PARALIF_RANK={}", rank),
                                                  fmt::format("PARALIF_WORLD={}", world)},
                         meeting_ / fmt::format("complaints-{}.txt", rank));
  }
}

ProcessTeam::~ProcessTeam() {
  const auto until = std::chrono::steady_clock::now() + time_to_leave;
  const auto any_runs = [this] {
    return std::ranges::any_of(others_, [](ChildProcess& other) { return !other.poll(); });
  };
  while (any_runs() && std::chrono::steady_clock::now() < until) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  others_.clear();
  std::error_code none;
  std::filesystem::remove_all(meeting_, none);
}

std::string ProcessTeam::killed() {
  constexpr int by_signal = 128;
  for (std::size_t i = 0; i < others_.size(); ++i) {
    const auto status = others_[i].poll();
    if (status && *status > by_signal) {
      return fmt::format("process {} of {} was ended by signal {}", i + 2, world_,
                         *status - by_signal);
    }
  }
  return {};
}

void ProcessTeam::kill() {
  for (ChildProcess& other : others_) other.kill();
}

}  // namespace paralif::cli
