// The Spiking Speech Commands, the one dataset with a validation part of its own.
#include "datasets/readers/readers.h"
#include "datasets/samples/sample_writers.h"
#include "datasets/sets/sets.h"

namespace paralif {
namespace {

std::vector<std::string> part_files(DataPart part) {
  if (part == DataPart::validation) return {"ssc_valid.h5"};
  return {std::string("ssc_") + name_of(part) + ".h5"};
}

std::unique_ptr<RecordedSet> opened(const PartRequest& request) {
  return open_speech_commands(request.found, request.options, request.others);
}

void write_samples(const std::filesystem::path& folder, const SampleOptions& options) {
  write_speech_files(folder, 35,
                     {{"ssc_train.h5", {700, 3000, 0.3, 0.5}},
                      {"ssc_valid.h5", {175, 3000, 0.3, 0.5}},
                      {"ssc_test.h5", {175, 3000, 0.3, 0.5}}},
                     options);
}

}  // namespace

Dataset speech_commands_dataset() {
  Dataset set = heidelberg_dataset();  // the same publishers, sensor and paper
  set.name = "ssc";
  set.title = "Spiking Speech Commands (SSC)";
  set.description = "35 spoken commands by many speakers, through the same model of the cochlea.";
  set.classes = 35;
  set.parts = {DataPart::train, DataPart::validation, DataPart::test};
  set.files = "ssc_train.h5, ssc_valid.h5, ssc_test.h5";
  set.downloads = {{"https://zenkelab.org/datasets/ssc_train.h5.zip",
                    "d102be95e7144fcc0553d1f45ba94170",
                    {"ssc_train.h5"}},
                   {"https://zenkelab.org/datasets/ssc_valid.h5.zip",
                    "b4eee3516a4a90dd0c71a6ac23a8ae43",
                    {"ssc_valid.h5"}},
                   {"https://zenkelab.org/datasets/ssc_test.h5.zip",
                    "a35ff1e9cffdd02a20eb850c17c37748",
                    {"ssc_test.h5"}}};
  set.size = "2 GB";
  set.part_files = part_files;
  set.open = opened;
  set.write_samples = write_samples;
  return set;
}

}  // namespace paralif
