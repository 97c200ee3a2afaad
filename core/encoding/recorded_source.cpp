#include "core/encoding/recorded_source.h"

#include <cmath>

#include "core/encoding/augmentation.h"
#include "datasets/catalogue/catalogue.h"

namespace paralif {
namespace {

PolarityChoice polarity_of(const DatasetSettings& settings) {
  const std::string& name = settings.polarity;
  if (name == "off") return PolarityChoice::off;
  if (name == "on") return PolarityChoice::on;
  if (name == "both") return PolarityChoice::both;
  if (name == "merged") return PolarityChoice::merged;
  const Dataset* dataset = find_dataset(settings.name);
  return dataset != nullptr && dataset->published_off_only ? PolarityChoice::off
                                                           : PolarityChoice::both;
}

std::int64_t side_of(const DatasetSettings& settings) {
  if (settings.resize) return *settings.resize;
  const Dataset* dataset = find_dataset(settings.name);
  return dataset != nullptr ? dataset->published_side : 0;
}

/// window / tick without the noise of dividing decimal fractions.
double in_ticks(double window_s, double tick_s) {
  const double ticks = window_s / tick_s;
  const double whole = std::nearbyint(ticks);
  return std::abs(ticks - whole) < 1e-9 * whole ? whole : ticks;
}

}  // namespace

RecordedEncoding recorded_encoding(const DatasetSettings& settings, const SetDescription& set,
                                   bool training) {
  RecordedEncoding encoding;
  const double window = in_ticks(settings.window_s, set.tick_s);
  encoding.audio = !set.sensor.is_image();
  if (encoding.audio) {
    encoding.bins = audio_rule(window, settings.bins.value_or(0));
    encoding.grid = audio_grid(set.sensor, settings.group_units);
  } else {
    encoding.bins = camera_rule(window, settings.bins.value_or(0));
    encoding.grid = image_grid(set.sensor, polarity_of(settings), side_of(settings));
  }
  encoding.step_s = settings.window_s;
  encoding.padding = settings.padding == "end" ? Padding::end : Padding::start;
  if (training && settings.augmentation) {
    encoding.augmentation = true;
    encoding.shift = settings.shift;
    encoding.scale = settings.scale;
    encoding.time_mask = settings.time_mask;
    encoding.mask_probability = settings.mask_probability;
    encoding.unit_mask = encoding.audio ? settings.unit_mask : 0.0;
  }
  return encoding;
}

RecordedSource::RecordedSource(std::shared_ptr<const RecordedSet> set,
                               std::vector<std::int64_t> chosen, RecordedEncoding encoding)
    : set_(std::move(set)), chosen_(std::move(chosen)), encoding_(std::move(encoding)) {}

std::int64_t RecordedSource::samples() const {
  return static_cast<std::int64_t>(chosen_.size());
}
std::int64_t RecordedSource::inputs() const {
  return encoding_.grid.shape.units();
}
std::vector<std::int64_t> RecordedSource::features() const {
  const SensorShape& grid = encoding_.grid.shape;
  if (encoding_.audio) return {inputs()};
  return {grid.polarities, grid.height, grid.width};
}
std::int64_t RecordedSource::classes() const {
  return set_->description().classes;
}
std::int64_t RecordedSource::label(std::int64_t sample) const {
  return set_->label(chosen_.at(static_cast<std::size_t>(sample)));
}
double RecordedSource::step_s() const {
  return encoding_.step_s;
}

std::vector<std::string> RecordedSource::class_names() const {
  return set_->description().class_names;
}
std::vector<std::string> RecordedSource::notes() const {
  return set_->flaws().sentences();
}

EventRows RecordedSource::encode(std::int64_t sample, std::uint64_t draw) const {
  const std::int64_t member = chosen_.at(static_cast<std::size_t>(sample));
  const auto recording = set_->read(member);
  EventRows rows = bin_recording(*recording, encoding_.bins, encoding_.grid,
                                 set_->description().path.string() + ": " + set_->origin(member));
  if (!encoding_.augmentation) return rows;
  SampleRandom random(draw, static_cast<std::uint64_t>(member));
  if (encoding_.audio) {
    // The image is time x unit; it moves along the units only but is scaled along both.
    rows = affine_in_time(rows, draw_affine(random, encoding_.shift, 0.0, encoding_.scale,
                                            rows.inputs, rows.steps()));
  } else {
    const SensorShape& grid = encoding_.grid.shape;
    rows = affine_in_space(rows,
                           draw_affine(random, encoding_.shift, encoding_.shift, encoding_.scale,
                                       grid.width, grid.height),
                           grid);
  }
  const auto masks = [&](double largest) {
    if (largest <= 0) return false;
    return encoding_.mask_probability >= 1.0 || random.uniform() < encoding_.mask_probability;
  };
  if (masks(encoding_.time_mask)) mask_steps(rows, random, encoding_.time_mask);
  if (masks(encoding_.unit_mask)) mask_units(rows, random, encoding_.unit_mask);
  return rows;
}

SpikeBatch RecordedSource::batch(std::span<const std::int64_t> samples, std::uint64_t draw) const {
  std::vector<EventRows> encoded;
  std::vector<std::int64_t> labels;
  encoded.reserve(samples.size());
  labels.reserve(samples.size());
  for (const std::int64_t sample : samples) {
    encoded.push_back(encode(sample, draw));
    labels.push_back(label(sample));
  }
  return join(encoded, labels, encoding_.padding);
}

}  // namespace paralif
