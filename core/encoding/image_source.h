// CIFAR-10 as sequences: the columns of an image are time, its rows the inputs.
#pragma once

#include <vector>

#include "core/encoding/spike_source.h"
#include "datasets/readers/cifar10_reader.h"

namespace paralif {

/// 32 steps of 3 x 32 inputs (channel by channel), each pixel's value normalised by the mean and
/// deviation of its channel that the published experiments use (deviations .2023 .1994 .2010, which
/// are the mean ones of an image, not those of all pixels). Augmentation, in the published order: a
/// flip by chance, TrivialAugmentWide on bytes, and one in ten with a rectangle erased to the mean.
class ImageSource : public SpikeSource {
 public:
  ImageSource(std::shared_ptr<const ImageSet> images, std::vector<std::int64_t> chosen,
              bool augmentation);

  [[nodiscard]] std::int64_t samples() const override;
  [[nodiscard]] std::int64_t inputs() const override;
  [[nodiscard]] std::vector<std::int64_t> features() const override;
  [[nodiscard]] std::int64_t classes() const override { return ImageSet::classes; }
  [[nodiscard]] std::int64_t label(std::int64_t sample) const override;
  [[nodiscard]] SpikeBatch batch(std::span<const std::int64_t> samples,
                                 std::uint64_t draw) const override;

 private:
  std::shared_ptr<const ImageSet> images_;
  std::vector<std::int64_t> chosen_;
  bool augmentation_;
};

}  // namespace paralif
