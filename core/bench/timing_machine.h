// The machine as a running-time comparison describes it.
#pragma once

#include <memory>
#include <vector>

#include "core/bench/probe.h"
#include "core/timing/timing_results.h"

namespace paralif {

/// All but the bandwidth of its memory copy, which takes a measurement.
TimingMachine this_timing_machine();

/// The CPU, and every GPU that this LibTorch can use now.
std::vector<TimingDevice> timing_devices();

/// Memory that can be had without swapping, bytes; infinite where the system does not tell.
double available_memory_bytes();

/// What a point asks for, with so many threads where its device names none. A curve whose
/// backend is "copy" is a memory copy.
bench::Request request_of(const TimingPoint& point, int threads = 0);

/// Sets a request up on its device. Throws Error(device) where the device is absent.
std::unique_ptr<bench::Probe> timing_probe(const bench::Request& request);

/// Why a measurement failed, in a sentence: the exception in hand, without a backtrace.
std::string failure_sentence();

}  // namespace paralif
