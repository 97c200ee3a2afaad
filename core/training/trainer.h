// Training of one experiment, a batch at a time: the network, its optimiser and where it stands.
//
// Everything random is a function of the seed and of the place in the training, so that a
// restored trainer continues exactly as an uninterrupted one.
#pragma once

#include <torch/types.h>

#include <functional>
#include <future>
#include <map>
#include <vector>

#include "core/encoding/spike_source.h"
#include "core/experiments/experiment.h"
#include "core/networks/network.h"
#include "core/training/batch_plan.h"
#include "core/training/gradient_sync.h"
#include "core/training/losses.h"
#include "core/training/optimizer.h"
#include "core/training/training_state.h"
#include "core/values/metrics.h"

namespace paralif {

struct TestResult {
  EpochMetrics metrics;
  ConfusionMatrix confusion;
};

/// What the network makes of one part of the data, as it is now.
struct PartResult {
  double loss = 0.0;
  double accuracy = 0.0;  ///< 0..1
  double seconds = 0.0;
  std::vector<double> layer_rates;  ///< these as in EpochMetrics
  std::vector<double> layer_spikes;
  std::vector<double> layer_step_spikes;
  std::vector<double> feedback_step_spikes;
  ConfusionMatrix confusion;
};

class Trainer {
 public:
  /// Throws Error(setting) or Error(device). `data` must outlive the trainer.
  /// `share`: of every batch, where several processes train the same network; `sync`, which must
  /// outlive the trainer, then brings their gradients together.
  Trainer(const Experiment& experiment, const DataSplit& data, Rank share = {},
          GradientSync* sync = nullptr);
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
  /// How many samples of a part are used: all, or with `debug` the first 2 x batch_size.
  [[nodiscard]] std::int64_t samples_of(const SpikeSource& source) const;

  /// Trains the next batch of the epoch. Throws Error(numerical) before a loss that is not
  /// finite changes any weight, and Interrupted with nothing changed.
  BatchMetrics train_batch();

  /// Tests the network after the last batch of an epoch and goes on to the next.
  TestResult finish_epoch();
  /// Goes on to the next epoch without a test, as a process does whose results nobody reads.
  void begin_next_epoch(double test_seconds = 0.0);

  /// Loss and accuracy on the test set, and on the validation part where there is one, as the
  /// network is now; epoch and training metrics are those of the epoch in progress.
  TestResult test();

  /// Told of every batch that is tested: its samples and their scores (B, classes) on the CPU.
  using TestWatch = std::function<void(const std::vector<std::int64_t>& samples,
                                       const SpikeBatch& batch, const torch::Tensor& scores)>;
  /// What the network makes of a part of the data now, in batches as the training tests it.
  PartResult result_of(const SpikeSource& source, const TestWatch& watch = {});

  /// What the network makes of a batch, without gradients.
  NetworkOutput run(const SpikeBatch& batch, bool want_membranes);
  [[nodiscard]] torch::Tensor scores(const NetworkOutput& output) const;
  /// The key that test inputs are drawn with.
  [[nodiscard]] std::uint64_t test_draw() const;

  [[nodiscard]] Network& network() { return *network_; }
  [[nodiscard]] const DataSplit& data() const { return data_; }

  /// Everything needed to go on exactly here. Throws Error(numerical) when a weight is not
  /// finite: such a state is not worth keeping.
  [[nodiscard]] TrainingState state() const;
  /// Throws Error(file) that names `origin`, with nothing changed, when the state is of another
  /// experiment, not finite or at a place that this training cannot reach.
  void restore(const TrainingState& state, const std::string& origin);
  /// Takes the weights alone. Throws Error(file) that names `origin`, with nothing changed, when
  /// they are of another network or not finite.
  void restore_weights(const TrainingState& state, const std::string& origin);

 private:
  [[nodiscard]] SpikeBatch encode(std::int64_t epoch, std::int64_t batch) const;
  SpikeBatch next_batch();
  /// The network's output for a training batch, and its soft labels where it was mixed.
  std::pair<NetworkOutput, torch::Tensor> forward(const SpikeBatch& batch,
                                                  const torch::Tensor& labels);
  void encode_ahead();
  [[nodiscard]] int threads_of(const SpikeBatch& batch) const;
  [[nodiscard]] bool learns_delays() const { return delays_group_ > 0; }
  void set_rates();
  /// The network's own tensors by name, and those of a state to put in their place.
  struct Replacement {
    std::map<std::string, torch::Tensor> own;
    std::map<std::string, torch::Tensor> taken;
  };
  [[nodiscard]] Replacement replacement_of(const TrainingState& state,
                                           const std::string& origin) const;
  /// `targets`: soft labels (B, classes); undefined: those of `labels`.
  [[nodiscard]] torch::Tensor loss_of(const NetworkOutput& output, const torch::Tensor& scores,
                                      const torch::Tensor& labels,
                                      const torch::Tensor& targets) const;
  /// Augmented pictures are mixed by batches too, as published.
  [[nodiscard]] bool mixes() const;
  /// Recordings of sound are mixed in time where that is asked for.
  [[nodiscard]] bool mixes_in_time() const;

  Experiment experiment_;
  const DataSplit& data_;
  torch::Device device_;
  Loss loss_;
  std::uint64_t key_;
  std::shared_ptr<Network> network_;
  std::vector<std::string> optimized_;  ///< names of parameters in the order of the optimiser
  std::unique_ptr<Optimizer> optimizer_;
  std::size_t delays_group_ = 0;  ///< of the optimiser; 0: no delays are learned
  GradientSync* sync_;
  BatchPlan plan_;
  std::int64_t batches_ = 0;
  TrainingProgress progress_;

  std::future<SpikeBatch> ahead_;  ///< the batch after this one, encoded while this one trains
  std::int64_t ahead_epoch_ = 0;
  std::int64_t ahead_batch_ = 0;
};

}  // namespace paralif
