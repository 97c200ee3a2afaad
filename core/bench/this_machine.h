// The machine that this process runs on, and the memory it takes.
#pragma once

#include "core/timing/machine.h"

namespace paralif::bench {

Machine this_machine();

/// Resident memory of the process now and at its highest since reset_peak_memory(), MiB; NaN
/// where the system does not tell.
double resident_mib();
double peak_resident_mib();
/// False where the system cannot.
bool reset_peak_memory();

}  // namespace paralif::bench
