#include "datasets/import/spike_list.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "datasets/error.h"
#include "datasets/file_names.h"
#include "datasets/import/spike_columns.h"
#include "datasets/readers/hdf5_columns.h"
#include "datasets/readers/npy_array.h"
#include "datasets/readers/readable.h"
#include "datasets/tables/column_name.h"
#include "datasets/tables/table_number.h"

namespace paralif {
namespace {

constexpr std::uintmax_t largest_file = std::uintmax_t{512} << 20;
constexpr double longest_s = 1e6;

[[noreturn]] void fail(const std::string& origin, const std::string& problem,
                       const std::string& remedy = "say which columns are time and unit") {
  throw Error(Error::Kind::file, origin, problem, remedy);
}

std::string shown(double value) {
  std::string text = std::to_string(value);
  if (text.find('.') != std::string::npos) text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

/// Collects spikes in the file's own unit of time, then sorts them.
class Spikes {
 public:
  Spikes(std::string origin, std::int32_t channels, double seconds)
      : origin_(std::move(origin)), channels_(channels), seconds_(seconds) {}

  /// What is wrong with a row; empty where it was taken.
  std::string add(std::optional<double> time, std::optional<double> unit) {
    if (!time || !std::isfinite(*time)) return "has no finite number for its time";
    if (*time < 0) return "has the time " + shown(*time) + ", before 0";
    if (!unit || !std::isfinite(*unit)) return "has no finite number for its unit";
    if (*unit < 0 || *unit >= channels_ || *unit != std::floor(*unit)) {
      return "has the unit " + shown(*unit) + ", not a whole number from 0 to " +
             std::to_string(channels_ - 1);
    }
    times_.push_back(*time);
    units_.push_back(static_cast<std::uint16_t>(*unit));
    return {};
  }

  [[nodiscard]] SpikeList sorted(StartTime start) const {
    SpikeList list;
    if (times_.empty()) return list;
    const auto [first, last] = std::ranges::minmax(times_);
    const bool subtract = start == StartTime::subtract ||
                          (start == StartTime::subtract_late && first * seconds_ >= late_start_s);
    const double zero = subtract ? first : 0.0;
    if (!((last - zero) * seconds_ < longest_s)) {
      fail(origin_, "has a spike at " + shown(last * seconds_) + " s, beyond a million seconds",
           "say in what unit its times are (--time-unit)");
    }
    std::vector<std::size_t> order(times_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return times_[i]; });
    list.start_s = zero * seconds_;
    list.recording.time.reserve(order.size());
    list.recording.unit.reserve(order.size());
    for (const std::size_t i : order) {
      list.recording.time.push_back((times_[i] - zero) * seconds_);
      list.recording.unit.push_back(units_[i]);
    }
    return list;
  }

 private:
  std::string origin_;
  std::int32_t channels_;
  double seconds_;
  std::vector<double> times_;
  std::vector<std::uint16_t> units_;
};

/// Rows without text around them, of numpy and HDF5.
template <typename Time, typename Unit>
SpikeList from_numbers(const std::string& origin, const SpikeListMapping& mapping, StartTime start,
                       std::size_t rows, const Time& time, const Unit& unit) {
  const double seconds = mapping.seconds_per_unit.value_or(1.0);
  Spikes spikes(origin, mapping.channels, seconds);
  std::size_t skipped = 0;
  for (std::size_t i = 0; i < rows; ++i) {
    const std::string problem = spikes.add(time(i), unit(i));
    if (problem.empty()) continue;
    if (!mapping.table.skip_bad) {
      fail(origin, "row " + std::to_string(i) + " " + problem,
           "mend it, or leave such rows out (--skip-bad)");
    }
    ++skipped;
  }
  if (rows > 0 && skipped == rows) fail(origin, "has no row that can be read");
  SpikeList list = spikes.sorted(start);
  list.skipped = skipped;
  list.read_as = "times in " + name_of_unit(seconds);
  return list;
}

TableShape spike_shape() {
  return {.fewest = 2,
          .numbers = 2,
          .remedy = "give each row a time and a unit, or leave such rows out (--skip-bad)"};
}

bool is_plain_integer(std::string_view cell) {
  return !cell.empty() && cell.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Whether "2,4,35" may be the time 2.4 and the unit 35, written with one sign for both.
class CommaDoubt {
 public:
  explicit CommaDoubt(const TableReader& table, const SpikeListMapping& mapping)
      : doubtful_(table.form() == TableForm{',', '.'} && table.columns() == 3 &&
                  table.heading().empty() && !table.given_form() && !mapping.time_column &&
                  !mapping.unit_column) {}

  void look(const TableReader& table, std::int32_t channels) {
    if (!doubtful_) return;
    const auto unit = table.number(2);
    doubtful_ = std::ranges::all_of(table.cells(), is_plain_integer) && unit && *unit < channels;
    if (line_ > 0 || !doubtful_) return;
    line_ = table.line();
    const auto cell = [&](std::size_t i) { return std::string(table.cell(i)); };
    readings_ = "time " + cell(0) + " and unit " + cell(1) + ", or as time " + cell(0) + "." +
                cell(1) + " and unit " + cell(2);
  }
  void refuse(const TableReader& table) const {
    if (!doubtful_ || line_ == 0) return;
    table.fail("line " + std::to_string(line_) + " can be read in two ways: as " + readings_,
               "say --decimal point where it has three columns, or separate them with ';'");
  }

 private:
  bool doubtful_;
  std::size_t line_ = 0;
  std::string readings_;
};

std::string read_as(const TableReader& table, const SpikeColumns& columns) {
  const auto column = [&](const char* what, std::size_t i) {
    std::string text = std::string(what) + " in column " + std::to_string(i + 1);
    if (i < table.heading().size() && columns.named) text += " '" + table.heading()[i] + "'";
    return text;
  };
  return column("times", columns.time) + " in " + name_of_unit(columns.seconds) + ", " +
         column("units", columns.unit) + "; " + text_of(table.form());
}

}  // namespace

SpikeList decode_spike_table(std::string_view text, const std::string& origin,
                             const SpikeListMapping& mapping, StartTime start) {
  TableReader table(text, origin, spike_shape(), mapping.table);
  if (table.columns() == 0) {
    SpikeList silent;
    silent.read_as = "without a row of data";
    return silent;
  }
  const SpikeColumns columns = spike_columns(table, mapping);
  if (std::max(columns.time, columns.unit) >= table.columns()) {
    table.fail("has only " + std::to_string(table.columns()) +
                   (table.columns() == 1 ? " column" : " columns"),
               "say which columns are time and unit, and what separates them (--separator)");
  }
  if (columns.time == columns.unit) {
    table.fail("would have times and units in the same column",
               "say which columns are time and unit");
  }
  Spikes spikes(origin, mapping.channels, columns.seconds);
  CommaDoubt doubt(table, mapping);
  std::size_t rows = 0;
  while (table.next()) {
    const std::string problem = spikes.add(table.number(columns.time), table.number(columns.unit));
    if (!problem.empty()) {
      const std::string time(table.cell(columns.time));
      const std::string unit(table.cell(columns.unit));
      table.reject(problem + " (" + time + ", " + unit + ")");
    } else {
      doubt.look(table, mapping.channels);
      ++rows;
    }
  }
  doubt.refuse(table);
  if (rows == 0 && table.rejected() > 0) table.fail("has no row that can be read");
  SpikeList list = spikes.sorted(start);
  list.skipped = table.rejected();
  list.read_as = read_as(table, columns);
  return list;
}

SpikeList decode_spike_npy(std::string_view bytes, const std::string& origin,
                           const SpikeListMapping& mapping, StartTime start) {
  const NpyArray array(bytes, origin);
  const std::size_t time = mapping.time_column.value_or(0);
  const std::size_t unit = mapping.unit_column.value_or(1);
  if (array.rows() > 0 && std::max(time, unit) >= array.columns()) {
    fail(origin, "has only " + std::to_string(array.columns()) +
                     (array.columns() == 1 ? " column" : " columns"));
  }
  return from_numbers(
      origin, mapping, start, array.rows(), [&](std::size_t i) { return array.at(i, time); },
      [&](std::size_t i) { return array.at(i, unit); });
}

SpikeList read_spike_list(const std::filesystem::path& file, const SpikeListMapping& mapping,
                          StartTime start) {
  const std::string type = suffix_of(file);
  if (type == ".npy") {
    return decode_spike_npy(read_bytes(file, largest_file), file.string(), mapping, start);
  }
  if (type != ".h5" && type != ".hdf5") {
    return decode_spike_table(read_bytes(file, largest_file), file.string(), mapping, start);
  }
  const Hdf5EventFile events(file);
  const StoredNumbers times = events.numbers(mapping.times_name);
  const StoredNumbers units = events.numbers(mapping.units_name);
  if (times.values.size() != units.values.size()) {
    fail(file.string(), "has not as many units as times");
  }
  return from_numbers(
      file.string(), mapping, start, times.values.size(),
      [&](std::size_t i) { return times.values[i]; },
      [&](std::size_t i) { return units.values[i]; });
}

bool holds_spike_table(const std::filesystem::path& file) {
  constexpr std::streamsize looked_at = 1 << 16;
  if (!is_file(file)) return false;
  std::string text(looked_at, '\0');
  std::ifstream stream(file, std::ios::binary);
  stream.read(text.data(), looked_at);
  text.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, stream.gcount())));
  if (text.size() == looked_at) text.resize(text.find_last_of("\r\n") + 1);  // whole lines
  if (text.find('\0') != std::string::npos) return false;
  std::optional<TableReader> table;
  try {
    table.emplace(text, file.string(), spike_shape());
  } catch (const Error&) {
    return true;  // rows of numbers that can be read in two ways: reading it says so
  }
  try {
    if (!table->next()) return table->columns() > 1 && spike_columns(*table, {}).named;
  } catch (const Error&) {
    return false;
  }
  std::size_t numbers = 0;
  for (std::size_t i = 0; i < table->columns(); ++i) numbers += table->number(i) ? 1 : 0;
  return numbers >= 2;
}

}  // namespace paralif
