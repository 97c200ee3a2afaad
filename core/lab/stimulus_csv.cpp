// Stimuli from tables: times and values, or values one a millisecond.
#include <fmt/format.h>

#include <cmath>
#include <string>

#include "core/lab/stimulus.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"
#include "datasets/tables/column_name.h"
#include "datasets/tables/table_reader.h"

namespace paralif::lab {
namespace {

struct StimulusColumns {
  std::size_t time = 0;
  std::size_t value = 1;
  double seconds = 1.0;  ///< of a time of 1
};

/// By the heading, where it names the times.
StimulusColumns columns_of(const TableReader& table) {
  StimulusColumns columns;
  for (std::size_t i = 0; i < table.heading().size(); ++i) {
    const ColumnName name(table.heading()[i]);
    if (!name.is_time()) continue;
    if (i == 1 && ColumnName(table.heading()[0]).is_time()) break;  // the first one counts
    columns = {i, 1 - i, name.seconds().value_or(1.0)};
  }
  return columns;
}

}  // namespace

Stimulus stimulus_from_csv(const std::filesystem::path& path, const TableOptions& options) {
  const std::string text = read_file(path);
  TableReader table(
      text, path.string(),
      {.fewest = 1,
       .most = 2,
       .numbers = 1,
       .all_numbers = true,
       .remedy = "give a table of time in s and value, or of values one a millisecond"},
      options);
  const auto reject = [&](const std::string& problem) {
    table.fail(fmt::format("line {}: {}", table.line(), problem));
  };
  Segment drawn;
  drawn.shape = SegmentShape::points;
  const std::size_t count = table.columns();
  if (count > 2) {
    table.next();
    reject(fmt::format("has {} columns, not one or two", count));
  }
  const StimulusColumns columns = count == 2 ? columns_of(table) : StimulusColumns{0, 0, 1.0};
  while (table.next()) {
    const auto time = table.number(columns.time);
    const auto value = table.number(columns.value);
    if (!time || !value || !std::isfinite(*time) || !std::isfinite(*value)) {
      reject("holds something that is not a finite number");
    }
    const double time_s =
        count == 2 ? *time * columns.seconds : 1e-3 * static_cast<double>(drawn.points.size());
    if (time_s < 0.0) reject("has a time before 0 s");
    if (!drawn.points.empty() && time_s <= drawn.points.back().time_s) {
      reject("is not later than the line before");
    }
    drawn.points.push_back({time_s, *value});
  }
  if (drawn.points.empty()) reject("there are no numbers in the file");
  Stimulus stimulus;
  stimulus.title = path.stem().string();
  stimulus.duration_s = drawn.points.back().time_s + 1e-3;
  drawn.end_s = stimulus.duration_s;
  stimulus.segments = {drawn};
  try {
    validate(stimulus);
  } catch (const Error& error) {
    reject(error.problem());
  }
  return stimulus;
}

}  // namespace paralif::lab
