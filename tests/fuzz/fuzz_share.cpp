// Fuzzes shared runs: nothing is written but below the root, and what is taken is a run.
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/library/run_share.h"
#include "core/runs/run_store.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return fuzz(data, size, [](std::string_view bytes) {
    using namespace paralif;
    namespace fs = std::filesystem;
    const fs::path home = fs::temp_directory_path() / ("fuzz_share_" + std::to_string(::getpid()));
    fs::create_directories(home);
    std::ofstream(home / "x.paralif", std::ios::binary) << bytes;
    JobControl control;
    try {
      const fs::path folder = take_shared_run(home / "x.paralif", home / "runs", control);
      if (!is_run_folder(folder)) std::abort();
    } catch (...) {
      fs::remove_all(home / "runs");
      throw;
    }
    fs::remove_all(home / "runs");
    // Only the archive may be there.
    for (const auto& left : fs::directory_iterator(home)) {
      if (left.path().filename() != "x.paralif") std::abort();
    }
  });
}
