// Fuzzes recorded running times.
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "core/timing/timing_files.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return fuzz(data, size, [](std::string_view bytes) {
    const auto file = std::filesystem::temp_directory_path() /
                      ("fuzz_timing_" + std::to_string(::getpid()) + ".json");
    std::ofstream(file, std::ios::binary).write(bytes.data(), std::streamsize(bytes.size()));
    (void)paralif::read_timing(file);
  });
}
