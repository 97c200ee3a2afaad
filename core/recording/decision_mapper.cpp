#include "core/recording/decision_mapper.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "core/encoding/yin_yang_source.h"
#include "core/recording/watch_request.h"
#include "datasets/catalogue/catalogue.h"

namespace paralif {
namespace {

using torch::Tensor;

constexpr std::int64_t most_points_at_once = 64;
/// Neuron steps of one advance: some ten milliseconds of one core.
constexpr std::int64_t work_at_once = 4'000'000;

}  // namespace

std::int64_t epoch_shown(const Trainer& trainer) {
  const TrainingProgress& p = trainer.progress();
  return p.batch > 0 ? p.epoch : p.epoch - 1;
}

DecisionMapper::DecisionMapper(Trainer& trainer, const Experiment& experiment)
    : trainer_(trainer), experiment_(experiment) {
  set_side(WatchRequest{}.map_side);
}

void DecisionMapper::set_side(std::int64_t side) {
  if (side == side_) return;
  side_ = side;
  lay_out();
}

void DecisionMapper::lay_out() {
  map_ = {};
  visit_.clear();
  next_ = 0;
  step_ = -1;
  const bool round = is_computed(experiment_.dataset.name);
  if (kind_of(experiment_.dataset.name) != DataKind::points || side_ < 2) return;
  map_.side = side_;
  const auto points = static_cast<std::size_t>(side_ * side_);
  map_.predicted.assign(points, -1);
  map_.confidence.assign(points, 0.0F);
  epochs_.assign(points, -1);
  const double cell = 1.0 / static_cast<double>(side_ - 1);
  for (const std::int64_t point : epoch_order(side_ * side_, 0)) {
    const double x = static_cast<double>(point % side_) * cell - 0.5;
    const double y = static_cast<double>(point / side_) * cell - 0.5;
    // A little beyond the figure, so that its rim can be drawn smoothly.
    if (!round || std::hypot(x, y) <= 0.5 + 1.5 * cell) visit_.push_back(point);
  }
}

std::int64_t DecisionMapper::pending() const {
  const bool same = step_ == trainer_.progress().step;
  return points() - (same ? std::min(renewed_, points()) : 0);
}

std::int64_t DecisionMapper::points_at_once() const {
  const std::int64_t neurons = 1 + trainer_.network().hidden_neurons();
  const std::int64_t work = std::max<std::int64_t>(1, experiment_.dataset.steps) * neurons;
  return std::clamp<std::int64_t>(work_at_once / work, 1, most_points_at_once);
}

void DecisionMapper::advance() {
  if (visit_.empty()) return;
  const auto count = static_cast<std::size_t>(points_at_once());
  const std::size_t end = std::min(visit_.size(), next_ + count);
  std::vector<std::array<float, 4>> values;
  std::vector<std::int64_t> ids;
  const double cell = 1.0 / static_cast<double>(map_.side - 1);
  for (std::size_t i = next_; i < end; ++i) {
    const double x = static_cast<double>(visit_[i] % map_.side) * cell;
    const double y = static_cast<double>(visit_[i] / map_.side) * cell;
    values.push_back({static_cast<float>(x), static_cast<float>(y), static_cast<float>(1 - x),
                      static_cast<float>(1 - y)});
    ids.push_back(visit_[i]);
  }
  const SpikeBatch batch =
      rate_coded(values, ids, experiment_.dataset.steps, trainer_.test_draw() + 1);
  const NetworkOutput out = trainer_.run(batch, false);
  const torch::NoGradGuard no_grad;
  const Tensor shares = torch::softmax(trainer_.scores(out), 1).to(torch::kCPU);
  const auto [best, winner] = shares.max(1);
  const std::int64_t epoch = epoch_shown(trainer_);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto at = static_cast<std::size_t>(ids[i]);
    map_.predicted[at] = static_cast<std::int8_t>(winner.data_ptr<std::int64_t>()[i]);
    map_.confidence[at] = best.data_ptr<float>()[i];
    epochs_[at] = epoch;
  }
  map_.epoch = epoch;
  if (step_ != trainer_.progress().step) renewed_ = 0;
  step_ = trainer_.progress().step;
  renewed_ += static_cast<std::int64_t>(ids.size());
  next_ = end < visit_.size() ? end : 0;
}

void DecisionMapper::advance_by(std::int64_t most) {
  const std::int64_t end = pending() - std::min(most, pending());
  while (pending() > end) advance();
}

std::shared_ptr<const DecisionMap> DecisionMapper::map() const {
  if (!exists()) return nullptr;
  auto copy = std::make_shared<DecisionMap>(map_);
  copy->first_epoch = copy->epoch;
  for (const std::int64_t epoch : epochs_) {
    if (epoch >= 0) copy->first_epoch = std::min(copy->first_epoch, epoch);
  }
  return copy;
}

}  // namespace paralif
