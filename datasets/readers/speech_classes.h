// The classes of files in the layout of the Heidelberg digits.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "datasets/readers/hdf5_columns.h"

namespace paralif {

struct SpeechClasses {
  static constexpr std::int64_t most = 1000;

  std::vector<std::uint16_t> labels;  ///< one a sample
  std::vector<std::string> names;     ///< of `extra/keys`, as UTF-8; empty: the file has none
  std::int64_t count = 0;             ///< of names, or up to the largest label

  /// Throws Error(file) for labels that are not whole numbers from 0 to most - 1.
  explicit SpeechClasses(const Hdf5EventFile& file);
};

/// Classes of a part with those of its siblings: as many as any has, named as those that have names
/// name them. Siblings that cannot be read are left to whoever opens them. Throws Error(file) where
/// two parts name a class differently.
void join_classes(SpeechClasses& classes, const std::filesystem::path& path,
                  const std::vector<std::filesystem::path>& others);

}  // namespace paralif
