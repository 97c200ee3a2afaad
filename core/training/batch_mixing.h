// Mixup and cutmix: a batch blended with itself, moved on by one sample, and soft labels.
// Source: Zhang et al. (2018), Yun et al. (2019), as the published CIFAR-10 experiment has them: one
// of the two for each batch, by a coin.
#pragma once

#include <torch/types.h>

#include <cstdint>

#include "core/values/spike_batch.h"

namespace paralif {

struct MixedBatch {
  torch::Tensor input;    ///< as given
  torch::Tensor targets;  ///< (B, classes): shares of the classes, each row sums to 1
};

/// `input` is (B, T, C, L), a picture whose columns are the steps; `key` decides every draw. Mixup:
/// share from Beta(0.2, 0.2). Cutmix: a box of the partner, share from Beta(1, 1) and then from its
/// area where it meets the border.
MixedBatch mixed_batch(const torch::Tensor& input, const torch::Tensor& labels,
                       std::int64_t classes, std::uint64_t key);

/// Recordings mixed in time.
struct MixedEvents {
  SpikeBatch batch;
  torch::Tensor targets;  ///< (samples, classes), as above
};

/// With this probability each sample but the last takes one run of steps of the next sample in
/// place of its own: of int(share T) steps, share uniform, anywhere in the batch's T steps. The label
/// is shared in the same way. Source: the published delay example.
MixedEvents mixed_in_time(const SpikeBatch& batch, std::int64_t classes, double probability,
                          std::uint64_t key);

}  // namespace paralif
