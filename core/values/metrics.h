// What a training measures: of a batch, of an epoch, class by class.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace paralif {

struct BatchMetrics {
  std::int64_t step = 0;   ///< optimiser steps so far, counted from 1
  std::int64_t epoch = 0;  ///< counted from 1
  std::int64_t batch = 0;  ///< within the epoch, counted from 1
  double loss = 0.0;
  double accuracy = 0.0;  ///< 0..1
};

struct EpochMetrics {
  std::int64_t epoch = 0;  ///< counted from 1
  std::int64_t step = 0;   ///< optimiser steps at its end
  double train_loss = 0.0;
  double train_accuracy = 0.0;  ///< 0..1
  std::optional<double> validation_loss;  ///< of the part kept out of the training; or absent
  std::optional<double> validation_accuracy;
  double test_loss = 0.0;
  double test_accuracy = 0.0;
  double train_seconds = 0.0;
  double test_seconds = 0.0;  ///< of the test set
  double learning_rate = 0.0;
  std::vector<double> layer_rates;   ///< spikes per neuron and step, by hidden layer, test set
  std::vector<double> layer_spikes;  ///< spikes per sample, by hidden layer, test set
  /// Spikes per step of all neurons of a hidden layer, mean of the test set's batches: the
  /// published count. The second is of what is fed back: 0 without recurrence, empty for LIF.
  std::vector<double> layer_step_spikes;
  std::vector<double> feedback_step_spikes;
};

/// counts[truth * classes + predicted], over the test set.
struct ConfusionMatrix {
  std::int64_t classes = 0;
  std::int64_t epoch = 0;
  std::vector<std::int64_t> counts;

  bool operator==(const ConfusionMatrix&) const = default;
};

}  // namespace paralif
