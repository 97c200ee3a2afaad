// Fuzzes the readers of arrays: NumPy's, alone and in an archive's entry, and safetensors.
#include "core/exchange/array_files.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz(data, size, [](std::string_view bytes) { (void)paralif::npy_array(bytes, "a", "f"); });
  return fuzz(data, size, [](std::string_view bytes) { (void)paralif::safetensors_arrays(bytes, "f"); });
}
