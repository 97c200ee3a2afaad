// A network at one moment, for the recorders: passes that several of them need are run once.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/networks/network.h"
#include "core/training/trainer.h"
#include "core/values/spike_batch.h"

namespace paralif {

/// Values that layers have besides weights, by the layer's id; see LayerModule::constants().
using ConstantsByLayer = std::map<std::string, std::vector<LayerConstant>>;
ConstantsByLayer constants_of(const Network& network);

class Moment {
 public:
  struct Pass {
    SpikeBatch batch;
    NetworkOutput output;  ///< with membranes and the inputs of all layers
  };

  /// `sample` is an index in the test set. The references must outlive the moment.
  Moment(Trainer& trainer, const Experiment& experiment, std::int64_t sample,
         std::optional<ConstantsByLayer>& start)
      : trainer_(trainer), experiment_(experiment), sample_(sample), start_(start) {}

  [[nodiscard]] const Network& network() const { return trainer_.network(); }
  [[nodiscard]] std::int64_t sample() const { return sample_; }
  /// One test sample.
  const Pass& sample_pass();
  /// Some test samples, spread evenly over the test set.
  const Pass& examples();
  /// What the constants were before training, from a network made anew; it is the same for a seed.
  const ConstantsByLayer& start();

 private:
  [[nodiscard]] Pass pass_of(const std::vector<std::int64_t>& samples) const;

  Trainer& trainer_;
  const Experiment& experiment_;
  std::int64_t sample_;
  std::optional<ConstantsByLayer>& start_;
  std::optional<Pass> sample_pass_;
  std::optional<Pass> examples_;
};

}  // namespace paralif
