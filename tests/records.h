// Records as recorders make them, from values of their types.
#pragma once

#include <memory>
#include <utility>

#include "core/values/record.h"

namespace paralif::testing {

inline std::shared_ptr<Record> recordOfValue(auto value) {
  auto record = std::make_shared<Record>();
  record->epoch = value.epoch;
  record->value = std::move(value);
  return record;
}

/// "spikes" with the layers and "membranes" with the rest.
inline void put(Records& records, SampleProbe probe) {
  SampleProbe spikes = probe;
  spikes.traces.clear();
  spikes.readout.clear();
  probe.layers.clear();
  const std::int64_t sample = probe.sample;
  for (auto [id, part] : {std::pair("spikes", recordOfValue(spikes)),
                          std::pair("membranes", recordOfValue(probe))}) {
    part->sample = sample;
    records[id] = part;
  }
}

inline void put(Records& records, ConfusionMatrix matrix) {
  records["confusion"] = recordOfValue(std::move(matrix));
}

inline std::shared_ptr<const SampleProbe> spikesIn(const Records& records) {
  return value_of<SampleProbe>(records, "spikes");
}
inline std::shared_ptr<const SampleProbe> membranesIn(const Records& records) {
  return value_of<SampleProbe>(records, "membranes");
}
inline std::shared_ptr<const DecisionMap> mapIn(const Records& records) {
  return value_of<DecisionMap>(records, "decision_map");
}
inline std::shared_ptr<const ConfusionMatrix> matrixIn(const Records& records) {
  return value_of<ConfusionMatrix>(records, "confusion");
}

}  // namespace paralif::testing
