// The three presets.
#include "core/timing/timing_presets.h"

#include <fmt/format.h>

#include "core/timing/timing_parameters.h"
#include "core/values/parameter_text.h"
#include "datasets/error.h"

namespace paralif {
namespace {

std::vector<TimingPreset> made() {
  constexpr auto both = TimingPass::forward_backward;
  // The published script times whole forward passes at ten lengths, evenly spaced. What training
  // takes is measured beside it, but for step-by-step ParaLIF, which would take most of the time.
  TimingPlan published;
  published.title = "As published";
  published.curves = {{"LIF", "sequential"},       {"ParaLIF-T", "sequential"},
                      {"ParaLIF-T", "fft"},        {"ParaLIF-T", "fused"},
                      {"LIF", "sequential", both}, {"ParaLIF-T", "fft", both},
                      {"ParaLIF-T", "fused", both}};
  published.threads = 1;     // one sample of 128 neurons leaves next to nothing to share out
  published.budget_s = 6.0;  // keeps the whole within a minute
  published.lengths = lengths_from("linear:10:5000:10");

  TimingPlan training;
  training.title = "Training sized";
  training.curves = {{"LIF", "sequential", both},
                     {"LIF", "fused", both},
                     {"ParaLIF-T", "fft", both},
                     {"ParaLIF-T", "fused", both}};
  training.batch = 64;
  training.lengths = {50, 100, 200, 400, 700, 1000};
  training.trials = 3;
  training.limit_s = 30.0;

  TimingPlan longer;
  longer.title = "Long sequences";
  longer.curves = {{"LIF", "sequential"},
                   {"ParaLIF-T", "sequential"},
                   {"ParaLIF-T", "fft"},
                   {"ParaLIF-T", "fused"}};
  longer.threads = 1;
  longer.lengths = {100, 300, 1000, 3000, 10000, 30000, 100000};
  longer.trials = 3;

  return {
      {"published", marked("As published"),
       marked(
           "1 x {10..5000} x 128, ten lengths, five trials: the figure of the paper, and the same "
           "with backward passes"),
       published},
      {"training", marked("Training sized"),
       marked("64 x {50..1000} x 128, forward and backward, as a layer is trained"), training},
      {"long", marked("Long sequences"),
       marked("1 x {100..100 000} x 128, forward, up to a minute and a half "
              "of input at 1 ms a step"),
       longer}};
}

}  // namespace

const std::vector<TimingPreset>& timing_presets() {
  static const std::vector<TimingPreset> all = made();
  return all;
}

const TimingPreset& timing_preset(const std::string& id) {
  std::vector<std::string> ids;
  for (const TimingPreset& preset : timing_presets()) {
    if (preset.id == id) return preset;
    ids.push_back(preset.id);
  }
  throw Error(Error::Kind::setting, "preset", fmt::format("'{}' is unknown", id),
              fmt::format("choose {}", fmt::join(ids, ", ")));
}

std::string command_line_of(const TimingPlan& plan) {
  std::string line = "paralif timing";
  for (const TimingPreset& preset : timing_presets()) {
    TimingPlan same = preset.plan;
    same.devices = plan.devices;
    same.title = plan.title;
    if (!(same == plan)) continue;
    line += " --preset " + preset.id;
    for (const TimingDevice& device : plan.devices) line += " --device " + to_string(device);
    return line;
  }
  for (const TimingCurve& curve : plan.curves) {
    line += " --curve " + curve_text(curve);
  }
  for (const TimingDevice& device : plan.devices) line += " --device " + to_string(device);
  for (const auto& parameter : timing_parameters()) {
    line += fmt::format(" --{} {}", parameter.option(), parameter_text(parameter, plan));
  }
  return line;
}

}  // namespace paralif
