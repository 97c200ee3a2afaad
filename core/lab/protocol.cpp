// Building the stimuli.
#include "core/lab/protocol.h"

#include <cmath>
#include <string>

namespace paralif::lab {
namespace {

class Builder {
 public:
  Builder(Feature feature, const ProtocolSettings& settings) : feature_(feature), s_(settings) {}

  /// Adds a run of these segments, ending tail_ms after the last.
  Builder& run(std::string_view name, std::vector<Segment> segments) {
    Stimulus stimulus;
    stimulus.title = std::string(1, text_of(feature_).letter) + " " +
                     std::string(text_of(feature_).name.english()) + ": " + std::string(name);
    stimulus.time_step_s = s_.time_step_s;
    for (const Segment& segment : segments) longest_s_ = std::max(longest_s_, segment.end_s);
    stimulus.segments = std::move(segments);
    runs_.push_back({name, std::move(stimulus)});
    return *this;
  }
  std::vector<ProtocolRun> done() {
    for (ProtocolRun& run : runs_) run.stimulus.duration_s = longest_s_ + s_.tail_ms * 1e-3;
    return std::move(runs_);
  }
  /// A pulse that begins `after_ms` after the lead.
  [[nodiscard]] Segment pulse(double after_ms, double height) const {
    const double begin = s_.lead_ms + after_ms;
    return level(begin * 1e-3, (begin + s_.width_ms) * 1e-3, height);
  }

 private:
  Feature feature_;
  const ProtocolSettings& s_;
  double longest_s_ = 0.0;
  std::vector<ProtocolRun> runs_;
};

constexpr std::string_view pair_names[]{"pair at a quarter of the gap", "pair at half the gap",
                                        "pair at the gap", "pair at twice the gap",
                                        "pair at four times the gap"};

}  // namespace

ProtocolSettings usual_settings(Feature feature) {
  ProtocolSettings s;
  switch (feature) {
    case Feature::class_1:
    case Feature::class_2:
      s.hold_ms = 1000.0;
      s.tail_ms = 0.0;
      break;
    case Feature::resonator:
    case Feature::integrator:
      s.width_ms = 2.0;
      s.gap_ms = 16.0;
      break;
    case Feature::rebound_spike:
    case Feature::rebound_burst:
      s.width_ms = 5.0;
      break;
    case Feature::threshold_variability:
      s.width_ms = 2.0;
      s.second = -1.0;
      break;
    case Feature::bistability:
      s.gap_ms = 200.0;
      s.width_ms = 5.0;
      s.hold_ms = 400.0;
      break;
    case Feature::after_potential:
      s.second = 0.95;
      s.width_ms = 2.0;
      break;
    case Feature::accommodation:
      s.width_ms = 10.0;
      s.gap_ms = 100.0;
      s.second = 0.5;
      break;
    case Feature::inhibition_spiking:
    case Feature::inhibition_bursting:
      s.hold_ms = 200.0;
      break;
    default:
      break;
  }
  return s;
}

Window protocol_event(Feature feature, const ProtocolSettings& s) {
  switch (feature) {
    case Feature::tonic_spiking:
    case Feature::phasic_spiking:
    case Feature::tonic_bursting:
    case Feature::phasic_bursting:
    case Feature::mixed_mode:
    case Feature::adaptation:
    case Feature::class_1:
    case Feature::class_2:
    case Feature::inhibition_spiking:
    case Feature::inhibition_bursting:
      return {s.lead_ms, s.lead_ms + s.hold_ms};
    case Feature::bistability:
      return {s.lead_ms + s.width_ms, s.lead_ms + s.gap_ms};
    default:
      return {s.lead_ms, s.lead_ms + s.width_ms};
  }
}

std::vector<ProtocolRun> protocol_runs(Feature feature, const ProtocolSettings& s) {
  Builder build(feature, s);
  const double a = s.amplitude;
  const double lead = s.lead_ms * 1e-3;
  switch (feature) {
    case Feature::tonic_spiking:
    case Feature::phasic_spiking:
    case Feature::tonic_bursting:
    case Feature::phasic_bursting:
    case Feature::mixed_mode:
    case Feature::adaptation:
    case Feature::class_1:
    case Feature::class_2:
      return build.run("step", {level(lead, lead + s.hold_ms * 1e-3, a)}).done();
    case Feature::latency:
      return build.run("pulse", {build.pulse(0.0, a)})
          .run("stronger pulse", {build.pulse(0.0, 1.25 * a)})
          .done();
    case Feature::oscillations:
      return build.run("pulse", {build.pulse(0.0, a)}).done();
    case Feature::resonator:
    case Feature::integrator: {
      const bool resonates = feature == Feature::resonator;
      const auto pair = [&](std::size_t i) {
        build.run(pair_names[i], {build.pulse(0.0, a), build.pulse(pair_gaps[i] * s.gap_ms, a)});
      };
      pair(resonates ? 2 : 0);  // the one to show
      build.run("one pulse", {build.pulse(0.0, a)});
      for (std::size_t i = 0; i < std::size(pair_gaps); ++i) pair(i);
      return build.done();
    }
    case Feature::rebound_spike:
    case Feature::rebound_burst:
      return build.run("inhibition", {build.pulse(0.0, -a)}).run("no inhibition", {}).done();
    case Feature::threshold_variability:
      return build
          .run("inhibition, then a pulse",
               {build.pulse(0.0, s.second * a), build.pulse(s.gap_ms, a)})
          .run("the pulse alone", {build.pulse(s.gap_ms, a)})
          .run("inhibition alone", {build.pulse(0.0, s.second * a)})
          .done();
    case Feature::bistability:
      return build
          .run("two pulses", {build.pulse(0.0, a), build.pulse(s.gap_ms, s.second * a),
                              level(lead + (s.gap_ms + s.hold_ms) * 1e-3,
                                    lead + (s.gap_ms + s.hold_ms) * 1e-3, 0.0)})
          .run("the first pulse alone", {build.pulse(0.0, a)})
          .done();
    case Feature::after_potential:
      return build.run("pulse", {build.pulse(0.0, a)})
          .run("weaker pulse", {build.pulse(0.0, s.second * a)})
          .done();
    case Feature::accommodation:
      return build.run("fast ramp", {ramp(lead, lead + s.width_ms * 1e-3, 0.0, s.second * a)})
          .run("slow ramp", {ramp(lead, lead + s.gap_ms * 1e-3, 0.0, a)})
          .done();
    case Feature::inhibition_spiking:
    case Feature::inhibition_bursting:
      return build.run("inhibition", {level(lead, lead + s.hold_ms * 1e-3, -a)}).done();
  }
  return {};
}

}  // namespace paralif::lab
