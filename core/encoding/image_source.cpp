#include "core/encoding/image_source.h"

#include <array>
#include <cmath>

#include "core/encoding/batch_builder.h"
#include "core/encoding/sample_random.h"

namespace paralif {
namespace {

constexpr std::int64_t side = ImageSet::side;
constexpr std::int64_t channels = ImageSet::channels;
constexpr std::array<double, 3> mean{0.4914, 0.4822, 0.4465};
constexpr std::array<double, 3> deviation{0.2023, 0.1994, 0.2010};

/// What is done to an image before it becomes a sequence.
struct ImageChange {
  bool flipped = false;
  std::int64_t left = 0;  ///< of the erased rectangle; empty unless width > 0
  std::int64_t top = 0;
  std::int64_t width = 0;
  std::int64_t height = 0;

  [[nodiscard]] bool erased(std::int64_t x, std::int64_t y) const {
    return x >= left && x < left + width && y >= top && y < top + height;
  }
};

/// A flip for one image in two; an erased rectangle of 2 % to 33 % of the area, with sides of a
/// ratio of 0.3 to 3.3, for one in ten.
ImageChange draw_change(SampleRandom& random) {
  ImageChange change;
  change.flipped = random.uniform() < 0.5;
  if (random.uniform() >= 0.1) return change;
  for (int attempt = 0; attempt < 10; ++attempt) {
    const double area = random.uniform(0.02, 0.33) * static_cast<double>(side * side);
    const double ratio = std::exp(random.uniform(std::log(0.3), std::log(3.3)));
    const auto height = static_cast<std::int64_t>(std::nearbyint(std::sqrt(area * ratio)));
    const auto width = static_cast<std::int64_t>(std::nearbyint(std::sqrt(area / ratio)));
    if (height >= side || width >= side) continue;
    change.width = width;
    change.height = height;
    change.left = random.below(side - width + 1);
    change.top = random.below(side - height + 1);
    break;
  }
  return change;
}

EventRows encode(std::span<const std::uint8_t, ImageSet::pixels> pixels,
                 const ImageChange& change) {
  EventRows rows;
  rows.inputs = channels * side;
  for (std::int64_t step = 0; step < side; ++step) {
    const std::int64_t x = change.flipped ? side - 1 - step : step;
    for (std::int64_t channel = 0; channel < channels; ++channel) {
      for (std::int64_t y = 0; y < side; ++y) {
        if (change.erased(x, y)) continue;
        const auto at = static_cast<std::size_t>((channel * side + y) * side + x);
        const auto of = static_cast<std::size_t>(channel);
        rows.unit.push_back(static_cast<std::int32_t>(channel * side + y));
        rows.value.push_back(static_cast<float>((pixels[at] / 255.0 - mean[of]) / deviation[of]));
      }
    }
    rows.start.push_back(rows.events());
  }
  return rows;
}

}  // namespace

ImageSource::ImageSource(std::shared_ptr<const ImageSet> images, std::vector<std::int64_t> chosen,
                         bool augmentation)
    : images_(std::move(images)), chosen_(std::move(chosen)), augmentation_(augmentation) {}

std::int64_t ImageSource::samples() const {
  return static_cast<std::int64_t>(chosen_.size());
}
std::int64_t ImageSource::inputs() const {
  return channels * side;
}
std::vector<std::int64_t> ImageSource::features() const {
  return {channels, side};  // a column of the image is a step
}
std::int64_t ImageSource::label(std::int64_t sample) const {
  return images_->label(chosen_.at(static_cast<std::size_t>(sample)));
}

SpikeBatch ImageSource::batch(std::span<const std::int64_t> samples, std::uint64_t draw) const {
  std::vector<EventRows> encoded;
  std::vector<std::int64_t> labels;
  for (const std::int64_t sample : samples) {
    const std::int64_t member = chosen_.at(static_cast<std::size_t>(sample));
    ImageChange change;
    if (augmentation_) {
      SampleRandom random(draw, static_cast<std::uint64_t>(member));
      change = draw_change(random);
    }
    encoded.push_back(encode(images_->image(member), change));
    labels.push_back(images_->label(member));
  }
  return join(encoded, labels);
}

}  // namespace paralif
