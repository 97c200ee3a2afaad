// What a recorder saw of a network at one moment, the same for screen and disk: named arrays, or
// one of the few values that have a type of their own.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/values/activity.h"
#include "core/values/decision_map.h"
#include "core/values/metrics.h"

namespace paralif {

/// Values in row order. Names are identifiers, such as a layer's id; texts for people are made
/// where they are shown.
struct RecordArray {
  std::string name;
  std::vector<std::int64_t> shape;
  std::vector<float> values;
  std::string unit{};  ///< of the values, such as "s"; empty: a plain number

  bool operator==(const RecordArray&) const = default;
};

struct Record {
  std::int64_t epoch = 0;    ///< counted as SampleProbe::epoch is
  std::int64_t sample = -1;  ///< index in the test set; -1: not of one sample
  std::vector<std::string> labels;  ///< ids of layers, where values are one a layer
  std::vector<RecordArray> arrays;
  /// Of "spikes" and "membranes", "confusion" and "decision_map".
  std::variant<std::monostate, SampleProbe, ConfusionMatrix, DecisionMap> value;

  /// Nothing was seen.
  [[nodiscard]] bool empty() const {
    return arrays.empty() && std::holds_alternative<std::monostate>(value);
  }
  /// Null where there is none of this name.
  [[nodiscard]] const RecordArray* find(std::string_view name) const {
    const auto at = std::ranges::find(arrays, name, &RecordArray::name);
    return at == arrays.end() ? nullptr : &*at;
  }

  bool operator==(const Record&) const = default;
};

/// By the recorder's id.
using Records = std::map<std::string, std::shared_ptr<const Record>, std::less<>>;

/// Null where there is none of this id.
inline std::shared_ptr<const Record> record_of(const Records& records, std::string_view id) {
  const auto at = records.find(id);
  return at == records.end() ? nullptr : at->second;
}

/// The value of this type that the record of an id has; null where it has none.
template <class T>
std::shared_ptr<const T> value_of(const Records& records, std::string_view id) {
  const std::shared_ptr<const Record> record = record_of(records, id);
  const T* value = record ? std::get_if<T>(&record->value) : nullptr;
  return value == nullptr ? nullptr : std::shared_ptr<const T>(record, value);
}

}  // namespace paralif
