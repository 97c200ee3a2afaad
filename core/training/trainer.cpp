#include "core/training/trainer.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

#include "core/kernels/threads.h"
#include "core/training/device.h"
#include "core/training/network_of.h"
#include "core/values/counter_random.h"
#include "datasets/error.h"

namespace paralif {
namespace {

using torch::Tensor;

enum KeyPart : std::uint64_t { order_part = 1, train_part, test_part, noise_part, test_noise_part };

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

TimeReduction reduction_of(const Experiment& experiment) {
  const auto reduction = time_reduction(experiment.training.loss);
  if (reduction) return *reduction;
  throw Error(Error::Kind::setting, "training.loss",
              fmt::format("'{}' is unknown", experiment.training.loss));
}

Tensor label_tensor(const SpikeBatch& batch) {
  return torch::tensor(batch.labels, torch::kInt64);
}

}  // namespace

std::vector<std::int64_t> epoch_order(std::int64_t samples, std::uint64_t key) {
  std::vector<std::int64_t> order(static_cast<std::size_t>(samples));
  std::iota(order.begin(), order.end(), std::int64_t{0});
  for (std::size_t i = order.size(); i > 1; --i) {  // Fisher and Yates
    std::swap(order[i - 1], order[keyed(key, i) % i]);
  }
  return order;
}

Trainer::Trainer(const Experiment& experiment, const DataSplit& data)
    : experiment_(experiment),
      data_(data),
      device_(device_named(experiment.device)),
      reduction_(reduction_of(experiment)),
      key_(keyed(0, static_cast<std::uint64_t>(experiment.seed))) {
  torch::manual_seed(static_cast<std::uint64_t>(experiment.seed));
  network_ = std::make_shared<DenseNetwork>(
      network_settings(experiment, data.train->inputs(), data.train->classes()));
  network_->to(device_);
  optimizer_ = std::make_unique<Optimizer>(network_->parameters(), optimizer_settings(experiment));
  const std::int64_t size = experiment.training.batch_size;
  batches_ = (samples_of(*data.train) + size - 1) / size;
}

Trainer::~Trainer() = default;

double Trainer::learning_rate() const {
  const TrainingSettings& t = experiment_.training;
  if (t.schedule == "none") return t.learning_rate;
  const std::int64_t reductions =
      (progress_.epoch - 1) / std::max<std::int64_t>(1, t.schedule_step_epochs);
  return t.learning_rate * std::pow(t.schedule_gamma, static_cast<double>(reductions));
}

std::int64_t Trainer::samples_of(const SpikeSource& source) const {
  const TrainingSettings& t = experiment_.training;
  return t.debug ? std::min(source.samples(), 2 * t.batch_size) : source.samples();
}

void Trainer::change(const Experiment& experiment) {
  experiment_.training.learning_rate = experiment.training.learning_rate;
  experiment_.training.weight_decay = experiment.training.weight_decay;
  experiment_.training.epochs = experiment.training.epochs;
  optimizer_->set_weight_decay(experiment.training.weight_decay);
}

std::int64_t Trainer::parameters() const {
  std::int64_t count = 0;
  for (const Tensor& parameter : network_->parameters()) count += parameter.numel();
  return count;
}

SpikeBatch Trainer::encode(std::int64_t epoch, std::int64_t batch) const {
  const auto epoch_key = static_cast<std::uint64_t>(epoch);
  const auto order = epoch_order(samples_of(*data_.train), keyed(keyed(key_, order_part), epoch_key));
  const auto size = static_cast<std::size_t>(experiment_.training.batch_size);
  const std::size_t first = static_cast<std::size_t>(batch) * size;
  const std::size_t count = std::min(size, order.size() - first);
  return data_.train->batch(std::span(order).subspan(first, count),
                            keyed(keyed(key_, train_part), epoch_key));
}

void Trainer::encode_ahead() {
  ahead_epoch_ = progress_.epoch;
  ahead_batch_ = progress_.batch + 1;
  if (ahead_batch_ >= batches_) {
    ahead_batch_ = 0;
    if (++ahead_epoch_ > experiment_.training.epochs) return;
  }
  ahead_ = std::async(std::launch::async, &Trainer::encode, this, ahead_epoch_, ahead_batch_);
}

SpikeBatch Trainer::next_batch() {
  if (ahead_.valid()) {
    SpikeBatch batch = ahead_.get();
    if (ahead_epoch_ == progress_.epoch && ahead_batch_ == progress_.batch) return batch;
  }
  return encode(progress_.epoch, progress_.batch);
}

Tensor Trainer::scores(const NetworkOutput& output) const {
  return class_scores(output.readout, reduction_);
}

Tensor Trainer::loss_of(const NetworkOutput& output, const Tensor& scores,
                        const Tensor& labels) const {
  const TrainingSettings& t = experiment_.training;
  Tensor loss = classification_loss(scores, labels);
  const std::int64_t hidden = network_->hidden_neurons();
  if (t.reg_threshold) {
    loss = loss + t.reg_strength * firing_cost(output, *t.reg_threshold, hidden, false);
  }
  if (t.reg_threshold_recurrent) {
    loss = loss + t.reg_strength * firing_cost(output, *t.reg_threshold_recurrent, hidden, true);
  }
  return loss;
}

/// As many threads as this batch is worth.
void Trainer::share_out(const SpikeBatch& batch) const {
  const auto widest = std::ranges::max(experiment_.network.hidden);
  use_threads(threads_for(static_cast<double>(batch.samples) * static_cast<double>(batch.steps) *
                          static_cast<double>(widest)));
}

BatchMetrics Trainer::train_batch() {
  const auto start = std::chrono::steady_clock::now();
  const SpikeBatch batch = next_batch();
  encode_ahead();
  share_out(batch);
  const Tensor labels = label_tensor(batch).to(device_);
  const auto noise = keyed(keyed(key_, noise_part), static_cast<std::uint64_t>(progress_.step));
  network_->train();
  const NetworkOutput output = network_->forward(batch, noise);
  const Tensor scores = this->scores(output);
  const Tensor loss = loss_of(output, scores, labels);
  const auto value = loss.item<double>();
  if (!std::isfinite(value)) {
    throw Error(
        Error::Kind::numerical, "loss",
        fmt::format("became {} in epoch {}, batch {}", value, progress_.epoch, progress_.batch + 1),
        "lower the learning rate or the firing cost; the last good checkpoint is kept");
  }
  optimizer_->zero_grad();
  loss.backward();
  const std::int64_t correct = scores.detach().argmax(1).eq(labels).sum().item<std::int64_t>();
  optimizer_->set_learning_rate(learning_rate());
  optimizer_->step();

  const auto count = static_cast<std::int64_t>(batch.labels.size());
  const double spent = seconds_since(start);
  ++progress_.batch;
  ++progress_.step;
  progress_.loss_sum += value * static_cast<double>(count);
  progress_.correct += correct;
  progress_.seen += count;
  progress_.train_seconds += spent;
  progress_.total_seconds += spent;
  return {progress_.step, progress_.epoch, progress_.batch, value,
          static_cast<double>(correct) / static_cast<double>(count)};
}

NetworkOutput Trainer::run(const SpikeBatch& batch, bool want_membranes) {
  const torch::NoGradGuard no_grad;
  share_out(batch);
  network_->eval();
  return network_->forward(batch, keyed(key_, test_noise_part), want_membranes);
}

std::uint64_t Trainer::test_draw() const {
  return keyed(key_, test_part);
}

}  // namespace paralif
