#include "core/training/checkpoint.h"

#include <sstream>

#include "datasets/atomic_file.h"
#include "datasets/error.h"

namespace paralif {
namespace {

std::string bytes_of(torch::serialize::OutputArchive& archive) {
  std::ostringstream stream;
  archive.save_to(stream);
  return std::move(stream).str();
}

}  // namespace

std::string checkpoint_of(const Trainer& trainer) {
  torch::serialize::OutputArchive archive;
  trainer.save(archive);
  return bytes_of(archive);
}

void restore_checkpoint(Trainer& trainer, const std::filesystem::path& path) {
  const std::string bytes = read_file(path);
  torch::serialize::InputArchive archive;
  try {
    std::istringstream stream(bytes);
    archive.load_from(stream);
  } catch (const std::exception&) {
    throw Error(Error::Kind::file, path.string(), "is not a checkpoint or is damaged",
                "resume another run");
  }
  trainer.load(archive, path.string());
}

std::string weights_of(const DenseNetwork& network) {
  torch::serialize::OutputArchive archive;
  network.save(archive);
  return bytes_of(archive);
}

}  // namespace paralif
