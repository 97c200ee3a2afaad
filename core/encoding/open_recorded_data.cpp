// The source of spikes that a recorded dataset's kind stands for.
#include <fmt/format.h>

#include <functional>
#include <numeric>

#include "core/encoding/image_source.h"
#include "core/encoding/points_source.h"
#include "core/encoding/recorded_source.h"
#include "core/encoding/split.h"
#include "datasets/catalogue/catalogue.h"
#include "datasets/data_folder.h"
#include "datasets/error.h"

namespace paralif {
namespace {

using LabelOf = std::function<std::int64_t(std::int64_t)>;

/// The samples of a set that are used, ascending.
std::vector<std::int64_t> used_of(std::int64_t samples, const LabelOf& label,
                                  const DatasetSettings& settings) {
  if (settings.data_ratio < 1.0) return hold_out(samples, label, 1.0 - settings.data_ratio).train;
  std::vector<std::int64_t> all(static_cast<std::size_t>(samples));
  std::iota(all.begin(), all.end(), std::int64_t{0});
  return all;
}

template <class Set>
std::vector<std::int64_t> used_of(const Set& set, const DatasetSettings& settings) {
  return used_of(set.size(), [&](std::int64_t i) { return set.label(i); }, settings);
}

void require_both(const HeldOut& split, const std::string& path) {
  if (!split.train.empty() && !split.held_out.empty()) return;
  throw Error(Error::Kind::file, path, "has too few samples to hold some out",
              "choose another share, or add samples");
}

std::shared_ptr<const RecordedSet> opened(const DatasetSettings& settings, DataPart part) {
  auto set = open_recordings(
      settings.name, part, data_folder(settings.data_dir),
      {time_unit_named(dataset_named(settings.name).format_has_unit ? "published"
                                                                    : settings.time_unit),
       settings.skip_bad == "events"});
  if (settings.preload) set->preload();
  return set;
}

/// Which of the training samples train, and which are the validation part.
HeldOut training_split(std::int64_t samples, const LabelOf& label, const DatasetSettings& settings,
                       const std::string& path) {
  const std::vector<std::int64_t> used = used_of(samples, label, settings);
  const auto sample = [&](std::int64_t i) { return used[static_cast<std::size_t>(i)]; };
  HeldOut split = hold_out(
      static_cast<std::int64_t>(used.size()), [&](std::int64_t i) { return label(sample(i)); },
      settings.validation);
  for (auto* part : {&split.train, &split.held_out}) {
    for (std::int64_t& place : *part) place = sample(place);
  }
  if (settings.validation > 0) require_both(split, path);
  return split;
}

/// Whether the publishers' own validation part is there and nothing else was asked for.
bool has_own_validation(const DatasetSettings& settings) {
  return settings.validation == 0 && dataset_named(settings.name).has_validation() &&
         !find_part(settings.name, DataPart::validation, data_folder(settings.data_dir)).empty();
}

DataSplit recordings(const DatasetSettings& settings) {
  const auto train = opened(settings, DataPart::train);
  const auto test = opened(settings, DataPart::test);
  const auto source = [&](const std::shared_ptr<const RecordedSet>& set,
                          std::vector<std::int64_t> chosen, bool training) {
    return std::make_unique<RecordedSource>(
        set, std::move(chosen), recorded_encoding(settings, set->description(), training));
  };
  HeldOut split = training_split(
      train->size(), [&](std::int64_t i) { return train->label(i); }, settings,
      train->description().path.string());
  DataSplit parts{source(train, std::move(split.train), true),
                  source(test, used_of(*test, settings), false), nullptr};
  if (settings.validation > 0) {
    parts.validation = source(train, std::move(split.held_out), false);
  } else if (has_own_validation(settings)) {
    const auto own = opened(settings, DataPart::validation);
    parts.validation = source(own, used_of(*own, settings), false);
  }
  return parts;
}

DataSplit images(const DatasetSettings& settings) {
  const auto folder = data_folder(settings.data_dir);
  const std::shared_ptr<const ImageSet> train = open_images(settings.name, DataPart::train, folder);
  const std::shared_ptr<const ImageSet> test = open_images(settings.name, DataPart::test, folder);
  const auto source = [](const std::shared_ptr<const ImageSet>& set,
                         std::vector<std::int64_t> chosen, bool augmentation) {
    return std::make_unique<ImageSource>(set, std::move(chosen), augmentation);
  };
  HeldOut split = training_split(
      train->size(), [&](std::int64_t i) { return train->label(i); }, settings,
      train->path().string());
  DataSplit parts{source(train, std::move(split.train), settings.augmentation),
                  source(test, used_of(*test, settings), false), nullptr};
  if (settings.validation > 0) parts.validation = source(train, std::move(split.held_out), false);
  return parts;
}

/// One file: some of its points are kept out as the test set, and some of the rest as validation.
DataSplit points(const DatasetSettings& settings) {
  const auto path = data_folder(settings.data_dir);
  TableOptions options;
  options.skip_bad = settings.skip_bad == "rows";
  const auto set = std::make_shared<const PointSet>(read_points(path, options));
  const auto label = [&](std::int64_t i) { return set->points[static_cast<std::size_t>(i)].label; };
  HeldOut whole =
      hold_out(static_cast<std::int64_t>(set->points.size()), label, settings.test_share);
  require_both(whole, path.string());
  const auto source = [&](std::vector<std::int64_t> chosen) {
    return std::make_unique<PointsSource>(set, std::move(chosen), settings.steps);
  };
  const auto chosen = [&](std::vector<std::int64_t> places) {
    for (std::int64_t& place : places) place = whole.train[static_cast<std::size_t>(place)];
    return places;
  };
  const HeldOut split = training_split(
      static_cast<std::int64_t>(whole.train.size()),
      [&](std::int64_t i) { return label(whole.train[static_cast<std::size_t>(i)]); }, settings,
      path.string());
  DataSplit parts{source(chosen(split.train)), source(whole.held_out), nullptr};
  if (settings.validation > 0) parts.validation = source(chosen(split.held_out));
  return parts;
}

}  // namespace

DataSplit open_recorded_data(const DatasetSettings& settings) {
  const Dataset* dataset = find_dataset(settings.name);
  if (dataset == nullptr) {
    throw Error(Error::Kind::setting, "dataset.name",
                fmt::format("'{}' is unknown", settings.name));
  }
  if (dataset->is_recorded()) return recordings(settings);
  return dataset->kind == DataKind::images ? images(settings) : points(settings);
}

}  // namespace paralif
