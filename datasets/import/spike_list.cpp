#include "datasets/import/spike_list.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <optional>
#include <vector>

#include "datasets/error.h"
#include "datasets/readers/hdf5_columns.h"
#include "datasets/readers/npy_array.h"
#include "datasets/readers/readable.h"

namespace paralif {
namespace {

constexpr std::uintmax_t largest_file = std::uintmax_t{512} << 20;

[[noreturn]] void fail(const std::string& origin, const std::string& problem) {
  throw Error(Error::Kind::file, origin, problem, "say which columns are time and unit");
}

/// Collects rows, then sorts them by time.
class Rows {
 public:
  Rows(const std::string& origin, const SpikeListMapping& mapping)
      : origin_(origin), mapping_(mapping) {}

  void add(std::size_t row, double time, double unit) {
    const double seconds = time * mapping_.seconds_per_unit;
    const std::string where = "row " + std::to_string(row);
    if (!(seconds >= 0 && seconds < 1e6)) {
      fail(origin_, where + " has no time from 0 to a million seconds");
    }
    if (!(unit >= 0 && unit < mapping_.channels) || unit != std::floor(unit)) {
      fail(origin_, where + " has no unit in 0.." + std::to_string(mapping_.channels - 1));
    }
    times_.push_back(seconds);
    units_.push_back(static_cast<std::uint16_t>(unit));
  }

  [[nodiscard]] Recording sorted() const {
    if (times_.empty()) fail(origin_, "holds no spikes");
    std::vector<std::size_t> order(times_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return times_[i]; });
    Recording recording;
    for (const std::size_t i : order) {
      recording.time.push_back(times_[i]);
      recording.unit.push_back(units_[i]);
    }
    return recording;
  }

 private:
  std::string origin_;
  const SpikeListMapping& mapping_;
  std::vector<double> times_;
  std::vector<std::uint16_t> units_;
};

std::optional<double> number_in(std::string_view row, std::size_t column) {
  for (std::size_t i = 0; i < column; ++i) {
    const std::size_t separator = row.find_first_of(",;\t ");
    if (separator == std::string_view::npos) return {};
    row.remove_prefix(separator + 1);
  }
  row = row.substr(0, row.find_first_of(",;\t "));
  while (!row.empty() && (row.front() == ' ' || row.front() == '"')) row.remove_prefix(1);
  double value = 0;
  const auto [end, code] = std::from_chars(row.data(), row.data() + row.size(), value);
  if (code != std::errc{} || end == row.data()) return {};
  return value;
}

}  // namespace

Recording decode_spike_csv(std::string_view text, const std::string& origin,
                           const SpikeListMapping& mapping) {
  Rows rows(origin, mapping);
  std::size_t row_number = 0;
  bool any = false;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view row = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    ++row_number;
    if (!row.empty() && row.back() == '\r') row.remove_suffix(1);
    if (row.empty() || row.front() == '#') continue;
    const auto time = number_in(row, mapping.time_column);
    const auto unit = number_in(row, mapping.unit_column);
    if (!time && !unit && !any) continue;  // a heading
    if (!time || !unit) {
      fail(origin, "row " + std::to_string(row_number) + " has no number where time and unit are");
    }
    any = true;
    rows.add(row_number, *time, *unit);
  }
  return rows.sorted();
}

Recording decode_spike_npy(std::string_view bytes, const std::string& origin,
                           const SpikeListMapping& mapping) {
  const NpyArray array(bytes, origin);
  if (std::max(mapping.time_column, mapping.unit_column) >= array.columns()) {
    fail(origin, "has only " + std::to_string(array.columns()) + " columns");
  }
  Rows rows(origin, mapping);
  for (std::size_t i = 0; i < array.rows(); ++i) {
    rows.add(i, array.at(i, mapping.time_column), array.at(i, mapping.unit_column));
  }
  return rows.sorted();
}

Recording read_spike_list(const std::filesystem::path& file, const SpikeListMapping& mapping) {
  const std::string type = file.extension().string();
  if (type == ".npy") {
    return decode_spike_npy(read_bytes(file, largest_file), file.string(), mapping);
  }
  if (type != ".h5" && type != ".hdf5") {
    return decode_spike_csv(read_bytes(file, largest_file), file.string(), mapping);
  }
  const Hdf5EventFile events(file);
  const StoredNumbers times = events.numbers(mapping.times_name);
  const StoredNumbers units = events.numbers(mapping.units_name);
  if (times.values.size() != units.values.size())
    fail(file.string(), "has not as many units as times");
  Rows rows(file.string(), mapping);
  for (std::size_t i = 0; i < times.values.size(); ++i) {
    rows.add(i, times.values[i], units.values[i]);
  }
  return rows.sorted();
}

}  // namespace paralif
