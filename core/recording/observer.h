// Looks into a network in training: one sample's spikes and membranes, the decision map, the
// weights. Each call is a small piece of work, so that the session can share its time out.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/recording/decision_mapper.h"
#include "core/recording/moment.h"
#include "core/recording/watch_request.h"
#include "core/training/trainer.h"
#include "core/values/activity.h"
#include "core/values/layer_weights.h"
#include "core/values/record.h"

namespace paralif {

class Observer {
 public:
  Observer(Trainer& trainer, const Experiment& experiment);

  void set_request(const WatchRequest& request);

  /// The chosen test sample as the network sees it now.
  std::shared_ptr<const SampleProbe> probe();

  std::shared_ptr<const std::vector<LayerWeights>> weights() const;

  enum class Recorders { all, of_sample };
  /// What every recorder that applies to the network sees of it now, and of the chosen sample; or
  /// those alone that look at the sample.
  Records records(Recorders which = Recorders::all);

  /// Of what probe(), weights() and records() show, counted as SampleProbe::epoch is.
  [[nodiscard]] std::int64_t epoch() const { return epoch_shown(trainer_); }
  [[nodiscard]] DecisionMapper& map() { return map_; }

 private:
  /// The sample asked for, or the one nearest to it that exists.
  [[nodiscard]] std::int64_t sample() const;

  Trainer& trainer_;
  const Experiment& experiment_;
  WatchRequest request_;
  DecisionMapper map_;
  std::optional<ConstantsByLayer> start_;  ///< before training; once asked for
};

}  // namespace paralif
