#include "core/training/batch_mixing.h"

#include <algorithm>
#include <cmath>

#include "core/values/counter_random.h"

namespace paralif {
namespace {

using torch::Tensor;

class Draws {
 public:
  explicit Draws(std::uint64_t key) : key_(key) {}
  double uniform() { return uniform_at(key_, counter_++); }

  /// Beta(a, a) by Jöhnk's method, which suits a <= 1.
  double beta(double a) {
    while (true) {
      const double x = std::pow(uniform(), 1.0 / a);
      const double y = std::pow(uniform(), 1.0 / a);
      if (x + y > 0.0 && x + y <= 1.0) return x / (x + y);
    }
  }

 private:
  std::uint64_t key_;
  std::uint64_t counter_ = 0;
};

}  // namespace

MixedBatch mixed_batch(const Tensor& input, const Tensor& labels, std::int64_t classes,
                       std::uint64_t key) {
  Draws draws(key);
  const Tensor own = torch::one_hot(labels, classes).to(input.dtype());
  const Tensor partner = input.roll(1, 0);
  const Tensor theirs = own.roll(1, 0);
  if (draws.uniform() < 0.5) {
    const double share = draws.beta(0.2);
    return {share * input + (1.0 - share) * partner, share * own + (1.0 - share) * theirs};
  }
  const std::int64_t width = input.size(1);
  const std::int64_t height = input.size(-1);
  const double wanted = draws.beta(1.0);
  const auto half = [&](std::int64_t extent) {
    return static_cast<std::int64_t>(0.5 * std::sqrt(1.0 - wanted) * static_cast<double>(extent));
  };
  const auto centre = [&](std::int64_t extent) {
    return static_cast<std::int64_t>(draws.uniform() * static_cast<double>(extent));
  };
  const std::int64_t x = centre(width);
  const std::int64_t y = centre(height);
  const auto cut = [](std::int64_t at, std::int64_t extent) {
    return std::clamp<std::int64_t>(at, 0, extent);
  };
  const std::int64_t left = cut(x - half(width), width);
  const std::int64_t right = cut(x + half(width), width);
  const std::int64_t top = cut(y - half(height), height);
  const std::int64_t bottom = cut(y + half(height), height);
  Tensor mixed = input.clone();
  mixed.slice(1, left, right).slice(-1, top, bottom)
      .copy_(partner.slice(1, left, right).slice(-1, top, bottom));
  const double share = 1.0 - static_cast<double>((right - left) * (bottom - top)) /
                                 static_cast<double>(width * height);
  return {mixed, share * own + (1.0 - share) * theirs};
}

MixedEvents mixed_in_time(const SpikeBatch& batch, std::int64_t classes, double probability,
                          std::uint64_t key) {
  const Tensor own = torch::one_hot(torch::tensor(batch.labels, torch::kInt64), classes)
                         .to(torch::kFloat32);
  MixedEvents mixed{batch, own.clone()};
  mixed.batch.row_start.assign(1, 0);
  mixed.batch.unit.clear();
  mixed.batch.value.clear();
  for (std::int64_t sample = 0; sample < batch.samples; ++sample) {
    Draws draws(keyed(key, static_cast<std::uint64_t>(sample)));
    std::int64_t first = 0;
    std::int64_t end = 0;  // of the steps that the next sample gives
    if (sample + 1 < batch.samples && draws.uniform() < probability) {
      const double share = draws.uniform();
      const auto taken = static_cast<std::int64_t>(share * static_cast<double>(batch.steps));
      first = static_cast<std::int64_t>(draws.uniform() * static_cast<double>(batch.steps - taken));
      end = first + taken;
      mixed.targets[sample] = (1.0 - share) * own[sample] + share * own[sample + 1];
    }
    for (std::int64_t step = 0; step < batch.steps; ++step) {
      const bool theirs = step >= first && step < end;
      const auto row = static_cast<std::size_t>((sample + (theirs ? 1 : 0)) * batch.steps + step);
      const auto from = static_cast<std::ptrdiff_t>(batch.row_start[row]);
      const auto to = static_cast<std::ptrdiff_t>(batch.row_start[row + 1]);
      mixed.batch.unit.insert(mixed.batch.unit.end(), batch.unit.begin() + from,
                              batch.unit.begin() + to);
      if (!batch.value.empty()) {
        mixed.batch.value.insert(mixed.batch.value.end(), batch.value.begin() + from,
                                 batch.value.begin() + to);
      }
      mixed.batch.row_start.push_back(mixed.batch.events());
    }
  }
  return mixed;
}

}  // namespace paralif
