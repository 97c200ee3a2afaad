// Izhikevich's simple model of a biological neuron.
#pragma once

#include "core/lab/simulate.h"

namespace paralif::lab {

/// Euler steps, the membrane first; a spike shows as 30 mV before the reset of its step. Fills
/// membrane and after_reset (v, mV), recovery (u) and spikes of a trace whose stimulus is set.
/// Source: Izhikevich, IEEE Trans. Neural Networks 15(5), 2004, figure 1 and its script.
void run_izhikevich(const Izhikevich& model, LabTrace& trace);

}  // namespace paralif::lab
