// The trainer between its batches: the test set.
#include <fmt/format.h>

#include <chrono>
#include <cmath>

#include "core/neurons/neuron_layer.h"
#include "core/training/trainer.h"
#include "datasets/error.h"

namespace paralif {
namespace {

using torch::Tensor;

struct Firing {
  std::vector<double> spikes;  ///< by hidden layer
  std::vector<double> bins;    ///< neurons x steps x samples
  std::vector<double> step_spikes;  ///< sums over batches of a batch's spikes per step
  std::vector<double> step_feedback;

  void add(const NetworkOutput& output) {
    spikes.resize(output.hidden.size());
    bins.resize(output.hidden.size());
    step_spikes.resize(output.hidden.size());
    step_feedback.resize(output.hidden.size());
    for (std::size_t layer = 0; layer < output.hidden.size(); ++layer) {
      const Tensor& fired = output.hidden[layer].output;
      const auto sum = fired.sum().item<double>();
      const auto steps = static_cast<double>(std::max<std::int64_t>(1, fired.size(0) * fired.size(1)));
      spikes[layer] += sum;
      bins[layer] += static_cast<double>(fired.numel());
      step_spikes[layer] += sum / steps;
      const Tensor& fed = output.hidden[layer].feedback;
      if (fed.defined()) step_feedback[layer] += fed.sum().item<double>() / steps;
    }
  }
};

}  // namespace

PartResult Trainer::result_of(const SpikeSource& source, const TestWatch& watch) {
  const auto start = std::chrono::steady_clock::now();
  const std::int64_t classes = source.classes();
  const std::int64_t size = experiment_.training.batch_size;
  const std::int64_t limit = samples_of(source);

  PartResult result;
  result.confusion.classes = classes;
  result.confusion.epoch = progress_.epoch;
  result.confusion.counts.assign(static_cast<std::size_t>(classes * classes), 0);
  Firing firing;
  double loss = 0.0;
  std::int64_t correct = 0;
  double batches = 0.0;
  std::vector<std::int64_t> samples;
  for (std::int64_t first = 0; first < limit; first += size) {
    samples.clear();
    for (std::int64_t i = first; i < std::min(limit, first + size); ++i) samples.push_back(i);
    const SpikeBatch batch = source.batch(samples, test_draw());
    const NetworkOutput output = run(batch, false);
    const torch::NoGradGuard no_grad;
    const Tensor scores = this->scores(output).to(torch::kCPU);
    const Tensor labels = torch::tensor(batch.labels, torch::kInt64);
    loss += loss_.hard(scores, labels, 0.0).item<double>() * static_cast<double>(samples.size());
    const Tensor predicted = scores.argmax(1).contiguous();
    for (std::size_t i = 0; i < samples.size(); ++i) {
      const std::int64_t guess = predicted.data_ptr<std::int64_t>()[i];
      ++result.confusion.counts[static_cast<std::size_t>(batch.labels[i] * classes + guess)];
      correct += guess == batch.labels[i] ? 1 : 0;
    }
    if (watch) watch(samples, batch, scores);
    firing.add(output);
    batches += 1.0;
  }
  const auto tested = static_cast<double>(std::max<std::int64_t>(1, limit));
  result.loss = loss / tested;
  result.accuracy = static_cast<double>(correct) / tested;
  for (std::size_t layer = 0; layer < firing.spikes.size(); ++layer) {
    result.layer_rates.push_back(firing.spikes[layer] / std::max(1.0, firing.bins[layer]));
    result.layer_spikes.push_back(firing.spikes[layer] / tested);
    result.layer_step_spikes.push_back(firing.step_spikes[layer] / batches);
    // The published code counts these for ParaLIF, and only where spikes are fed back.
    const NeuronLayer* neurons = network_->hidden()[layer].neurons;
    if (neurons == nullptr || neurons->settings().model != NeuronModel::paralif) continue;
    const bool spikes = neurons->settings().recurrent_fire;
    result.feedback_step_spikes.push_back(spikes ? firing.step_feedback[layer] / batches : 0.0);
  }
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

TestResult Trainer::test() {
  const PartResult part = result_of(*data_.test);
  TestResult result;
  result.confusion = part.confusion;
  EpochMetrics& m = result.metrics;
  m.epoch = progress_.epoch;
  m.step = progress_.step;
  const auto seen = static_cast<double>(std::max<std::int64_t>(1, progress_.seen));
  m.train_loss = progress_.loss_sum / seen;
  m.train_accuracy = static_cast<double>(progress_.correct) / seen;
  if (data_.validation) {
    const PartResult validation = result_of(*data_.validation);
    m.validation_loss = validation.loss;
    m.validation_accuracy = validation.accuracy;
  }
  m.test_loss = part.loss;
  m.test_accuracy = part.accuracy;
  m.train_seconds = progress_.train_seconds;
  m.test_seconds = part.seconds;
  m.learning_rate = learning_rate();
  m.layer_rates = part.layer_rates;
  m.layer_spikes = part.layer_spikes;
  m.layer_step_spikes = part.layer_step_spikes;
  m.feedback_step_spikes = part.feedback_step_spikes;
  return result;
}

TestResult Trainer::finish_epoch() {
  TestResult result = test();
  if (!std::isfinite(result.metrics.test_loss)) {
    throw Error(Error::Kind::numerical, "test loss",
                fmt::format("became {} in epoch {}", result.metrics.test_loss, progress_.epoch),
                "lower the learning rate or the firing-rate regularisation; the last good checkpoint is kept");
  }
  const double validation = result.metrics.validation_loss.value_or(0.0);
  if (!std::isfinite(validation)) {
    throw Error(Error::Kind::numerical, "validation loss",
                fmt::format("became {} in epoch {}", validation, progress_.epoch),
                "lower the learning rate or the firing-rate regularisation; the last good checkpoint is kept");
  }
  begin_next_epoch(result.metrics.test_seconds);
  return result;
}

void Trainer::begin_next_epoch(double test_seconds) {
  network_->end_epoch(progress_.epoch, experiment_.training.epochs);
  const double total = progress_.total_seconds + test_seconds;
  const std::int64_t step = progress_.step;
  const std::int64_t next = progress_.epoch + 1;
  progress_ = {};
  progress_.epoch = next;
  progress_.step = step;
  progress_.total_seconds = total;
}

}  // namespace paralif
