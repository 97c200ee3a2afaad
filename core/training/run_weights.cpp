#include "core/training/run_weights.h"

#include "datasets/error.h"

namespace paralif {

std::filesystem::path weights_in(const std::filesystem::path& run) {
  for (const char* name : {"weights.h5", "checkpoint.h5", "checkpoint.pt"}) {
    std::error_code code;
    if (std::filesystem::exists(run / name, code)) return run / name;
  }
  throw Error(Error::Kind::file, run.string(), "has no weights", "choose a run that has trained");
}

}  // namespace paralif
