// What a recorder saw of a network at one moment: named arrays, the same for screen and disk.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace paralif {

/// Values in row order. Names are identifiers, such as a layer's id; texts for people are made
/// where they are shown.
struct RecordArray {
  std::string name;
  std::vector<std::int64_t> shape;
  std::vector<float> values;

  bool operator==(const RecordArray&) const = default;
};

struct Record {
  std::int64_t epoch = 0;    ///< counted as SampleProbe::epoch is
  std::int64_t sample = -1;  ///< index in the test set; -1: not of one sample
  std::vector<std::string> labels;  ///< ids of layers, where values are one a layer
  std::vector<RecordArray> arrays;

  /// Null where there is none of this name.
  [[nodiscard]] const RecordArray* find(std::string_view name) const {
    const auto at = std::ranges::find(arrays, name, &RecordArray::name);
    return at == arrays.end() ? nullptr : &*at;
  }

  bool operator==(const Record&) const = default;
};

/// By the recorder's id.
using Records = std::map<std::string, std::shared_ptr<const Record>>;

}  // namespace paralif
