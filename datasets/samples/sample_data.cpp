#include "datasets/samples/sample_data.h"

#include "datasets/atomic_file.h"
#include "datasets/catalogue/catalogue.h"
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

SampleProgress part_of(const SampleProgress& whole, double done, double share) {
  if (!whole) return {};
  return [whole, done, share](double part) { return whole(done + share * part); };
}

namespace {

constexpr const char* note =
    "The recordings of this dataset in this folder are sample data: computed, not recorded.\n"
    "They have the format of the published files and none of their content.\n";

}  // namespace

const std::vector<std::string>& sample_datasets() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const Dataset& dataset : catalogue()) {
      if (dataset.write_samples != nullptr) all.push_back(dataset.name);
    }
    return all;
  }();
  return names;
}

void write_sample_data(const std::string& dataset, const fs::path& folder,
                       const SampleOptions& options) {
  const Dataset* set = find_dataset(dataset);
  if (set == nullptr || set->write_samples == nullptr) {
    std::string names;
    for (const std::string& name : sample_datasets()) names += (names.empty() ? "" : ", ") + name;
    throw Error(Error::Kind::setting, "dataset", "there is no sample data for '" + dataset + "'",
                "choose " + names);
  }
  std::vector<std::string> entries{sample_data_note(dataset)};
  entries.insert(entries.end(), set->sample_files.begin(), set->sample_files.end());
  for (const DataPart part : {DataPart::train, DataPart::test, DataPart::validation}) {
    for (std::string& name : expected_files(dataset, part)) entries.push_back(std::move(name));
  }
  write_whole(folder, dataset, entries, [&](const fs::path& aside) {
    write_file(aside / sample_data_note(dataset), note);  // first: nothing is ever without it
    set->write_samples(aside, options);
  });
}

}  // namespace paralif
