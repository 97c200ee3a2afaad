// Points of the plane that a user made: a CSV file of x, y and a class.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace paralif {

struct LabelledPoint {
  double x;
  double y;
  std::int64_t label;
};

struct PointSet {
  static constexpr std::size_t most_classes = 6;

  std::vector<LabelledPoint> points;     ///< x and y in 0..1
  std::vector<std::string> class_names;  ///< as in the file, in the order of the labels
};

/// Rows "x,y,class", separated by commas, semicolons or tabs; a first row of other texts is a
/// heading, and rows that begin with '#' are comments. A class is a whole number or a name.
/// Points outside 0..1 are scaled to fit, both axes alike. Throws Error(file) that names the row.
PointSet decode_points(std::string_view text, const std::string& origin);

/// The points of a CSV file, or of `points.csv` in a folder or one level below.
PointSet read_points(const std::filesystem::path& path);

/// The CSV file that read_points reads; empty when there is none.
std::filesystem::path find_points(const std::filesystem::path& path);

}  // namespace paralif
