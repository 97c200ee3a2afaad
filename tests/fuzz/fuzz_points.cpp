// Fuzzes files of points.
#include "datasets/readers/points_reader.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return fuzz(data, size, [](std::string_view bytes) { paralif::decode_points(bytes, "f"); });
}
