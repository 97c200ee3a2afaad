// The six stimuli and thirteen rows.
#include "core/lab/published_runs.h"

#include <initializer_list>
#include <utility>

namespace paralif::lab {
namespace {

/// Spikes in every step from the first to the second of each pair.
using Spans = std::initializer_list<std::pair<std::int32_t, std::int32_t>>;

Stimulus of_height_one(std::string title, std::vector<Segment> segments) {
  Stimulus stimulus;
  stimulus.title = std::move(title);
  stimulus.duration_s = 0.1;
  stimulus.segments = std::move(segments);
  return stimulus;
}

Segment pulse(int step, double height = 1.0) {
  return level(step * 1e-3, (step + 2) * 1e-3, height);
}

PublishedRun row(const Stimulus& stimulus, double gain, double tau_mem_s, double threshold,
                 const char* neuron, char property, Spans spikes) {
  PublishedRun run;
  run.stimulus = stimulus;
  run.neuron = *neuron_named(neuron);
  run.neuron.refractory_rule = RefractoryRule::reference;
  run.neuron.gain = gain;
  run.neuron.tau_mem_s = tau_mem_s;
  run.neuron.threshold = threshold;
  run.property = property;
  for (const auto& [first, last] : spikes) {
    for (std::int32_t step = first; step <= last; ++step) run.spike_steps.push_back(step);
  }
  return run;
}

std::vector<PublishedRun> all_runs() {
  const Stimulus step = of_height_one("step", {level(0.010, 0.100, 1.0)});
  const Stimulus slope = of_height_one("ramp", {ramp(0.010, 0.090, 0.0, 1.0)});
  const Stimulus pairs = of_height_one("pulse pairs", {pulse(10), pulse(20), pulse(70), pulse(90)});
  const Stimulus single = of_height_one("single pulse", {pulse(10)});
  const Stimulus mixed =
      of_height_one("excite, inhibit then excite", {pulse(10), pulse(70, -1.0), pulse(80)});
  const Stimulus ramps = of_height_one(
      "long ramp then short ramp", {ramp(0.005, 0.050, 0.0, 1.0), ramp(0.070, 0.080, 0.0, 0.5)});
  const char* d = "ParaLIF-D";
  const char* t = "ParaLIF-T";
  return {
      row(step, 2.0, 0.0107, 1.0, "LIF", 'A',
          {{17, 17},
           {25, 25},
           {33, 33},
           {41, 41},
           {49, 49},
           {57, 57},
           {65, 65},
           {73, 73},
           {81, 81},
           {89, 89},
           {97, 97}}),
      row(step, 2.0, 0.0107, 1.0, t, 'A', {{17, 99}}),
      row(step, 2.0, 0.0187, 0.1, d, 'B', {{10, 10}}),
      row(step, 1.5, 0.0074, 0.1, d, 'D', {{10, 14}}),
      row(slope, 5.5, 0.0115, 1.0, "LIF", 'G',
          {{35, 35},
           {43, 43},
           {49, 49},
           {54, 54},
           {59, 59},
           {63, 63},
           {67, 67},
           {71, 71},
           {74, 74},
           {77, 77},
           {80, 80},
           {83, 83},
           {86, 86},
           {89, 89}}),
      row(slope, 5.5, 0.0011, 0.9, t, 'H', {{24, 90}}),
      row(slope, 8.5, 0.0025, 0.1, d, 'H', {{17, 89}}),
      row(pairs, 3.9, 0.009, 1.0, "LIF", 'L', {{21, 21}}),
      row(pairs, 3.9, 0.009, 1.0, t, 'L', {{21, 21}}),
      row(single, -1.0, 0.001, 0.3, d, 'M', {{12, 12}}),
      row(single, -22.3, 0.001, 0.3, d, 'N', {{12, 15}}),
      row(mixed, 9.0, 0.0099, 0.9, d, 'O', {{80, 80}}),
      row(ramps, 2.2, 0.005, 0.1, d, 'R', {{79, 79}}),
  };
}

}  // namespace

std::span<const PublishedRun> published_runs() {
  static const std::vector<PublishedRun> runs = all_runs();
  return runs;
}

}  // namespace paralif::lab
