// Fuzzes scenes and answers of the neuron lab.
#include "core/lab/lab_file.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz(data, size, [](std::string_view bytes) {
    (void)paralif::lab::scene_from_json(std::string(bytes), "f");
  });
  return fuzz(data, size, [](std::string_view bytes) {
    (void)paralif::lab::answers_from_json(std::string(bytes), "f");
  });
}
