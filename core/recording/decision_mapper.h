// The decision map of a network in training, made in pieces of bounded work.
#pragma once

#include <memory>
#include <vector>

#include "core/experiments/experiment.h"
#include "core/training/trainer.h"
#include "core/values/decision_map.h"

namespace paralif {

/// The epoch that a look into the trainer now belongs to: the one in progress or, between two
/// epochs, the last one; 0: untrained.
std::int64_t epoch_shown(const Trainer& trainer);

class DecisionMapper {
 public:
  DecisionMapper(Trainer& trainer, const Experiment& experiment);

  /// Points along a side; less than 2, or data that is not on a plane: no map.
  void set_side(std::int64_t side);

  [[nodiscard]] bool exists() const { return map_.side > 0; }
  /// Points of a whole round.
  [[nodiscard]] std::int64_t points() const { return static_cast<std::int64_t>(visit_.size()); }
  /// Points that show an earlier network than the trainer's, or nothing yet.
  [[nodiscard]] std::int64_t pending() const;
  /// Points renewed by one advance(): fewer for long samples and wide networks.
  [[nodiscard]] std::int64_t points_at_once() const;

  /// Renews some more points, in an order that covers the plane evenly.
  void advance();
  /// Renews what is pending, `most` points at the most, rounded up to a whole advance().
  void advance_by(std::int64_t most);

  [[nodiscard]] std::shared_ptr<const DecisionMap> map() const;

 private:
  void lay_out();

  Trainer& trainer_;
  const Experiment& experiment_;
  std::int64_t side_ = 0;
  DecisionMap map_;
  std::vector<std::int64_t> visit_;   ///< points in the order of their renewal
  std::vector<std::int64_t> epochs_;  ///< of each point of the map; -1: not reached
  std::size_t next_ = 0;
  std::int64_t step_ = -1;     ///< the trainer's, when `renewed_` was counted from 0
  std::int64_t renewed_ = 0;   ///< points that show the network of that step
};

}  // namespace paralif
