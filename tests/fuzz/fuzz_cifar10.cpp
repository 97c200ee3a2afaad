// Fuzzes CIFAR-10's test batch.
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "datasets/readers/cifar10_reader.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return fuzz(data, size, [](std::string_view bytes) {
    using namespace paralif;
    const auto folder = std::filesystem::temp_directory_path() /
                        ("fuzz_cifar10_" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "test_batch.bin", std::ios::binary) << bytes;
    const ImageSet set(folder, DataPart::test);
    for (std::int64_t i = 0; i < set.size(); ++i) (void)set.label(i);
  });
}
