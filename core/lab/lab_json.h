// JSON of the lab's values. Private to its files; throws nlohmann's exceptions, which the files
// turn into Error.
#pragma once

#include <nlohmann/json.hpp>

#include "core/lab/lab_neuron.h"
#include "core/lab/protocol.h"
#include "core/lab/stimulus.h"

namespace paralif::lab {

using Json = nlohmann::ordered_json;

Json json_of(const LabNeuron& neuron);
Json json_of(const Stimulus& stimulus);
Json json_of(const ProtocolSettings& settings);
/// Unknown members and wrong types throw; missing ones keep the model's usual value.
LabNeuron neuron_from(const Json& json);
Stimulus stimulus_from(const Json& json);
ProtocolSettings protocol_from(const Json& json);

}  // namespace paralif::lab
