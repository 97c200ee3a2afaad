#include "datasets/samples/sample_data.h"

#include <algorithm>

#include "datasets/atomic_file.h"
#include "datasets/data_folder.h"
#include "datasets/error.h"
#include "datasets/samples/sample_writers.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

constexpr const char* note =
    "The recordings of this dataset in this folder are sample data: computed, not recorded.\n"
    "They have the format of the published files and none of their content.\n";

void refuse_to_replace(const fs::path& path) {
  std::error_code code;
  if (!fs::exists(path, code)) return;
  throw Error(Error::Kind::file, path.string(), "is there already",
              "choose another folder, or remove it");
}

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
  for (const File& file : files) refuse_to_replace(folder / file.name);
  double done = 0;
  double all = 0;
  for (const File& file : files) all += file.counts.samples;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const double share = files[i].counts.samples / all;
    replace_file(folder / files[i].name, [&](const fs::path& aside) {
      write_speech_samples(
          aside, heidelberg ? 20 : 35, files[i].counts, options.seed + i,
          [&](double part) { return !options.progress || options.progress(done + share * part); });
    });
    done += share;
  }
}

void write_gestures(const fs::path& folder, const SampleOptions& options) {
  if (options.original) {
    refuse_to_replace(folder / "trials_to_train.txt");
    refuse_to_replace(folder / "trials_to_test.txt");
    write_gesture_recordings(folder, DataPart::train, 6, options.seed);
    write_gesture_recordings(folder, DataPart::test, 2, options.seed + 1);
    return;
  }
  refuse_to_replace(folder / "ibmGestureTrain");
  refuse_to_replace(folder / "ibmGestureTest");
  write_gesture_arrays(folder / "ibmGestureTrain", 6, options.seed);
  write_gesture_arrays(folder / "ibmGestureTest", 2, options.seed + 1);
}

void write_images(const fs::path& folder, const SampleOptions& options) {
  refuse_to_replace(folder / "data_batch_1.bin");
  refuse_to_replace(folder / "test_batch.bin");
  for (int i = 1; i <= 5; ++i) {
    write_cifar10_samples(folder / ("data_batch_" + std::to_string(i) + ".bin"), 12,
                          options.seed + static_cast<std::uint64_t>(i));
  }
  write_cifar10_samples(folder / "test_batch.bin", 12, options.seed);
}

void write_files(const std::string& dataset, const fs::path& folder, const SampleOptions& options) {
  if (dataset == "heidelberg" || dataset == "ssc") {
    write_speech(dataset, folder, options);
  } else if (dataset == "ntidigits") {
    refuse_to_replace(folder / "n-tidigits.hdf5");
    replace_file(folder / "n-tidigits.hdf5",
                 [&](const fs::path& aside) { write_ntidigits_samples(aside, 30, options.seed); });
  } else if (dataset == "nmnist") {
    refuse_to_replace(folder / "Train");
    refuse_to_replace(folder / "Test");
    write_nmnist_samples(folder / "Train", 30, options.seed);
    write_nmnist_samples(folder / "Test", 10, options.seed + 1);
  } else if (dataset == "dvsgesture") {
    write_gestures(folder, options);
  } else if (dataset == "cifar10") {
    write_images(folder, options);
  } else {
    refuse_to_replace(folder / "points.csv");
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
  std::error_code code;
  fs::create_directories(folder, code);
  if (code) {
    throw Error(Error::Kind::file, folder.string(), "cannot be made: " + code.message(),
                "choose another folder");
  }
  try {
    write_files(dataset, folder, options);
  } catch (const fs::filesystem_error& error) {
    throw Error(Error::Kind::file, folder.string(), "cannot be written: " + error.code().message(),
                "choose another folder");
  }
  write_file(folder / sample_data_note(dataset), note);
}

}  // namespace paralif
