// Samples made up for tests: each class fires in a part of the inputs of its own.
#pragma once

#include <algorithm>
#include <numeric>

#include "core/encoding/spike_source.h"
#include "core/values/counter_random.h"

namespace paralif::testing {

class MadeSource : public SpikeSource {
 public:
  MadeSource(std::int64_t samples, std::vector<std::int64_t> features, std::int64_t classes,
             std::int64_t steps, std::uint64_t key)
      : samples_(samples),
        features_(std::move(features)),
        classes_(classes),
        steps_(steps),
        key_(key) {}

  [[nodiscard]] std::int64_t samples() const override { return samples_; }
  [[nodiscard]] std::int64_t inputs() const override {
    return std::accumulate(features_.begin(), features_.end(), std::int64_t{1},
                           std::multiplies<>());
  }
  [[nodiscard]] std::vector<std::int64_t> features() const override { return features_; }
  [[nodiscard]] std::int64_t classes() const override { return classes_; }
  [[nodiscard]] std::int64_t label(std::int64_t sample) const override { return sample % classes_; }

  [[nodiscard]] SpikeBatch batch(std::span<const std::int64_t> samples,
                                 std::uint64_t) const override {
    SpikeBatch made;
    made.samples = static_cast<std::int64_t>(samples.size());
    made.steps = steps_;
    made.inputs = inputs();
    made.row_start.push_back(0);
    for (const std::int64_t sample : samples) {
      const std::int64_t label = this->label(sample);
      made.labels.push_back(label);
      for (std::int64_t step = 0; step < steps_; ++step) {
        const std::uint64_t key = keyed(keyed(key_, static_cast<std::uint64_t>(sample)),
                                        static_cast<std::uint64_t>(step));
        for (std::int64_t unit = 0; unit < made.inputs; ++unit) {
          const bool own = unit * classes_ / made.inputs == label;
          const std::uint64_t draw = keyed(key, static_cast<std::uint64_t>(unit)) % 100;
          if (draw < (own ? 40U : 5U)) made.unit.push_back(static_cast<std::int32_t>(unit));
        }
        made.row_start.push_back(made.events());
      }
    }
    return made;
  }

 private:
  std::int64_t samples_;
  std::vector<std::int64_t> features_;
  std::int64_t classes_;
  std::int64_t steps_;
  std::uint64_t key_;
};

inline DataSplit made_data(const std::vector<std::int64_t>& features, std::int64_t classes,
                           std::int64_t steps) {
  DataSplit data;
  data.train = std::make_unique<MadeSource>(60, features, classes, steps, 1);
  data.test = std::make_unique<MadeSource>(30, features, classes, steps, 2);
  return data;
}

}  // namespace paralif::testing
