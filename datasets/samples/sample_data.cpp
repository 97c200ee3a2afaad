#include "datasets/samples/sample_data.h"

#include <algorithm>

#include "datasets/atomic_file.h"
#include "datasets/data_folder.h"
#include "datasets/error.h"
#include "datasets/samples/sample_writers.h"
#include "datasets/samples/whole_samples.h"

namespace paralif {
namespace fs = std::filesystem;

void tell(const SampleProgress& progress, double share, const fs::path& path) {
  if (!progress || progress(share)) return;
  throw Error(Error::Kind::file, path.filename().string(),
              "was not finished: the writing was stopped");
}

namespace {

/// Progress of one part of the work, which starts at `done` and makes up `share` of it.
SampleProgress part_of(const SampleProgress& whole, double done, double share) {
  if (!whole) return {};
  return [&whole, done, share](double part) { return whole(done + share * part); };
}

constexpr const char* note =
    "The recordings of this dataset in this folder are sample data: computed, not recorded.\n"
    "They have the format of the published files and none of their content.\n";

void write_speech(const std::string& dataset, const fs::path& folder,
                  const SampleOptions& options) {
  struct File {
    const char* name;
    SampleCounts counts;
  };
  const bool heidelberg = dataset == "heidelberg";
  std::vector<File> files{{"ssc_train.h5", {700, 3000, 0.3, 0.5}},
                          {"ssc_valid.h5", {175, 3000, 0.3, 0.5}},
                          {"ssc_test.h5", {175, 3000, 0.3, 0.5}}};
  if (heidelberg && options.full_size) {
    files = {{"shd_train.h5", {8156, 8000, 0.5, 0.9}}, {"shd_test.h5", {2264, 8000, 0.5, 0.9}}};
  } else if (heidelberg) {
    files = {{"shd_train.h5", {600, 4000, 0.3, 0.5}}, {"shd_test.h5", {120, 4000, 0.3, 0.5}}};
  }
  double done = 0;
  double all = 0;
  for (const File& file : files) all += file.counts.samples;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const double share = files[i].counts.samples / all;
    write_speech_samples(folder / files[i].name, heidelberg ? 20 : 35, files[i].counts,
                         options.seed + i, part_of(options.progress, done, share));
    done += share;
  }
}

void write_gestures(const fs::path& folder, const SampleOptions& options) {
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

void write_images(const fs::path& folder, const SampleOptions& options) {
  for (int i = 1; i <= 5; ++i) {
    tell(options.progress, (i - 1) / 6.0, folder);
    write_cifar10_samples(folder / ("data_batch_" + std::to_string(i) + ".bin"), 12,
                          options.seed + static_cast<std::uint64_t>(i));
  }
  write_cifar10_samples(folder / "test_batch.bin", 12, options.seed);
}

void write_files(const std::string& dataset, const fs::path& folder, const SampleOptions& options) {
  if (dataset == "heidelberg" || dataset == "ssc") {
    write_speech(dataset, folder, options);
  } else if (dataset == "ntidigits") {
    write_ntidigits_samples(folder / "n-tidigits.hdf5", 30, options.seed, options.progress);
  } else if (dataset == "nmnist") {
    write_nmnist_samples(folder / "Train", 30, options.seed, part_of(options.progress, 0.0, 0.75));
    write_nmnist_samples(folder / "Test", 10, options.seed + 1,
                         part_of(options.progress, 0.75, 0.25));
  } else if (dataset == "dvsgesture") {
    write_gestures(folder, options);
  } else if (dataset == "cifar10") {
    write_images(folder, options);
  } else {
    tell(options.progress, 0.0, folder);
    write_points_samples(folder / "points.csv", 400, options.seed);
  }
}

}  // namespace

const std::vector<std::string>& sample_datasets() {
  static const std::vector<std::string> names{"heidelberg", "ssc",     "ntidigits", "nmnist",
                                              "dvsgesture", "cifar10", "points"};
  return names;
}

void write_sample_data(const std::string& dataset, const fs::path& folder,
                       const SampleOptions& options) {
  if (std::ranges::find(sample_datasets(), dataset) == sample_datasets().end()) {
    std::string names;
    for (const std::string& name : sample_datasets()) names += (names.empty() ? "" : ", ") + name;
    throw Error(Error::Kind::setting, "dataset", "there is no sample data for '" + dataset + "'",
                "choose " + names);
  }
  std::vector<std::string> entries{sample_data_note(dataset)};
  if (dataset == "points") entries.emplace_back("points.csv");
  for (const DataPart part : {DataPart::train, DataPart::test, DataPart::validation}) {
    for (std::string& name : expected_files(dataset, part)) entries.push_back(std::move(name));
  }
  write_whole(folder, dataset, entries, [&](const fs::path& aside) {
    write_file(aside / sample_data_note(dataset), note);  // first: nothing is ever without it
    write_files(dataset, aside, options);
  });
}

}  // namespace paralif
