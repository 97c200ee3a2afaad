// Fuzzes experiment files.
#include "core/experiments/experiment_file.h"
#include "core/experiments/fields.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return fuzz(data, size, [](std::string_view bytes) {
    (void)paralif::problems_of(paralif::experiment_from_json(std::string(bytes), "f"));
  });
}
