// Which features a model's equations rule out, and why.
#pragma once

#include <optional>
#include <string_view>

#include "core/lab/features.h"
#include "core/lab/lab_neuron.h"

namespace paralif::lab {

/// A sentence when no parameters can show the feature (positive gain and threshold, a membrane
/// time constant of at least one time step, two for PLIF; stochastic modes: not reproducibly);
/// nothing when the equations allow it.
std::optional<std::string_view> impossible(const LabNeuron& neuron, Feature feature);

/// A sentence on how our verdict and a claim of the published figure differ; nothing when they
/// agree or nothing is claimed. Claims: LIF A, G, L; ParaLIF-T A, H, L; ParaLIF-D B, D, H, M, N,
/// O, R.
std::optional<std::string_view> claim_note(const LabNeuron& neuron, Feature feature);
bool claimed(const LabNeuron& neuron, Feature feature);

}  // namespace paralif::lab
