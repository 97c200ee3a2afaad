// Fuzzes what an N-TIDIGITS file says: keys, times and addresses come from the input, in a
// well-formed HDF5 container (the container itself is the HDF5 library's own matter).
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <string>

#include "datasets/readers/readers.h"
#include "datasets/samples/hdf5_event_writer.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return fuzz(data, size, [](std::string_view bytes) {
    using namespace paralif;
    const auto file = std::filesystem::temp_directory_path() /
                      ("fuzz_ntidigits_" + std::to_string(::getpid()) + ".hdf5");
    constexpr std::size_t key_length = 3;
    constexpr std::size_t record = 10;  // eight bytes of time, two of address
    std::string key = "a-1";
    if (bytes.size() >= key_length) {
      for (std::size_t i = 0; i < key_length; ++i) {
        key[i] = static_cast<char>('!' + static_cast<unsigned char>(bytes[i]) % 94);
        if (key[i] == '/' || key[i] == '.') key[i] = '-';  // would name another object
      }
      bytes.remove_prefix(key_length);
    }
    std::vector<double> times;
    std::vector<std::int64_t> addresses;
    for (std::size_t at = 0; at + record <= bytes.size(); at += record) {
      double time = 0;
      std::int16_t address = 0;
      std::memcpy(&time, bytes.data() + at, sizeof time);
      std::memcpy(&address, bytes.data() + at + 8, sizeof address);
      times.push_back(time);
      if (address != -1) addresses.push_back(address);
    }
    {
      Hdf5EventWriter writer(file);
      writer.texts("train_labels", {key});
      writer.doubles("train_timestamps/" + key, times);
      writer.integers("train_addresses/" + key, addresses);
      writer.close();
    }
    const auto set = open_ntidigits(file, DataPart::train);
    for (std::int64_t i = 0; i < set->size(); ++i) (void)set->read(i);
  });
}
