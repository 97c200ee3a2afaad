// How fast an epoch of SHD is read and encoded, beside the published pipeline (sparse tensors
// held in memory, made dense one by one, padded and stacked). Not a test: run it by hand on a
// folder of SHD, such as `paralif datasets sample heidelberg --scale full --out DIR` writes.
#include <torch/types.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <numeric>
#include <string>

#include "core/encoding/recorded_source.h"
#include "datasets/data_folder.h"

using namespace paralif;

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double resident_mib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) / 1024.0;
  }
  return 0.0;
}

/// One batch as published: each sample's sparse tensor made dense, padded at its start, stacked.
torch::Tensor published(const std::vector<torch::Tensor>& sparse) {
  std::int64_t longest = 0;
  for (const auto& sample : sparse) longest = std::max(longest, sample.size(0));
  std::vector<torch::Tensor> dense;
  for (const auto& sample : sparse) {
    dense.push_back(torch::constant_pad_nd(sample.to_dense(), {0, 0, longest - sample.size(0), 0}));
  }
  return torch::stack(dense);
}

torch::Tensor sparse_of(const Recording& recording) {
  std::vector<std::int64_t> indices;
  for (const double t : recording.time) indices.push_back(static_cast<std::int64_t>(t / 1e-3));
  const std::int64_t steps = indices.back() + 1;
  for (const auto unit : recording.unit) indices.push_back(unit);
  const auto events = static_cast<std::int64_t>(recording.size());
  return torch::sparse_coo_tensor(torch::tensor(indices).view({2, events}), torch::ones(events),
                                  {steps, 700});
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::puts("usage: bench_encoding FOLDER [preload]");
    return 2;
  }
  constexpr std::int64_t batch_size = 64;
  constexpr std::int64_t compared_batches = 20;
  DatasetSettings settings;
  settings.name = "heidelberg";
  settings.data_dir = argv[1];
  auto start = Clock::now();
  const std::shared_ptr<RecordedSet> set =
      open_recordings("heidelberg", DataPart::train, settings.data_dir);
  std::printf("index of %lld samples: %.3f s\n", static_cast<long long>(set->size()),
              seconds_since(start));
  const double before = resident_mib();
  if (argc > 2) {
    start = Clock::now();
    set->preload();
    std::printf("preload: %.2f s, %.0f MiB\n", seconds_since(start), resident_mib() - before);
  }
  std::vector<std::int64_t> all(static_cast<std::size_t>(set->size()));
  std::iota(all.begin(), all.end(), std::int64_t{0});
  const RecordedSource source(set, all, recorded_encoding(settings, set->description(), true));
  for (int epoch = 1; epoch <= 2; ++epoch) {
    start = Clock::now();
    std::int64_t events = 0;
    for (std::size_t at = 0; at < all.size(); at += batch_size) {
      const auto count = std::min<std::size_t>(batch_size, all.size() - at);
      events += source.batch(std::span(all).subspan(at, count), 1).events();
    }
    const double time = seconds_since(start);
    std::printf("epoch %d: %.2f s, %.0f M events in bins, %.0f MiB above the start\n", epoch, time,
                static_cast<double>(events) / 1e6, resident_mib() - before);
  }
  double ours = 0.0;
  double theirs = 0.0;
  for (std::int64_t batch = 0; batch < compared_batches; ++batch) {
    const auto samples = std::span(all).subspan(static_cast<std::size_t>(batch * batch_size),
                                                static_cast<std::size_t>(batch_size));
    std::vector<torch::Tensor> sparse;
    for (const std::int64_t sample : samples) sparse.push_back(sparse_of(*set->read(sample)));
    start = Clock::now();
    const auto dense = published(sparse);
    theirs += seconds_since(start);
    start = Clock::now();
    const auto encoded = source.batch(samples, 1);
    ours += seconds_since(start);
    if (dense.size(0) != encoded.samples) return 1;
  }
  std::printf("%lld batches: published %.3f s, ours %.3f s, ratio %.1f\n",
              static_cast<long long>(compared_batches), theirs, ours, theirs / ours);
  return 0;
}
