// Fuzzes spike lists.
#include "datasets/import/spike_list.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return fuzz(data, size,
              [](std::string_view bytes) { paralif::decode_spike_table(bytes, "f", {}); });
}
