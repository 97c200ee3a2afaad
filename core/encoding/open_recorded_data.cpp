// Which reader and which source a dataset's name stands for.
#include <fmt/format.h>

#include <numeric>

#include "core/encoding/image_source.h"
#include "core/encoding/points_source.h"
#include "core/encoding/recorded_source.h"
#include "core/encoding/split.h"
#include "datasets/data_folder.h"
#include "datasets/error.h"

namespace paralif {
namespace {

std::vector<std::int64_t> all_of(std::int64_t samples) {
  std::vector<std::int64_t> all(static_cast<std::size_t>(samples));
  std::iota(all.begin(), all.end(), std::int64_t{0});
  return all;
}

void require_both(const HeldOut& split, const std::string& path) {
  if (!split.train.empty() && !split.held_out.empty()) return;
  throw Error(Error::Kind::file, path, "has too few samples to hold some out",
              "choose another validation fraction, or add samples");
}

std::shared_ptr<const RecordedSet> opened(const DatasetSettings& settings, DataPart part) {
  auto set = open_recordings(
      settings.name, part, data_folder(settings.data_dir),
      {time_unit_named(settings.name == "nmnist" ? "published" : settings.time_unit),
       settings.skip_bad == "events"});
  if (settings.preload) set->preload();
  return set;
}

DataSplit recordings(const DatasetSettings& settings) {
  const auto train = opened(settings, DataPart::train);
  const auto source = [&](const std::shared_ptr<const RecordedSet>& set,
                          std::vector<std::int64_t> chosen, bool training) {
    return std::make_unique<RecordedSource>(
        set, std::move(chosen), recorded_encoding(settings, set->description(), training));
  };
  if (settings.validation > 0) {
    HeldOut split = hold_out(
        train->size(), [&](std::int64_t i) { return train->label(i); }, settings.validation);
    require_both(split, train->description().path.string());
    return {source(train, std::move(split.train), true),
            source(train, std::move(split.held_out), false)};
  }
  const auto test = opened(settings, DataPart::test);
  return {source(train, all_of(train->size()), true), source(test, all_of(test->size()), false)};
}

DataSplit images(const DatasetSettings& settings) {
  const auto folder = data_folder(settings.data_dir);
  const std::shared_ptr<const ImageSet> train = open_images(DataPart::train, folder);
  if (settings.validation > 0) {
    HeldOut split = hold_out(
        train->size(), [&](std::int64_t i) { return train->label(i); }, settings.validation);
    require_both(split, train->path().string());
    return {std::make_unique<ImageSource>(train, std::move(split.train), settings.augmentation),
            std::make_unique<ImageSource>(train, std::move(split.held_out), false)};
  }
  const std::shared_ptr<const ImageSet> test = open_images(DataPart::test, folder);
  return {std::make_unique<ImageSource>(train, all_of(train->size()), settings.augmentation),
          std::make_unique<ImageSource>(test, all_of(test->size()), false)};
}

DataSplit points(const DatasetSettings& settings) {
  constexpr double usual_fraction = 0.2;  // there is one file, so that some must be held out
  const auto path = data_folder(settings.data_dir);
  const auto set = std::make_shared<const PointSet>(read_points(path));
  HeldOut split = hold_out(
      static_cast<std::int64_t>(set->points.size()),
      [&](std::int64_t i) { return set->points[static_cast<std::size_t>(i)].label; },
      settings.validation > 0 ? settings.validation : usual_fraction);
  require_both(split, path.string());
  return {std::make_unique<PointsSource>(set, std::move(split.train), settings.steps),
          std::make_unique<PointsSource>(set, std::move(split.held_out), settings.steps)};
}

}  // namespace

DataSplit open_recorded_data(const DatasetSettings& settings) {
  if (is_recorded_dataset(settings.name)) return recordings(settings);
  if (settings.name == "cifar10") return images(settings);
  if (settings.name == "points") return points(settings);
  throw Error(Error::Kind::setting, "dataset.name", fmt::format("'{}' is unknown", settings.name));
}

}  // namespace paralif
