// N-TIDIGITS: one file holds both parts.
#include "datasets/readers/readers.h"
#include "datasets/samples/sample_writers.h"
#include "datasets/sets/sets.h"

namespace paralif {
namespace {

constexpr const char* file_name = "n-tidigits.hdf5";

std::vector<std::string> part_files(DataPart part) {
  if (part == DataPart::validation) return {};
  return {file_name};
}

std::unique_ptr<RecordedSet> opened(const PartRequest& request) {
  return open_ntidigits(request.found, request.part, request.options);
}

void write_samples(const std::filesystem::path& folder, const SampleOptions& options) {
  write_ntidigits_samples(folder / file_name, 30, options.seed, options.progress);
}

}  // namespace

Dataset ntidigits_dataset() {
  Dataset set;
  set.name = "ntidigits";
  set.title = "N-TIDIGITS";
  set.description =
      "Spoken digits recorded by a silicon cochlea with 64 channels; single digits are used.";
  set.kind = DataKind::audio;
  set.classes = 11;
  set.parts = {DataPart::train, DataPart::test};
  set.files = file_name;
  set.page = "https://docs.google.com/document/d/1Uxe7GsKKXcy6SlDUX4hoJVAC0-UkH-8kr5UXp0Ndi1M";
  set.downloads = {{"https://www.dropbox.com/scl/fi/1x4lxt9yyw25sc3tez8oi/n-tidigits.hdf5"
                    "?e=2&rlkey=w8gi5udvib2zqzosusa5tr3wq&dl=1",
                    "360a2d11e5429555c9197381cf6b58e0",
                    {file_name}}};
  set.size = "1 GB";
  set.licence = "see the publishers' page";
  set.citation =
      "Anumula, Neil, Delbruck, Liu. Feature representations for neuromorphic audio spike "
      "streams. Frontiers in Neuroscience 12, 2018.";
  set.sensor = {64, 1, 1};
  set.class_names = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "oh"};
  set.part_files = part_files;
  set.open = opened;
  set.write_samples = write_samples;
  return set;
}

}  // namespace paralif
