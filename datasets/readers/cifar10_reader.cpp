#include "datasets/readers/cifar10_reader.h"

#include <string>

#include "datasets/error.h"
#include "datasets/readers/readable.h"

namespace paralif {

ImageSet::ImageSet(const std::filesystem::path& folder, DataPart part) : folder_(folder) {
  constexpr std::size_t record = 1 + pixels;
  constexpr std::uintmax_t largest_file = 10000 * record;
  std::vector<std::string> names{"test_batch.bin"};
  if (part != DataPart::test) {
    names.clear();
    for (int i = 1; i <= 5; ++i) names.push_back("data_batch_" + std::to_string(i) + ".bin");
  }
  for (const std::string& name : names) {
    const auto file = entry_named(folder, name);
    const std::string bytes = read_bytes(file, largest_file);
    const auto fail = [&](const std::string& problem) {
      throw Error(Error::Kind::file, file.string(), problem, "download the file again");
    };
    if (bytes.empty()) fail("is empty");
    if (bytes.size() % record != 0) fail("is cut short: images take 3073 bytes each");
    for (std::size_t at = 0; at < bytes.size(); at += record) {
      const auto label = static_cast<std::uint8_t>(bytes[at]);
      if (label >= classes) {
        fail("image " + std::to_string(at / record) + " has label " + std::to_string(label) +
             ", outside 0..9");
      }
      labels_.push_back(label);
      bytes_.insert(bytes_.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                    bytes.begin() + static_cast<std::ptrdiff_t>(at + record));
    }
  }
}

const std::array<const char*, 10>& cifar10_class_names() {
  static const std::array<const char*, 10> names{
      "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"};
  return names;
}

}  // namespace paralif
