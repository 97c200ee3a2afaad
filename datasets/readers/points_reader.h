// Points of the plane that a user made: a CSV file of x, y and a class.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/tables/table_form.h"

namespace paralif {

struct LabelledPoint {
  double x;
  double y;
  std::int64_t label;
};

struct PointSet {
  static constexpr std::size_t most_classes = 6;
  /// What views, lists and tests after every epoch stand in a second or two.
  static constexpr std::size_t most_points = 100000;

  std::vector<LabelledPoint> points;     ///< x and y in 0..1
  std::vector<std::string> class_names;  ///< as in the file, in the order of the labels
  std::size_t skipped = 0;               ///< rows that were left out, as was asked for
};

/// Rows of x, y and class, in any form that TableReader reads. A heading that names x, y and a
/// class says which columns they are; without one there are three columns in this order. A class
/// is a number (1 and 1.0 are one) or a name. Points outside 0..1 are scaled to fit, both axes
/// alike. Throws Error(file) that names the line.
PointSet decode_points(std::string_view text, const std::string& origin,
                       const TableOptions& options = {});

/// The points of a table, or of `points.csv` in a folder or one level below.
PointSet read_points(const std::filesystem::path& path, const TableOptions& options = {});

/// The table that read_points reads: a .csv or .tsv file, or `points.csv` (in any case) in
/// a folder or one level below; empty when there is none.
std::filesystem::path find_points(const std::filesystem::path& path);

/// Rows of x,y,class under a heading, with names in quotes where they need them.
std::string points_text(const PointSet& set);

}  // namespace paralif
