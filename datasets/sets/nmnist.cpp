// N-MNIST: a folder or archive a part, a folder a digit, a file a recording.
#include "datasets/file_names.h"
#include "datasets/readers/event_bytes.h"
#include "datasets/readers/readable.h"
#include "datasets/readers/readers.h"
#include "datasets/samples/sample_writers.h"
#include "datasets/sets/sets.h"

namespace paralif {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> part_files(DataPart part) {
  if (part == DataPart::validation) return {};
  if (part == DataPart::train) return {"Train", "Train.zip"};
  return {"Test", "Test.zip"};
}

/// A folder "Train" alone says little: it has to hold a digit's folder.
bool is_part(const fs::path& candidate) {
  std::error_code there;
  if (has_suffix(candidate, ".zip")) return fs::exists(candidate, there);
  for (int digit = 0; digit < 10; ++digit) {
    if (is_folder(candidate / std::to_string(digit))) return true;
  }
  return false;
}

std::unique_ptr<RecordedSet> opened(const PartRequest& request) {
  return open_nmnist(request.found, request.options);
}

void write_samples(const fs::path& folder, const SampleOptions& options) {
  write_nmnist_samples(folder / "Train", 30, options.seed, part_of(options.progress, 0.0, 0.75));
  write_nmnist_samples(folder / "Test", 10, options.seed + 1,
                       part_of(options.progress, 0.75, 0.25));
}

}  // namespace

Dataset nmnist_dataset() {
  Dataset set;
  set.name = "nmnist";
  set.title = "N-MNIST";
  set.description =
      "Handwritten digits seen by an event camera that makes three saccades; 34 x 34 pixels.";
  set.kind = DataKind::camera;
  set.classes = 10;
  set.parts = {DataPart::train, DataPart::test};
  set.files =
      "Train.zip and Test.zip as published, or unpacked: Train/0 .. Train/9 and Test/0 .. Test/9";
  set.page = "https://www.garrickorchard.com/datasets/n-mnist";
  set.by_hand = "open " + set.page + " and download Train.zip and Test.zip from the folder it links";
  set.size = "1.1 GB";
  set.licence = "CC BY-SA 4.0";
  set.citation =
      "Orchard, Jayawant, Cohen, Thakor. Converting static image datasets to spiking "
      "neuromorphic datasets using saccades. Frontiers in Neuroscience 9, 2015.";
  set.sensor = nmnist_sensor;
  set.published_off_only = true;
  set.format_has_unit = true;
  set.part_files = part_files;
  set.is_part = is_part;
  set.open = opened;
  set.write_samples = write_samples;
  return set;
}

}  // namespace paralif
