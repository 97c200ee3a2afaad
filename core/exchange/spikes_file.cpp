#include "core/exchange/spikes_file.h"

#include <map>
#include <vector>

#include "core/encoding/spike_source.h"
#include "core/networks/dense_input.h"
#include "datasets/atomic_file.h"
#include "datasets/hdf5_file.h"

namespace paralif {
namespace {

using torch::Tensor;

struct SpikeList {
  std::vector<std::int64_t> sample;
  std::vector<std::int32_t> step, unit;
  std::vector<std::int64_t> shape;
};

/// `output` is (1, T, features...).
void add(SpikeList& list, std::int64_t sample, const Tensor& output) {
  const Tensor places = output.detach().to(torch::kCPU).flatten(2).select(0, 0).nonzero();  // sorted
  const auto rows = places.accessor<std::int64_t, 2>();
  for (std::int64_t i = 0; i < places.size(0); ++i) {
    list.sample.push_back(sample);
    list.step.push_back(static_cast<std::int32_t>(rows[i][0]));
    list.unit.push_back(static_cast<std::int32_t>(rows[i][1]));
  }
}

template <typename T>
Array<T> column(const std::vector<T>& values) {
  return {{static_cast<std::int64_t>(values.size())}, values};
}

}  // namespace

void write_spikes(Trainer& trainer, const SpikeSource& source, std::int64_t samples,
                  const std::filesystem::path& path) {
  std::map<std::string, SpikeList> lists;
  std::vector<std::int64_t> labels, predicted, steps;
  lists["input"].shape = trainer.network().input().features;
  const auto& hidden = trainer.network().hidden();
  for (const HiddenLayer& layer : hidden) lists[layer.id].shape = layer.shape.features;
  for (std::int64_t sample = 0; sample < samples; ++sample) {
    const SpikeBatch batch = source.batch(std::span(&sample, 1), trainer.test_draw());
    const NetworkOutput out = trainer.run(batch, false);
    labels.push_back(batch.labels.front());
    steps.push_back(batch.steps);
    predicted.push_back(trainer.scores(out).argmax(1).item<std::int64_t>());
    add(lists["input"], sample, dense_input(batch));
    for (std::size_t i = 0; i < hidden.size(); ++i) add(lists[hidden[i].id], sample, out.hidden[i].output);
  }
  replace_file(path, [&](const std::filesystem::path& aside) {
    Hdf5Writer file(aside);
    file.write("labels", column(labels));
    file.write("predicted", column(predicted));
    file.write("steps", column(steps));
    for (const auto& [id, list] : lists) {
      file.write(id + "/sample", column(list.sample));
      file.write(id + "/step", column(list.step));
      file.write(id + "/unit", column(list.unit));
      file.write(id + "/shape", column(list.shape));
    }
    file.attribute("/", "time_step", source.step_s());
    file.close();
  });
}

}  // namespace paralif
