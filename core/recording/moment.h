// A network at one moment, for the recorders: passes that several of them need are run once.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/networks/network.h"
#include "core/recording/watch_request.h"
#include "core/training/trainer.h"
#include "core/values/activity.h"
#include "core/values/metrics.h"
#include "core/values/spike_batch.h"

namespace paralif {

class DecisionMapper;

/// Values that layers have besides weights, by the layer's id; see LayerModule::constants().
using ConstantsByLayer = std::map<std::string, std::vector<LayerConstant>>;
ConstantsByLayer constants_of(const Network& network);

/// What a moment is of; all must outlive it.
struct MomentSources {
  Trainer& trainer;
  const Experiment& experiment;
  const WatchRequest& request;
  const DecisionMapper& map;
  std::shared_ptr<const ConfusionMatrix> confusion;  ///< of the last test; null before the first
  std::optional<ConstantsByLayer>& start;            ///< before training; once asked for
};

class Moment {
 public:
  struct Pass {
    SpikeBatch batch;
    NetworkOutput output;  ///< with membranes and the inputs of all layers
  };

  explicit Moment(MomentSources sources) : sources_(std::move(sources)) {}

  [[nodiscard]] const Network& network() const { return sources_.trainer.network(); }
  /// Counted as SampleProbe::epoch is.
  [[nodiscard]] std::int64_t epoch() const;
  /// The test sample asked for, or the one nearest to it that exists.
  [[nodiscard]] std::int64_t sample() const;
  [[nodiscard]] const WatchRequest& request() const { return sources_.request; }
  [[nodiscard]] const DecisionMapper& map() const { return sources_.map; }
  /// Null before the first test.
  [[nodiscard]] const ConfusionMatrix* confusion() const { return sources_.confusion.get(); }
  /// That sample.
  const Pass& sample_pass();
  /// What it is and what the network takes it for, without layers and traces.
  SampleProbe sample_facts();
  /// Some test samples, spread evenly over the test set.
  const Pass& examples();
  static constexpr std::int64_t examples_at_most = 16;
  /// What the constants were before training, from a network made anew; it is the same for a seed.
  const ConstantsByLayer& start();

 private:
  [[nodiscard]] Pass pass_of(const std::vector<std::int64_t>& samples) const;

  MomentSources sources_;
  std::optional<Pass> sample_pass_;
  std::optional<Pass> examples_;
};

}  // namespace paralif
