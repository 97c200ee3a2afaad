// The biological yardstick: Izhikevich's model in each of its twenty panels.
#pragma once

#include "core/lab/features.h"
#include "core/lab/lab_neuron.h"
#include "core/lab/protocol.h"
#include "core/lab/stimulus.h"

namespace paralif::lab {

struct BiologicalPanel {
  Feature feature;
  LabNeuron neuron;
  Stimulus stimulus;          ///< of the published figure
  ProtocolSettings settings;  ///< under which our judge looks at it
  int published_spikes = 0;   ///< of the reference, to check against
  double published_first_ms = 0.0;
};

/// Source: Izhikevich, IEEE Trans. Neural Networks 15(5), 2004, figure 1 and its script.
const BiologicalPanel& biological_panel(Feature feature);

}  // namespace paralif::lab
