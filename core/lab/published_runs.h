// The thirteen runs of the published figure of biological features, with their spikes.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/lab/lab_neuron.h"
#include "core/lab/stimulus.h"

namespace paralif::lab {

struct PublishedRun {
  Stimulus stimulus;                      ///< of height 1; its title is the published name
  LabNeuron neuron;                       ///< no synaptic current
  char property;                          ///< the feature it is to show, A..R
  std::vector<std::int32_t> spike_steps;  ///< recorded from the published code
};

/// In the published order. Source: Yarga and Wood (2024) and its script of biological features:
/// 100 steps of 1 ms on six stimuli.
std::span<const PublishedRun> published_runs();

}  // namespace paralif::lab
