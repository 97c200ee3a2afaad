// Reader of CIFAR-10's binary version.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "datasets/recorded_set.h"

namespace paralif {

/// Images of 32 x 32 pixels in 3 colours: channel by channel, each row by row.
/// Source: Krizhevsky, "Learning multiple layers of features from tiny images", 2009; files
/// `data_batch_1.bin` .. `data_batch_5.bin` and `test_batch.bin` of 1 label byte + 3072 pixels.
class ImageSet {
 public:
  static constexpr std::int64_t side = 32;
  static constexpr std::int64_t channels = 3;
  static constexpr std::size_t pixels = 3072;
  static constexpr std::int64_t classes = 10;

  /// Reads the part's files into memory (154 MB for the 50 000 images to train).
  /// Throws Error(file) that names file and image.
  ImageSet(const std::filesystem::path& folder, DataPart part);

  [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(labels_.size()); }
  [[nodiscard]] std::int64_t label(std::int64_t image) const {
    return labels_.at(static_cast<std::size_t>(image));
  }
  [[nodiscard]] std::span<const std::uint8_t, pixels> image(std::int64_t image) const {
    return std::span<const std::uint8_t, pixels>(
        bytes_.data() + static_cast<std::size_t>(image) * pixels, pixels);
  }
  [[nodiscard]] const std::filesystem::path& path() const { return folder_; }

 private:
  std::filesystem::path folder_;
  std::vector<std::uint8_t> labels_;
  std::vector<std::uint8_t> bytes_;
};

/// "airplane", "automobile", ...
const std::array<const char*, 10>& cifar10_class_names();

}  // namespace paralif
