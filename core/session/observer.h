// Looks into a network in training: one sample's spikes and membranes, the decision map, the
// weights. Each call is a small piece of work, so that the session can share its time out.
#pragma once

#include <memory>
#include <vector>

#include "core/session/session.h"
#include "core/session/snapshot.h"
#include "core/training/trainer.h"

namespace paralif {

class Observer {
 public:
  Observer(Trainer& trainer, const Experiment& experiment);

  void set_request(const WatchRequest& request);

  /// The chosen test sample as the network sees it now.
  std::shared_ptr<const SampleProbe> probe();

  std::shared_ptr<const std::vector<LayerWeights>> weights() const;

  /// Whether the dataset has a decision map and one was asked for.
  [[nodiscard]] bool maps() const { return map_.side > 0; }
  /// Renews some more points of the map, in an order that covers the plane evenly; true when
  /// this completes a round.
  bool advance_map();
  [[nodiscard]] std::shared_ptr<const DecisionMap> map() const;

 private:
  void lay_out_map();

  Trainer& trainer_;
  const Experiment& experiment_;
  WatchRequest request_;
  DecisionMap map_;
  std::vector<std::int64_t> visit_;  ///< points of the map in the order of their renewal
  std::size_t next_ = 0;
};

}  // namespace paralif
