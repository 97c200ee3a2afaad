// Looks into a network in training by the recorders. Each call is a small piece of work, so that the
// session can share its time out.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "core/recording/decision_mapper.h"
#include "core/recording/recorder.h"

namespace paralif {

class Observer {
 public:
  Observer(Trainer& trainer, const Experiment& experiment);

  void set_request(const WatchRequest& request);
  /// Of the newest test, for the recorders.
  void set_confusion(const ConfusionMatrix& confusion);

  /// What the recorders that apply to the network, and that are wanted, see now. Those that share a
  /// pass through the network are best asked together.
  Records look(const std::function<bool(const Recorder&)>& wanted = {});
  /// Null where there is nothing to see.
  std::shared_ptr<const Record> look(const Recorder& recorder);

  [[nodiscard]] DecisionMapper& map() { return map_; }

 private:
  Trainer& trainer_;
  const Experiment& experiment_;
  WatchRequest request_;
  DecisionMapper map_;
  std::shared_ptr<const ConfusionMatrix> confusion_;
  std::optional<ConstantsByLayer> start_;  ///< before training; once asked for
};

}  // namespace paralif
