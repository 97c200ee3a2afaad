#include "core/values/process_share.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstdlib>

#include "datasets/error.h"

namespace paralif {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

std::int64_t number(const char* name) {
  const std::string text = variable(name);
  std::int64_t value = -1;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code == std::errc{} && end == text.data() + text.size() && value >= 0) return value;
  throw Error(Error::Kind::setting, name, fmt::format("'{}' is no count of processes", text));
}

ProcessShare checked(ProcessShare share) {
  if (share.world >= 1 && share.rank < share.world) return share;
  throw Error(Error::Kind::setting, "rank",
              fmt::format("{} is not one of {} processes", share.rank, share.world));
}

std::string host_name() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return "127.0.0.1";
  return name.data();
}

}  // namespace

std::optional<ProcessShare> share_of_environment(const std::filesystem::path& runs_root) {
  if (!variable("PARALIF_MEETING").empty()) {
    return checked({number("PARALIF_RANK"), number("PARALIF_WORLD"), variable("PARALIF_MEETING")});
  }
  // Set by srun for its processes only, unlike SLURM_NTASKS, which a batch script has too.
  if (variable("SLURM_STEP_NUM_TASKS").empty()) return std::nullopt;
  const std::int64_t world = number("SLURM_STEP_NUM_TASKS");
  if (world < 2) return std::nullopt;
  ProcessShare share{number("SLURM_PROCID"), world,
                     runs_root / fmt::format(".together-{}-{}-{}", variable("SLURM_JOB_ID"),
                                             variable("SLURM_STEP_ID"),
                                             variable("SLURM_RESTART_COUNT"))};
  if (variable("SLURM_STEP_NUM_NODES") != "1") share.host = host_name();
  return checked(share);
}

}  // namespace paralif
