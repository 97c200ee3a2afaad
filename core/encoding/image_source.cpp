#include "core/encoding/image_source.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/encoding/batch_builder.h"
#include "core/encoding/sample_random.h"
#include "core/encoding/trivial_augment.h"

namespace paralif {
namespace {

constexpr std::int64_t side = ImageSet::side;
constexpr std::int64_t channels = ImageSet::channels;
constexpr std::array<double, 3> mean{0.4914, 0.4822, 0.4465};
constexpr std::array<double, 3> deviation{0.2023, 0.1994, 0.2010};

/// The erased rectangle; empty unless width > 0.
struct Erasing {
  std::int64_t left = 0;
  std::int64_t top = 0;
  std::int64_t width = 0;
  std::int64_t height = 0;

  [[nodiscard]] bool erased(std::int64_t x, std::int64_t y) const {
    return x >= left && x < left + width && y >= top && y < top + height;
  }
};

/// 2 % to 33 % of the area, with sides of a ratio of 0.3 to 3.3, for one image in ten.
Erasing draw_erasing(SampleRandom& random) {
  Erasing erasing;
  if (random.uniform() >= 0.1) return erasing;
  for (int attempt = 0; attempt < 10; ++attempt) {
    const double area = random.uniform(0.02, 0.33) * static_cast<double>(side * side);
    const double ratio = std::exp(random.uniform(std::log(0.3), std::log(3.3)));
    const auto height = static_cast<std::int64_t>(std::nearbyint(std::sqrt(area * ratio)));
    const auto width = static_cast<std::int64_t>(std::nearbyint(std::sqrt(area / ratio)));
    if (height >= side || width >= side) continue;
    erasing.width = width;
    erasing.height = height;
    erasing.left = random.below(side - width + 1);
    erasing.top = random.below(side - height + 1);
    break;
  }
  return erasing;
}

PictureBytes flipped(const PictureBytes& picture) {
  PictureBytes out = picture;
  for (auto row = out.begin(); row != out.end(); row += side) std::reverse(row, row + side);
  return out;
}

EventRows encode(std::span<const std::uint8_t, ImageSet::pixels> pixels, const Erasing& erasing) {
  EventRows rows;
  rows.inputs = channels * side;
  for (std::int64_t x = 0; x < side; ++x) {
    for (std::int64_t channel = 0; channel < channels; ++channel) {
      for (std::int64_t y = 0; y < side; ++y) {
        if (erasing.erased(x, y)) continue;
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
    labels.push_back(images_->label(member));
    if (!augmentation_) {
      encoded.push_back(encode(images_->image(member), {}));
      continue;
    }
    SampleRandom random(draw, static_cast<std::uint64_t>(member));
    PictureBytes picture;
    std::ranges::copy(images_->image(member), picture.begin());
    if (random.uniform() < 0.5) picture = flipped(picture);
    picture = trivially_augmented(picture, random);
    encoded.push_back(encode(picture, draw_erasing(random)));
  }
  return join(encoded, labels);
}

}  // namespace paralif
