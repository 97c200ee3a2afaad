// CIFAR-10, shown column by column.
#include "datasets/samples/sample_writers.h"
#include "datasets/sets/sets.h"

namespace paralif {
namespace {

std::vector<std::string> part_files(DataPart part) {
  if (part == DataPart::validation) return {};
  return {part == DataPart::test ? "test_batch.bin" : "data_batch_1.bin"};
}

std::unique_ptr<ImageSet> opened(const PartRequest& request) {
  return std::make_unique<ImageSet>(request.found.parent_path(), request.part);
}

void write_samples(const std::filesystem::path& folder, const SampleOptions& options) {
  for (int i = 1; i <= 5; ++i) {
    tell(options.progress, (i - 1) / 6.0, folder);
    write_cifar10_samples(folder / ("data_batch_" + std::to_string(i) + ".bin"), 12,
                          options.seed + static_cast<std::uint64_t>(i));
  }
  write_cifar10_samples(folder / "test_batch.bin", 12, options.seed);
}

}  // namespace

Dataset cifar10_dataset() {
  Dataset set;
  set.name = "cifar10";
  set.title = "Sequential CIFAR-10";
  set.description = "Small colour photographs, shown to the network column by column.";
  set.kind = DataKind::images;
  set.classes = 10;
  set.parts = {DataPart::train, DataPart::test};
  set.files = "data_batch_1.bin .. data_batch_5.bin and test_batch.bin (binary version)";
  set.page = "https://www.cs.toronto.edu/~kriz/cifar.html";
  set.downloads = {{"https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
                    "c32a1d4ab5d03f1284b67883e8d87530",
                    {"data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin",
                     "data_batch_4.bin", "data_batch_5.bin", "test_batch.bin"}}};
  set.size = "0.2 GB";
  set.licence = "see the publishers' page";
  set.citation = "Krizhevsky. Learning multiple layers of features from tiny images. 2009.";
  for (const auto& name : cifar10_class_names()) set.class_names.emplace_back(name);
  set.part_files = part_files;
  set.open_images = opened;
  set.write_samples = write_samples;
  set.sample_files = {"data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin",
                      "data_batch_5.bin"};
  return set;
}

}  // namespace paralif
