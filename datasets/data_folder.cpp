#include "datasets/data_folder.h"

#include <cstdlib>

#include "datasets/catalogue/catalogue.h"
#include "datasets/error.h"
#include "datasets/file_names.h"
#include "datasets/import/imported_set.h"
#include "datasets/readers/readable.h"
#include "datasets/user_folders.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

/// Whether a candidate found by name is what it is looked for.
bool plausible(const Dataset& dataset, const fs::path& candidate) {
  if (dataset.is_part != nullptr) return dataset.is_part(candidate);
  std::error_code code;
  return fs::exists(candidate, code);
}

fs::path find_in(const Dataset& dataset, DataPart part, const fs::path& folder) {
  for (const std::string& name : expected_files(dataset.name, part)) {
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
  const Dataset* found = find_dataset(dataset);
  return found != nullptr && found->is_recorded();
}

std::vector<std::string> expected_files(const std::string& dataset, DataPart part) {
  const Dataset* found = find_dataset(dataset);
  if (found == nullptr || found->part_files == nullptr) return {};
  return found->part_files(part);
}

fs::path find_part(const std::string& dataset, DataPart part, const fs::path& folder) {
  const Dataset* set = find_dataset(dataset);
  if (set == nullptr || !is_folder(folder)) return {};
  if (fs::path found = find_in(*set, part, folder); !found.empty()) return found;
  for (const fs::path& below : entries_of(folder)) {
    // One's own recordings are not taken for the dataset whose format they have.
    if (!is_folder(below) || is_file(below / imported_note)) continue;
    if (fs::path found = find_in(*set, part, below); !found.empty()) return found;
  }
  return {};
}

namespace {

PartRequest requested(const std::string& dataset, DataPart part, const fs::path& folder,
                      const ReadOptions& options) {
  PartRequest request{find_part(dataset, part, folder), part, options, {}};
  if (request.found.empty()) missing(dataset, part, folder);
  for (const DataPart other : {DataPart::train, DataPart::test, DataPart::validation}) {
    if (other == part) continue;
    if (const fs::path path = find_part(dataset, other, folder); !path.empty()) {
      request.others.push_back(path);
    }
  }
  return request;
}

}  // namespace

std::unique_ptr<RecordedSet> open_recordings(const std::string& dataset, DataPart part,
                                             const fs::path& folder, const ReadOptions& options) {
  const Dataset& set = dataset_named(dataset);
  if (!set.is_recorded()) {
    throw Error(Error::Kind::setting, "dataset", "'" + dataset + "' has no recordings");
  }
  return set.open(requested(dataset, part, folder, options));
}

std::unique_ptr<ImageSet> open_images(const std::string& dataset, DataPart part,
                                      const fs::path& folder) {
  const Dataset& set = dataset_named(dataset);
  if (set.open_images == nullptr) {
    throw Error(Error::Kind::setting, "dataset", "'" + dataset + "' has no images");
  }
  return set.open_images(requested(dataset, part, folder, {}));
}

std::vector<IdentifiedPart> identify(const fs::path& path) {
  std::vector<IdentifiedPart> parts;
  fs::path absolute = path;
  if (!absolute.has_filename()) absolute = absolute.parent_path();
  for (const Dataset& set : catalogue()) {
    const std::string& dataset = set.name;
    for (const DataPart part : {DataPart::train, DataPart::test, DataPart::validation}) {
      if (is_folder(path) && !find_part(dataset, part, path).empty()) {
        parts.push_back({dataset, part, path});
        continue;
      }
      // The path is itself one of the expected names.
      const fs::path parent = absolute.has_parent_path() ? absolute.parent_path() : fs::path(".");
      for (const std::string& name : expected_files(dataset, part)) {
        if (entry_named(parent, name).filename() == absolute.filename() &&
            plausible(set, absolute)) {
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
