#include "core/encoding/expected_input.h"

#include "core/encoding/recorded_source.h"
#include "datasets/catalogue/catalogue.h"
#include "datasets/error.h"

namespace paralif {
namespace {

constexpr std::int64_t rate_coded_inputs = 4;  // x, y, 1 - x, 1 - y

}  // namespace

std::optional<SignalShape> expected_input(const DatasetSettings& settings) {
  const Dataset* entry = find_dataset(settings.name);
  if (entry == nullptr) return std::nullopt;
  if (entry->kind == DataKind::points) return SignalShape{0, {rate_coded_inputs}};
  if (entry->kind == DataKind::images) return SignalShape{0, {3, 32}};
  SetDescription set;
  set.sensor = entry->sensor;
  try {
    const SensorShape grid = recorded_encoding(settings, set, false).grid.shape;
    if (entry->kind == DataKind::audio) return SignalShape{0, {grid.units()}};
    return SignalShape{0, {grid.polarities, grid.height, grid.width}};
  } catch (const Error&) {
    return std::nullopt;  // the field that is wrong says so
  }
}

}  // namespace paralif
