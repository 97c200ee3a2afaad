// What a running-time comparison measures, as plain values with their limits.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/timing/requests.h"

namespace paralif {

using TimingPass = bench::Pass;

/// "forward", "forward+backward"; nothing for another text.
std::optional<TimingPass> timing_pass(std::string_view name);

/// A neuron computed in one way: one line of the figure.
struct TimingCurve {
  std::string neuron = "LIF";             ///< LIF, ParaLIF-<mode> or a model written as one step
  std::string backend = "sequential";  ///< sequential, fft (ParaLIF alone) or fused
  TimingPass pass = TimingPass::forward;

  bool operator==(const TimingCurve&) const = default;
};

/// "LIF sequential", "LIF sequential, with backward".
std::string to_string(const TimingCurve& curve);
/// "LIF:sequential", "LIF:sequential:forward+backward": what the command line reads.
std::string curve_text(const TimingCurve& curve);
/// Reads what curve_text wrote. Throws Error(setting).
TimingCurve timing_curve(const std::string& text);

/// A processor, or a GPU.
struct TimingDevice {
  std::string name = "cpu";  ///< cpu, cuda or cuda:N
  int threads = 0;           ///< of the CPU; 0: as many as the plan says

  bool operator==(const TimingDevice&) const = default;
};

/// "cpu", "cpu:2" (two threads), "cuda:0".
std::string to_string(const TimingDevice& device);
/// Reads what to_string wrote. Throws Error(setting).
TimingDevice timing_device(const std::string& text);

/// Random input of shape (batch, steps, neurons), float32, goes through one layer.
struct TimingPlan {
  std::string title = "Running time";
  std::vector<TimingCurve> curves;
  std::vector<TimingDevice> devices{TimingDevice{}};
  int threads = 0;  ///< of the CPU where its device names none; 0: all cores
  std::int64_t batch = 1;
  std::int64_t neurons = 128;
  std::vector<std::int64_t> lengths;  ///< steps, ascending
  int trials = 5;
  double budget_s =
      0.0;  ///< a point that has used so much gets no further trial, but three; 0: none
  double limit_s = 60.0;  ///< a pass that would take longer is left out, with its reason

  bool operator==(const TimingPlan&) const = default;
};

/// One measurement: a curve at one length on one device.
struct TimingPoint {
  TimingCurve curve;
  TimingDevice device;
  std::int64_t batch = 1;
  std::int64_t steps = 10;
  std::int64_t neurons = 128;

  bool operator==(const TimingPoint&) const = default;
};

/// Every point of a plan, in ascending length; at one length by device, then by curve.
std::vector<TimingPoint> points_of(const TimingPlan& plan);

/// What keeps a plan from being measured.
struct TimingProblem {
  std::string field;     ///< curves, devices or the flag of a parameter
  std::string sentence;  ///< without the field's name
};
std::vector<TimingProblem> problems_of(const TimingPlan& plan);
/// Throws Error(setting) with the first problem.
void validate(const TimingPlan& plan);

/// Names of neurons that can be timed, and the backends that a neuron has.
const std::vector<std::string>& timing_neurons();
std::vector<std::string> timing_backends(const std::string& neuron);

/// "10, 100, 1000"; "linear 10..5000 x 10"; "log 10..5000 x 10"; ascending, each length once.
/// The command line may write "linear:10:5000:10". Throws Error(setting).
std::vector<std::int64_t> lengths_from(const std::string& text);
/// The shortest text that lengths_from reads back, in the form for the command line.
std::string lengths_text(const std::vector<std::int64_t>& lengths);

}  // namespace paralif
