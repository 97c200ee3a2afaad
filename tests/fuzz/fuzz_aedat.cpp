// Fuzzes AEDAT 3.1 recordings.
#include <cstring>

#include "datasets/readers/event_bytes.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return fuzz(data, size, [](std::string_view bytes) {
    const paralif::ByteSource source{bytes.size(),
                                     [&](std::uint64_t at, char* to, std::size_t count) {
                                       if (at > bytes.size() || count > bytes.size() - at)
                                         __builtin_trap();
                                       std::memcpy(to, bytes.data() + at, count);
                                     }};
    paralif::decode_aedat(source, {0, 1'000'000}, "f", "trial 0");
  });
}
