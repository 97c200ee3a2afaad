// The stimuli by which each feature is judged.
#pragma once

#include <string_view>
#include <vector>

#include "core/lab/criteria.h"
#include "core/lab/features.h"
#include "core/lab/stimulus.h"

namespace paralif::lab {

/// What a feature's stimuli leave open. Values are heights of the stimulus, which the neuron
/// multiplies by its gain.
struct ProtocolSettings {
  double time_step_s = 1e-3;
  double lead_ms = 200.0;  ///< before anything happens; spikes in its first half do not count
  double hold_ms = 500.0;  ///< length of a step, or of the inhibition of S and T
  double tail_ms = 250.0;  ///< watched after the last event
  double amplitude = 1.0;  ///< of the step, pulse or slow ramp; inhibition is minus this
  double width_ms = 4.0;   ///< of a pulse; R: length of the fast ramp
  double gap_ms = 10.0;    ///< between the onsets of two pulses; R: length of the slow ramp
  double second = 1.0;     ///< O: inhibition, P: second pulse, Q: weaker pulse, R: peak of the
                           ///< fast ramp; all as a part of the amplitude

  bool operator==(const ProtocolSettings&) const = default;
};

/// Settings under which ParaLIF's and LIF's time constants of some ms can show the feature.
ProtocolSettings usual_settings(Feature feature);

struct ProtocolRun {
  std::string_view name;
  Stimulus stimulus;
};

/// The first run is the one that shows the feature best. G and H: a step whose height is varied.
std::vector<ProtocolRun> protocol_runs(Feature feature, const ProtocolSettings& settings);

/// The event the criterion looks at: step, pulse, lasting firing, inhibition.
Window protocol_event(Feature feature, const ProtocolSettings& settings);

/// Gaps of the pulse pairs of K and L as multiples of gap_ms, in order.
inline constexpr double pair_gaps[]{0.25, 0.5, 1.0, 2.0, 4.0};

}  // namespace paralif::lab
