// DVS Gesture: arrays, or recordings as published.
#include "datasets/readers/event_bytes.h"
#include "datasets/readers/readable.h"
#include "datasets/readers/readers.h"
#include "datasets/samples/sample_writers.h"
#include "datasets/sets/sets.h"

namespace paralif {
namespace {

std::vector<std::string> part_files(DataPart part) {
  if (part == DataPart::validation) return {};
  if (part == DataPart::train) return {"ibmGestureTrain", "trials_to_train.txt"};
  return {"ibmGestureTest", "trials_to_test.txt"};
}

std::unique_ptr<RecordedSet> opened(const PartRequest& request) {
  if (is_folder(request.found)) return open_gesture_arrays(request.found, request.options);
  return open_gesture_recordings(request.found.parent_path(), request.part, request.options);
}

void write_samples(const std::filesystem::path& folder, const SampleOptions& options) {
  const SampleProgress train = part_of(options.progress, 0.0, 0.75);
  const SampleProgress test = part_of(options.progress, 0.75, 0.25);
  if (options.original) {
    write_gesture_recordings(folder, DataPart::train, 6, options.seed, train);
    write_gesture_recordings(folder, DataPart::test, 2, options.seed + 1, test);
    return;
  }
  write_gesture_arrays(folder / "ibmGestureTrain", 6, options.seed, train);
  write_gesture_arrays(folder / "ibmGestureTest", 2, options.seed + 1, test);
}

}  // namespace

Dataset gesture_dataset() {
  Dataset set;
  set.name = "dvsgesture";
  set.title = "DVS Gesture";
  set.description =
      "Hand and arm gestures seen by an event camera with 128 x 128 pixels, in three lights.";
  set.kind = DataKind::camera;
  set.classes = 10;
  set.parts = {DataPart::train, DataPart::test};
  set.files =
      "ibmGestureTrain and ibmGestureTest with .npy files, or the .aedat recordings with "
      "_labels.csv and trials_to_train.txt and trials_to_test.txt";
  set.page = "https://research.ibm.com/interactive/dvsgesture/";
  set.by_hand = "open " + set.page + ", agree to the terms, and download DvsGesture.tar.gz";
  set.size = "2.9 GB";
  set.licence = "CC BY 4.0";
  set.citation = "Amir et al. A low power, fully event-based gesture recognition system. CVPR 2017.";
  set.sensor = gesture_sensor;
  set.class_names = {"hand clap",         "right hand wave",    "left hand wave",
                     "right arm clockwise", "right arm counter", "left arm clockwise",
                     "left arm counter",  "arm roll",           "air drums",
                     "air guitar"};
  set.published_side = 64;
  set.part_files = part_files;
  set.open = opened;
  set.write_samples = write_samples;
  return set;
}

}  // namespace paralif
