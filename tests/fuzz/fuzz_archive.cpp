// Fuzzes zip archives of N-MNIST, from the directory to the events.
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "datasets/readers/readers.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return fuzz(data, size, [](std::string_view bytes) {
    using namespace paralif;
    const auto file = std::filesystem::temp_directory_path() /
                      ("fuzz_archive_" + std::to_string(::getpid()) + ".zip");
    std::ofstream(file, std::ios::binary) << bytes;
    const auto set = open_nmnist(file);
    for (std::int64_t i = 0; i < set->size(); ++i) {
      try {
        (void)set->read(i);
      } catch (const Error&) {
      }
    }
  });
}
