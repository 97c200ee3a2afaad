// Fuzzes what a Heidelberg file says: lengths, times, units and labels come from the input, in a
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
                      ("fuzz_heidelberg_" + std::to_string(::getpid()) + ".h5");
    constexpr std::size_t record = 11;  // a row, eight bytes of time, two of unit
    std::vector<std::vector<double>> times(4);
    std::vector<std::vector<std::uint16_t>> units(4);
    std::vector<std::int64_t> labels;
    for (std::size_t at = 0; at + record <= bytes.size(); at += record) {
      const auto row = static_cast<std::size_t>(bytes[at] & 3);
      double time = 0;
      std::uint16_t unit = 0;
      std::memcpy(&time, bytes.data() + at + 1, sizeof time);
      std::memcpy(&unit, bytes.data() + at + 9, sizeof unit);
      if ((bytes[at] & 4) == 0) times[row].push_back(time);
      if ((bytes[at] & 8) == 0) units[row].push_back(unit);
      if ((bytes[at] & 16) != 0) labels.push_back(unit);
    }
    labels.resize(4, 3);
    const auto kind = bytes.empty() ? 0 : bytes.back() & 3;
    {
      Hdf5EventWriter writer(file);
      writer.begin_ragged(4, kind == 0   ? StoredTime::half
                             : kind == 1 ? StoredTime::single
                                         : StoredTime::full);
      for (std::size_t row = 0; row < 4; ++row) {
        writer.ragged_row(static_cast<std::int64_t>(row), times[row], units[row]);
      }
      writer.integers("labels", labels);
      writer.close();
    }
    const auto set = open_heidelberg(file);
    for (std::int64_t i = 0; i < set->size(); ++i) {
      try {
        (void)set->read(i);
      } catch (const Error&) {
      }
    }
  });
}
