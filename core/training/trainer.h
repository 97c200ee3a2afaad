// Training of one experiment, a batch at a time: the network, its optimiser and where it stands.
//
// Everything random is a function of the seed and of the place in the training, so that a
// restored trainer continues exactly as an uninterrupted one.
#pragma once

#include <torch/torch.h>

#include <future>
#include <vector>

#include "core/encoding/spike_source.h"
#include "core/experiments/experiment.h"
#include "core/networks/dense_network.h"
#include "core/session/snapshot.h"
#include "core/training/losses.h"
#include "core/training/optimizer.h"

namespace paralif {

/// Where a training stands; part of a checkpoint.
struct TrainingProgress {
  std::int64_t epoch = 1;  ///< in progress, counted from 1
  std::int64_t batch = 0;  ///< done in this epoch
  std::int64_t step = 0;   ///< optimiser steps in all
  double loss_sum = 0.0;   ///< over the samples of this epoch so far
  std::int64_t correct = 0;
  std::int64_t seen = 0;
  double train_seconds = 0.0;  ///< of this epoch so far
  double total_seconds = 0.0;  ///< training and testing of all epochs
};

struct TestResult {
  EpochMetrics metrics;
  ConfusionMatrix confusion;
};

class Trainer {
 public:
  /// Throws Error(setting) or Error(device). `data` must outlive the trainer.
  Trainer(const Experiment& experiment, const DataSplit& data);
  ~Trainer();
  Trainer(const Trainer&) = delete;
  Trainer& operator=(const Trainer&) = delete;

  [[nodiscard]] std::int64_t batches_per_epoch() const { return batches_; }
  [[nodiscard]] bool finished() const { return progress_.epoch > experiment_.training.epochs; }
  [[nodiscard]] bool epoch_trained() const { return progress_.batch >= batches_; }
  [[nodiscard]] const TrainingProgress& progress() const { return progress_; }
  [[nodiscard]] double learning_rate() const;  ///< now: after the schedule's reductions
  /// Takes up the fields of this experiment that may change while training, from the next batch.
  void change(const Experiment& experiment);
  [[nodiscard]] std::int64_t parameters() const;

  /// Trains the next batch of the epoch. Throws Error(numerical) before a loss that is not
  /// finite changes any weight, and Interrupted with nothing changed.
  BatchMetrics train_batch();

  /// Tests the network after the last batch of an epoch and goes on to the next.
  TestResult finish_epoch();

  /// Loss, accuracy and firing on the test set as the network is now; epoch and training
  /// metrics are those of the epoch in progress.
  TestResult test();

  /// What the network makes of a batch, without gradients.
  NetworkOutput run(const SpikeBatch& batch, bool want_membranes);
  [[nodiscard]] torch::Tensor scores(const NetworkOutput& output) const;
  /// The key that test inputs are drawn with.
  [[nodiscard]] std::uint64_t test_draw() const;

  [[nodiscard]] DenseNetwork& network() { return *network_; }
  [[nodiscard]] const DataSplit& data() const { return data_; }

  void save(torch::serialize::OutputArchive& archive) const;
  /// Throws Error(file) that names `origin` when the archive is of another experiment.
  void load(torch::serialize::InputArchive& archive, const std::string& origin);

 private:
  [[nodiscard]] SpikeBatch encode(std::int64_t epoch, std::int64_t batch) const;
  SpikeBatch next_batch();
  void encode_ahead();
  void share_out(const SpikeBatch& batch) const;
  [[nodiscard]] torch::Tensor loss_of(const NetworkOutput& output, const torch::Tensor& scores,
                                      const torch::Tensor& labels) const;

  Experiment experiment_;
  const DataSplit& data_;
  torch::Device device_;
  TimeReduction reduction_;
  std::uint64_t key_;
  std::shared_ptr<DenseNetwork> network_;
  std::unique_ptr<Optimizer> optimizer_;
  std::int64_t batches_ = 0;
  TrainingProgress progress_;

  std::future<SpikeBatch> ahead_;  ///< the batch after this one, encoded while this one trains
  std::int64_t ahead_epoch_ = 0;
  std::int64_t ahead_batch_ = 0;
};

/// The order in which an epoch visits the training samples.
std::vector<std::int64_t> epoch_order(std::int64_t samples, std::uint64_t key);

}  // namespace paralif
