// The trainer between its batches: the test set.
#include <fmt/format.h>

#include <chrono>
#include <cmath>

#include "core/training/trainer.h"
#include "datasets/error.h"

namespace paralif {
namespace {

using torch::Tensor;

struct Firing {
  std::vector<double> spikes;  ///< by hidden layer
  std::vector<double> bins;    ///< neurons x steps x samples

  void add(const NetworkOutput& output) {
    spikes.resize(output.hidden.size());
    bins.resize(output.hidden.size());
    for (std::size_t layer = 0; layer < output.hidden.size(); ++layer) {
      const Tensor& fired = output.hidden[layer].output;
      spikes[layer] += fired.sum().item<double>();
      bins[layer] += static_cast<double>(fired.numel());
    }
  }
};

}  // namespace

TestResult Trainer::test() {
  const auto start = std::chrono::steady_clock::now();
  const SpikeSource& source = *data_.test;
  const std::int64_t classes = source.classes();
  const std::int64_t size = experiment_.training.batch_size;
  std::int64_t limit = source.samples();
  if (experiment_.training.debug) limit = std::min(limit, 2 * size);

  TestResult result;
  result.confusion.classes = classes;
  result.confusion.epoch = progress_.epoch;
  result.confusion.counts.assign(static_cast<std::size_t>(classes * classes), 0);
  Firing firing;
  double loss = 0.0;
  std::int64_t correct = 0;
  std::vector<std::int64_t> samples;
  for (std::int64_t first = 0; first < limit; first += size) {
    samples.clear();
    for (std::int64_t i = first; i < std::min(limit, first + size); ++i) samples.push_back(i);
    const SpikeBatch batch = source.batch(samples, test_draw());
    const NetworkOutput output = run(batch, false);
    const torch::NoGradGuard no_grad;
    const Tensor scores = this->scores(output).to(torch::kCPU);
    const Tensor labels = torch::tensor(batch.labels, torch::kInt64);
    loss +=
        classification_loss(scores, labels).item<double>() * static_cast<double>(samples.size());
    const Tensor predicted = scores.argmax(1).contiguous();
    for (std::size_t i = 0; i < samples.size(); ++i) {
      const std::int64_t guess = predicted.data_ptr<std::int64_t>()[i];
      ++result.confusion.counts[static_cast<std::size_t>(batch.labels[i] * classes + guess)];
      correct += guess == batch.labels[i] ? 1 : 0;
    }
    firing.add(output);
  }
  const auto tested = static_cast<double>(std::max<std::int64_t>(1, limit));
  EpochMetrics& m = result.metrics;
  m.epoch = progress_.epoch;
  m.step = progress_.step;
  const auto seen = static_cast<double>(std::max<std::int64_t>(1, progress_.seen));
  m.train_loss = progress_.loss_sum / seen;
  m.train_accuracy = static_cast<double>(progress_.correct) / seen;
  m.test_loss = loss / tested;
  m.test_accuracy = static_cast<double>(correct) / tested;
  m.train_seconds = progress_.train_seconds;
  m.learning_rate = learning_rate();
  for (std::size_t layer = 0; layer < firing.spikes.size(); ++layer) {
    m.layer_rates.push_back(firing.spikes[layer] / std::max(1.0, firing.bins[layer]));
    m.layer_spikes.push_back(firing.spikes[layer] / tested);
  }
  m.test_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

TestResult Trainer::finish_epoch() {
  TestResult result = test();
  if (!std::isfinite(result.metrics.test_loss)) {
    throw Error(Error::Kind::numerical, "test loss",
                fmt::format("became {} in epoch {}", result.metrics.test_loss, progress_.epoch),
                "lower the learning rate or the firing cost; the last good checkpoint is kept");
  }
  const double total = progress_.total_seconds + result.metrics.test_seconds;
  const std::int64_t step = progress_.step;
  const std::int64_t next = progress_.epoch + 1;
  progress_ = {};
  progress_.epoch = next;
  progress_.step = step;
  progress_.total_seconds = total;
  return result;
}

}  // namespace paralif
