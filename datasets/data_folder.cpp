#include "datasets/data_folder.h"

#include <algorithm>
#include <cstdlib>

#include "datasets/error.h"
#include "datasets/file_names.h"
#include "datasets/import/imported_set.h"
#include "datasets/readers/readable.h"
#include "datasets/readers/readers.h"
#include "datasets/user_folders.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

const std::vector<std::string>& file_datasets() {
  static const std::vector<std::string> names{"heidelberg", "ssc",        "ntidigits",
                                              "nmnist",     "dvsgesture", "cifar10"};
  return names;
}

std::string capital(std::string text) {
  if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

/// Whether a candidate found by name is what it is looked for: "Train" alone says little.
bool plausible(const std::string& dataset, const fs::path& candidate) {
  if (dataset == "nmnist") {
    std::error_code there;
    if (has_suffix(candidate, ".zip")) return fs::exists(candidate, there);
    for (int digit = 0; digit < 10; ++digit) {
      if (is_folder(candidate / std::to_string(digit))) return true;
    }
    return false;
  }
  std::error_code code;
  return fs::exists(candidate, code);
}

fs::path find_in(const std::string& dataset, DataPart part, const fs::path& folder) {
  for (const std::string& name : expected_files(dataset, part)) {
    if (const fs::path found = entry_named(folder, name); plausible(dataset, found)) return found;
  }
  return {};
}

[[noreturn]] void missing(const std::string& dataset, DataPart part, const fs::path& folder) {
  std::string names;
  for (const std::string& name : expected_files(dataset, part)) {
    names += (names.empty() ? "" : " or ") + name;
  }
  const std::string into =
      folder == data_folder() ? std::string() : " --out '" + folder.string() + "'";
  throw Error(Error::Kind::file, folder.string(),
              is_folder(folder) ? "has no " + names + ", here or one folder below"
                                : "is no folder, so there is no " + names,
              "download the data there, or write sample data: paralif datasets sample " +
                  dataset + into);
}

}  // namespace

fs::path data_folder(const std::string& chosen) {
  if (!chosen.empty()) return chosen;
  const char* set = std::getenv("PARALIF_DATA");
  if (set != nullptr && *set != '\0') return set;
  return user_folder(UserFolder::data, "--data-dir or PARALIF_DATA") / "data";
}

bool is_recorded_dataset(const std::string& dataset) {
  return dataset != "cifar10" &&
         std::ranges::find(file_datasets(), dataset) != file_datasets().end();
}

std::vector<std::string> expected_files(const std::string& dataset, DataPart part) {
  const std::string name = name_of(part);
  if (dataset == "heidelberg" && part != DataPart::validation) return {"shd_" + name + ".h5"};
  if (dataset == "ssc") {
    return {part == DataPart::validation ? "ssc_valid.h5" : "ssc_" + name + ".h5"};
  }
  if (part == DataPart::validation) return {};
  if (dataset == "ntidigits") return {"n-tidigits.hdf5"};
  if (dataset == "nmnist") return {capital(name), capital(name) + ".zip"};
  if (dataset == "dvsgesture") {
    return {"ibmGesture" + capital(name), "trials_to_" + name + ".txt"};
  }
  if (dataset == "cifar10") {
    return {part == DataPart::test ? "test_batch.bin" : "data_batch_1.bin"};
  }
  return {};
}

fs::path find_part(const std::string& dataset, DataPart part, const fs::path& folder) {
  if (!is_folder(folder)) return {};
  if (fs::path found = find_in(dataset, part, folder); !found.empty()) return found;
  for (const fs::path& below : entries_of(folder)) {
    // One's own recordings are not taken for the dataset whose format they have.
    if (!is_folder(below) || is_file(below / imported_note)) continue;
    if (fs::path found = find_in(dataset, part, below); !found.empty()) return found;
  }
  return {};
}

std::unique_ptr<RecordedSet> open_recordings(const std::string& dataset, DataPart part,
                                             const fs::path& folder, const ReadOptions& options) {
  const fs::path found = find_part(dataset, part, folder);
  if (found.empty()) missing(dataset, part, folder);
  std::vector<fs::path> others;  // whose classes count too
  for (const DataPart other : {DataPart::train, DataPart::test, DataPart::validation}) {
    if (other == part) continue;
    if (const fs::path path = find_part(dataset, other, folder); !path.empty()) {
      others.push_back(path);
    }
  }
  if (dataset == "heidelberg") return open_heidelberg(found, options, others);
  if (dataset == "ssc") return open_speech_commands(found, options, others);
  if (dataset == "ntidigits") return open_ntidigits(found, part, options);
  if (dataset == "nmnist") return open_nmnist(found, options);
  if (is_folder(found)) return open_gesture_arrays(found, options);
  return open_gesture_recordings(found.parent_path(), part, options);
}

std::unique_ptr<ImageSet> open_images(DataPart part, const fs::path& folder) {
  const fs::path found = find_part("cifar10", part, folder);
  if (found.empty()) missing("cifar10", part, folder);
  return std::make_unique<ImageSet>(found.parent_path(), part);
}

std::vector<IdentifiedPart> identify(const fs::path& path) {
  std::vector<IdentifiedPart> parts;
  fs::path absolute = path;
  if (!absolute.has_filename()) absolute = absolute.parent_path();
  for (const std::string& dataset : file_datasets()) {
    for (const DataPart part : {DataPart::train, DataPart::test, DataPart::validation}) {
      if (is_folder(path) && !find_part(dataset, part, path).empty()) {
        parts.push_back({dataset, part, path});
        continue;
      }
      // The path is itself one of the expected names.
      const fs::path parent = absolute.has_parent_path() ? absolute.parent_path() : fs::path(".");
      for (const std::string& name : expected_files(dataset, part)) {
        if (entry_named(parent, name).filename() == absolute.filename() &&
            plausible(dataset, absolute)) {
          parts.push_back({dataset, part, parent});
        }
      }
    }
  }
  return parts;
}

std::string sample_data_note(const std::string& dataset) {
  return "SAMPLE_DATA_" + dataset + ".txt";
}

bool is_sample_data(const std::string& dataset, const fs::path& found) {
  const std::string note = sample_data_note(dataset);
  return is_file(found / note) || is_file(found.parent_path() / note);
}

}  // namespace paralif
