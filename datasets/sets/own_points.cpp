// A user's own points of the plane.
#include "datasets/samples/sample_writers.h"
#include "datasets/sets/sets.h"

namespace paralif {
namespace {

constexpr const char* file_name = "points.csv";

void write_samples(const std::filesystem::path& folder, const SampleOptions& options) {
  tell(options.progress, 0.0, folder);
  write_points_samples(folder / file_name, 400, options.seed);
}

}  // namespace

Dataset own_points_dataset() {
  Dataset set;
  set.name = "points";
  set.title = "Your own points";
  set.description =
      "Points of the plane in two to six classes from a CSV file, rate coded as Yin-Yang is.";
  set.kind = DataKind::points;
  set.parts = {DataPart::train};
  set.files = "points.csv with rows of x,y,class";
  set.size = "nothing to download";
  set.licence = "yours";
  set.write_samples = write_samples;
  set.sample_files = {file_name};
  return set;
}

}  // namespace paralif
