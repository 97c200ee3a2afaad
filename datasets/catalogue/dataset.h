// What a dataset is: its facts, its files, how they are read, and the writer of its sample data.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "datasets/download/remote_file.h"
#include "datasets/readers/cifar10_reader.h"
#include "datasets/readers/points_reader.h"
#include "datasets/recorded_set.h"
#include "datasets/samples/sample_data.h"

namespace paralif {

/// How samples look.
enum class DataKind : std::uint8_t { points, audio, camera, images };

/// A part of a dataset that was found in a folder, and how to read it.
struct PartRequest {
  std::filesystem::path found;  ///< its file or folder
  DataPart part = DataPart::train;
  ReadOptions options{};
  std::vector<std::filesystem::path> others{};  ///< the other parts that were found
};

/// One file of datasets/sets makes one; catalogue.cpp lists them.
struct Dataset {
  std::string name;  ///< as in an experiment, such as "heidelberg"
  std::string title;
  std::string description;  ///< one or two sentences
  DataKind kind = DataKind::audio;
  std::int64_t classes = 0;  ///< 0: as many as the file has
  std::vector<DataPart> parts{};
  std::string files{};  ///< what to put into the data folder; empty: nothing, it is computed
  std::string page{};   ///< the publishers' page; empty: nothing to download
  /// What a program can download; empty where a person must agree to something on the page.
  std::vector<RemoteFile> downloads{};
  std::string by_hand{};  ///< what to do on the page then, such as "open ... and choose ..."
  std::string size{};   ///< about, as downloaded
  std::string licence{};
  std::string citation{};
  SensorShape sensor{};  ///< of the published recordings; meaningless for points and images
  std::vector<std::string> class_names{};  ///< by label; one without a name is called by its number
  bool published_off_only = false;   ///< the published encoding keeps the off polarity alone
  std::int64_t published_side = 0;   ///< pixels a side after the published resizing; 0: as recorded
  bool format_has_unit = false;      ///< no other time unit can be said for its files

  /// Names of a part's files and folders, any of which is the part; null where it has none.
  std::vector<std::string> (*part_files)(DataPart part) = nullptr;
  /// Whether what has such a name is the part; null: it is where it exists.
  bool (*is_part)(const std::filesystem::path& candidate) = nullptr;
  /// Of recordings. Throws Error(file).
  std::unique_ptr<RecordedSet> (*open)(const PartRequest& request) = nullptr;
  /// Of images. Throws Error(file).
  std::unique_ptr<ImageSet> (*open_images)(const PartRequest& request) = nullptr;
  /// Of computed points.
  PointSet (*compute)(DataPart part) = nullptr;
  /// Writes sample data into an empty folder; null: there is none. Throws Error(file).
  void (*write_samples)(const std::filesystem::path& folder, const SampleOptions& options) = nullptr;
  /// Names that write_samples writes besides the parts' own.
  std::vector<std::string> sample_files{};

  [[nodiscard]] bool is_recorded() const { return open != nullptr; }
  [[nodiscard]] bool is_computed() const { return compute != nullptr; }
  /// Whether the publishers keep a part of their own for validation.
  [[nodiscard]] bool has_validation() const;
};

}  // namespace paralif
