#include "datasets/catalogue/sample_browser.h"

#include "datasets/data_folder.h"

namespace paralif {

SampleBrowser::SampleBrowser(const std::string& dataset, DataPart part,
                             const std::filesystem::path& folder)
    : dataset_(dataset), part_(part) {
  const Dataset& described = dataset_named(dataset);
  kind_ = described.kind;
  classes_ = described.classes;
  if (described.is_computed()) {
    set_ = described.compute(part);
  } else if (kind_ == DataKind::points) {
    path_ = find_points(folder);
    PointSet points = read_points(path_.empty() ? folder : path_);
    classes_ = static_cast<std::int64_t>(points.class_names.size());
    set_ = std::move(points);
  } else if (kind_ == DataKind::images) {
    set_ = open_images(dataset, part, folder);
    path_ = find_part(dataset, part, folder);
  } else {
    auto set = open_recordings(dataset, part, folder);
    path_ = set->description().path;
    sensor_ = set->description().sensor;
    tick_s_ = set->description().tick_s;
    classes_ = set->description().classes;
    class_names_ = set->description().class_names;
    set_ = std::move(set);
  }
  sample_data_ = !path_.empty() && paralif::is_sample_data(dataset, path_);
}

std::int64_t SampleBrowser::size() const {
  if (const auto* set = std::get_if<std::unique_ptr<RecordedSet>>(&set_)) return (*set)->size();
  if (const auto* set = std::get_if<std::unique_ptr<ImageSet>>(&set_)) return (*set)->size();
  return static_cast<std::int64_t>(std::get<PointSet>(set_).points.size());
}

std::int64_t SampleBrowser::label(std::int64_t sample) const {
  if (const auto* set = std::get_if<std::unique_ptr<RecordedSet>>(&set_)) {
    return (*set)->label(sample);
  }
  if (const auto* set = std::get_if<std::unique_ptr<ImageSet>>(&set_)) {
    return (*set)->label(sample);
  }
  return std::get<PointSet>(set_).points.at(static_cast<std::size_t>(sample)).label;
}

std::string SampleBrowser::origin(std::int64_t sample) const {
  if (const auto* set = std::get_if<std::unique_ptr<RecordedSet>>(&set_)) {
    return (*set)->origin(sample);
  }
  return (kind_ == DataKind::images ? "image " : "point ") + std::to_string(sample);
}

std::string SampleBrowser::title_of(std::int64_t label) const {
  const PointSet* own = points();
  if (own != nullptr && label >= 0 && static_cast<std::size_t>(label) < own->class_names.size()) {
    return own->class_names[static_cast<std::size_t>(label)];
  }
  if (label >= 0 && static_cast<std::size_t>(label) < class_names_.size()) {
    return class_names_[static_cast<std::size_t>(label)];
  }
  return class_title(dataset_, label);
}

BrowsedSample SampleBrowser::load(std::int64_t sample) const {
  BrowsedSample loaded;
  if (const auto* set = std::get_if<std::unique_ptr<RecordedSet>>(&set_)) {
    loaded.recording = (*set)->read(sample);
  } else if (const auto* images = std::get_if<std::unique_ptr<ImageSet>>(&set_)) {
    const auto image = (*images)->image(sample);
    loaded.image.assign(image.begin(), image.end());
  } else {
    const auto& point = std::get<PointSet>(set_).points.at(static_cast<std::size_t>(sample));
    loaded.x = point.x;
    loaded.y = point.y;
  }
  return loaded;
}

const PointSet* SampleBrowser::points() const {
  return std::get_if<PointSet>(&set_);
}

}  // namespace paralif
