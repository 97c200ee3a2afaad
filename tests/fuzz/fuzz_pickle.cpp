// Fuzzes the reader of the pickles in checkpoints of version 0.1.
#include "core/training/legacy_pickle.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return fuzz(data, size, [](std::string_view bytes) { (void)paralif::read_pickle(bytes, "f", "no"); });
}
