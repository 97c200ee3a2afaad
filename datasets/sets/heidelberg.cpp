// The Spiking Heidelberg Digits.
#include "datasets/readers/readers.h"
#include "datasets/samples/sample_writers.h"
#include "datasets/sets/sets.h"

namespace paralif {
namespace {

std::vector<std::string> part_files(DataPart part) {
  if (part == DataPart::validation) return {};
  return {std::string("shd_") + name_of(part) + ".h5"};
}

std::unique_ptr<RecordedSet> opened(const PartRequest& request) {
  return open_heidelberg(request.found, request.options, request.others);
}

void write_samples(const std::filesystem::path& folder, const SampleOptions& options) {
  const SpeechExtent train =
      options.full_size ? SpeechExtent{8156, 8000, 0.5, 0.9} : SpeechExtent{600, 4000, 0.3, 0.5};
  const SpeechExtent test =
      options.full_size ? SpeechExtent{2264, 8000, 0.5, 0.9} : SpeechExtent{120, 4000, 0.3, 0.5};
  write_speech_files(folder, 20, {{"shd_train.h5", train}, {"shd_test.h5", test}}, options);
}

}  // namespace

Dataset heidelberg_dataset() {
  Dataset set;
  set.name = "heidelberg";
  set.title = "Spiking Heidelberg Digits (SHD)";
  set.description =
      "Spoken digits in German and English, through a model of the cochlea with 700 channels.";
  set.kind = DataKind::audio;
  set.classes = 20;
  set.parts = {DataPart::train, DataPart::test};
  set.files = "shd_train.h5, shd_test.h5";
  set.page = "https://zenkelab.org/resources/spiking-heidelberg-datasets-shd/";
  set.downloads = {{"https://zenkelab.org/datasets/shd_train.h5.zip",
                    "f3252aeb598ac776c1b526422d90eecb",
                    {"shd_train.h5"}},
                   {"https://zenkelab.org/datasets/shd_test.h5.zip",
                    "1503a5064faa34311c398fb0a1ed0a6f",
                    {"shd_test.h5"}}};
  set.size = "0.2 GB";
  set.licence = "CC BY 4.0";
  set.citation =
      "Cramer, Stradmann, Schemmel, Zenke. The Heidelberg spiking data sets for the systematic "
      "evaluation of spiking neural networks. IEEE TNNLS 33, 2022.";
  set.sensor = {700, 1, 1};
  set.part_files = part_files;
  set.open = opened;
  set.write_samples = write_samples;
  return set;
}

}  // namespace paralif
