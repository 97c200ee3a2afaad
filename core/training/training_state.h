// A training at one moment, as tensors and numbers: what a checkpoint holds.
#pragma once

#include <torch/types.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace paralif {

/// Where a training stands.
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

/// What an optimiser keeps of one parameter.
struct OptimizerState {
  std::int64_t step = 0;
  torch::Tensor first;   ///< moving mean of the gradient, or SGD's momentum; may be undefined
  torch::Tensor second;  ///< moving norm of the gradient; may be undefined
};

struct TrainingState {
  std::string experiment;                           ///< as JSON; empty: not recorded
  std::map<std::string, torch::Tensor> network;     ///< parameters and buffers, on the CPU
  std::map<std::string, OptimizerState> optimizer;  ///< by the parameter's name
  std::optional<TrainingProgress> progress;         ///< absent: weights alone
};

/// The name of the first tensor that holds a value that is not finite; empty when all are good.
std::string not_finite(const TrainingState& state);

}  // namespace paralif
