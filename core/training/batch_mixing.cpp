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

}  // namespace paralif
