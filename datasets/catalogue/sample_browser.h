// One part of any dataset, to leaf through: labels at once, samples on demand.
#pragma once

#include <memory>
#include <variant>
#include <vector>

#include "datasets/catalogue/catalogue.h"
#include "datasets/readers/cifar10_reader.h"
#include "datasets/readers/points_reader.h"

namespace paralif {

/// What one sample holds; only the member of the set's kind is filled.
struct BrowsedSample {
  std::shared_ptr<const Recording> recording;  ///< audio and camera
  std::vector<std::uint8_t> image;             ///< ImageSet::pixels values
  double x = 0.0;                              ///< points
  double y = 0.0;
};

/// Const calls may come from several threads at once.
class SampleBrowser {
 public:
  /// Opens a part of a dataset in a folder; points and Yin-Yang have theirs as well.
  /// Throws Error(file).
  SampleBrowser(const std::string& dataset, DataPart part, const std::filesystem::path& folder);

  [[nodiscard]] const std::string& dataset() const { return dataset_; }
  [[nodiscard]] DataPart part() const { return part_; }
  [[nodiscard]] DataKind kind() const { return kind_; }
  [[nodiscard]] bool is_sample_data() const { return sample_data_; }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] const SensorShape& sensor() const { return sensor_; }
  [[nodiscard]] double tick_s() const { return tick_s_; }
  [[nodiscard]] std::int64_t classes() const { return classes_; }
  [[nodiscard]] std::int64_t size() const;
  [[nodiscard]] std::int64_t label(std::int64_t sample) const;
  [[nodiscard]] std::string origin(std::int64_t sample) const;
  [[nodiscard]] std::string title_of(std::int64_t label) const;
  /// Throws Error(file).
  [[nodiscard]] BrowsedSample load(std::int64_t sample) const;
  /// Points and Yin-Yang; null for the rest.
  [[nodiscard]] const PointSet* points() const;

 private:
  std::string dataset_;
  DataPart part_;
  DataKind kind_ = DataKind::points;
  bool sample_data_ = false;
  std::filesystem::path path_;
  SensorShape sensor_;
  double tick_s_ = 1.0;
  std::int64_t classes_ = 0;
  std::vector<std::string> class_names_;  ///< as the files have them
  std::variant<std::unique_ptr<RecordedSet>, std::unique_ptr<ImageSet>, PointSet> set_;
};

}  // namespace paralif
