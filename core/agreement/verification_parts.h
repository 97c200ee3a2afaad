// The parts of verify_file, one a kind of golden file. Knows Torch through golden_case.h only.
#pragma once

#include "core/agreement/verification.h"
#include "datasets/hdf5_file.h"

namespace paralif::verification {

using Report = std::function<void(VerifiedCase)>;

/// Groups <neuron>/<number> and readout/<name> with attributes, input, membrane, spikes, gradients.
void verify_neurons(const Hdf5Reader& file, const VerificationLimits& limits, const Report& report);

/// Groups <name> with initial parameters, batches, losses and final parameters.
void verify_training(const Hdf5Reader& file, const VerificationLimits& limits,
                     const Report& report);

/// Groups plif_net, sequential_cifar10 and delays, each with cases of parameters, buffers, input,
/// output and gradients.
void verify_networks(const Hdf5Reader& file, const VerificationLimits& limits,
                     const Report& report);

/// A NIR graph against the outputs of its nodes in the .h5 of the same name beside it.
void verify_nir(const std::filesystem::path& path, const VerificationLimits& limits,
                const Report& report);

/// A state_dict of the published dense network against the outputs in the .h5 of its name, or of
/// the beginning of its name up to an underscore.
void verify_state_dict(const std::filesystem::path& path, const VerificationLimits& limits,
                       const Report& report);

/// Groups size<N>_seed<S> with values and labels.
void verify_yin_yang(const Hdf5Reader& file, const Report& report);

}  // namespace paralif::verification
