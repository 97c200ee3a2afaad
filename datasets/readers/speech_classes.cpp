#include "datasets/readers/speech_classes.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "datasets/error.h"
#include "datasets/text.h"

namespace paralif {

SpeechClasses::SpeechClasses(const Hdf5EventFile& file) {
  const auto fail = [&](const std::string& problem) {
    throw Error(Error::Kind::file, file.path().string(), problem, "download the file again");
  };
  if (file.contains("extra/keys")) {
    for (const std::string& key : file.texts("extra/keys")) names.push_back(as_utf8(key));
    if (static_cast<std::int64_t>(names.size()) > most) {
      fail("has " + std::to_string(names.size()) + " names of classes in 'extra/keys', more than " +
           std::to_string(most));
    }
  }
  const StoredNumbers numbers = file.numbers("labels");
  labels.reserve(numbers.values.size());
  count = static_cast<std::int64_t>(names.size());
  for (const double label : numbers.values) {
    if (!(label >= 0 && label < static_cast<double>(most)) || label != std::floor(label)) {
      fail("has a label outside 0.." + std::to_string(most - 1) + " at sample " +
           std::to_string(labels.size()));
    }
    labels.push_back(static_cast<std::uint16_t>(label));
    count = std::max(count, static_cast<std::int64_t>(label) + 1);
  }
}

void join_classes(SpeechClasses& classes, const std::filesystem::path& path,
                  const std::vector<std::filesystem::path>& others) {
  for (const std::filesystem::path& other : others) {
    std::optional<SpeechClasses> found;
    try {
      found.emplace(Hdf5EventFile(other));
    } catch (const Error&) {
      continue;
    }
    for (std::size_t i = 0; i < std::min(classes.names.size(), found->names.size()); ++i) {
      if (classes.names[i] == found->names[i]) continue;
      throw Error(Error::Kind::file, path.string(),
                  "calls class " + std::to_string(i) + " '" + classes.names[i] + "', and " +
                      other.filename().string() + " calls it '" + found->names[i] + "'",
                  "make 'extra/keys' the same in both");
    }
    classes.count = std::max(classes.count, found->count);
    if (found->names.size() > classes.names.size()) classes.names = std::move(found->names);
  }
}

}  // namespace paralif
