// Parameters and stimuli of the twenty panels.
#include "core/lab/biological.h"

#include <array>
#include <cmath>
#include <string>

namespace paralif::lab {
namespace {

struct Row {
  double a, b, c, d, v0, h_ms, length_ms;
  int spikes;
  double first_ms;
};

constexpr std::array<Row, feature_count> rows{{
    {0.02, 0.2, -65, 6, -70, 0.25, 100, 5, 13.0},
    {0.02, 0.25, -65, 6, -64, 0.25, 200, 1, 43.8},
    {0.02, 0.2, -50, 2, -70, 0.25, 220, 28, 25.0},
    {0.02, 0.25, -55, 0.05, -64, 0.2, 200, 6, 39.0},
    {0.02, 0.2, -55, 4, -70, 0.25, 160, 6, 20.0},
    {0.01, 0.2, -65, 8, -70, 0.25, 85, 6, 10.2},
    {0.02, -0.1, -55, 6, -60, 0.25, 300, 10, 84.5},
    {0.2, 0.26, -65, 0, -64, 0.25, 300, 14, 105.8},
    {0.02, 0.2, -65, 6, -70, 0.2, 100, 1, 26.6},
    {0.05, 0.26, -60, 0, -62, 0.25, 200, 1, 26.5},
    {0.1, 0.26, -60, -1, -62, 0.25, 400, 1, 338.0},
    {0.02, -0.1, -55, 6, -60, 0.25, 100, 1, 20.0},
    {0.03, 0.25, -60, 4, -64, 0.2, 200, 1, 68.0},
    {0.03, 0.25, -52, 0, -64, 0.2, 200, 7, 68.0},
    {0.03, 0.25, -60, 4, -64, 0.25, 100, 1, 93.2},
    {0.1, 0.26, -60, 0, -61, 0.25, 300, 5, 45.2},
    {1, 0.2, -60, -21, -70, 0.1, 50, 1, 11.3},
    {0.02, 1, -55, 4, -65, 0.5, 400, 1, 311.5},
    {-0.02, -1, -60, 8, -63.8, 0.5, 350, 3, 94.5},
    {-0.026, -1, -45, -2, -63.8, 0.5, 350, 12, 86.5},
}};

/// The published pulses hold strictly between the times they name.
struct Currents {
  double h_ms, length_ms;
  std::vector<Segment> segments{};

  Currents& step(double value, double begin_ms, double end_ms = 1e9) {
    const double first = std::floor(begin_ms / h_ms + 1e-6) + 1.0;
    const double end = std::ceil(std::min(end_ms, length_ms) / h_ms - 1e-6);
    segments.push_back(level(first * h_ms * 1e-3, end * h_ms * 1e-3, value));
    return *this;
  }
  /// slope x (t - begin), until end_ms.
  Currents& slope(double per_ms, double begin_ms, double end_ms) {
    const double last = end_ms - h_ms - begin_ms;
    segments.push_back(ramp(begin_ms * 1e-3, end_ms * 1e-3, 0.0, per_ms * last));
    return *this;
  }
};

std::vector<Segment> published_segments(Feature feature, double h, double length) {
  Currents c{h, length};
  switch (feature) {
    case Feature::tonic_spiking:
      c.step(14, 10);
      break;
    case Feature::phasic_spiking:
      c.step(0.5, 20);
      break;
    case Feature::tonic_bursting:
      c.step(15, 22);
      break;
    case Feature::phasic_bursting:
      c.step(0.6, 20);
      break;
    case Feature::mixed_mode:
      c.step(10, 16);
      break;
    case Feature::adaptation:
      c.step(30, 8.5);
      break;
    case Feature::class_1:
      c.slope(0.075, 30, length);
      break;
    case Feature::class_2:
      c.slope(0.015, 30, length);
      break;
    case Feature::latency:
      c.step(7.04, 10, 13);
      break;
    case Feature::oscillations:
      c.step(2, 20, 25);
      break;
    case Feature::resonator:
      for (const double t : {40.0, 60.0, 280.0, 320.0}) c.step(0.65, t, t + 4);
      break;
    case Feature::integrator:
      for (const double t : {100.0 / 11, 100.0 / 11 + 5, 70.0, 80.0}) c.step(9, t, t + 2);
      break;
    case Feature::rebound_spike:
    case Feature::rebound_burst:
      c.step(-15, 20, 25);
      break;
    case Feature::threshold_variability:
      c.step(1, 10, 15).step(-6, 70, 75).step(1, 80, 85);
      break;
    case Feature::bistability:
      c.step(1, 37.5, 42.5).step(1, 216, 221);
      break;
    case Feature::after_potential:
      c.step(20, 9, 11);
      break;
    case Feature::accommodation:
      c.slope(0.04, 0, 200).slope(4 / 12.5, 300, 312.5);
      break;
    case Feature::inhibition_spiking:
    case Feature::inhibition_bursting:
      c.step(-5, 50 - h, 250 + h);
      break;
  }
  return c.segments;
}

double background_of(Feature feature) {
  switch (feature) {
    case Feature::class_2:
      return -0.5;
    case Feature::bistability:
      return 0.24;
    case Feature::inhibition_spiking:
    case Feature::inhibition_bursting:
      return 80.0;
    default:
      return 0.0;
  }
}

ProtocolSettings settings_of(Feature feature, double h_ms) {
  ProtocolSettings s = usual_settings(feature);
  s.time_step_s = h_ms * 1e-3;
  switch (feature) {
    case Feature::tonic_spiking:
      s.amplitude = 14;
      break;
    case Feature::phasic_spiking:
      s.amplitude = 0.5;
      break;
    case Feature::tonic_bursting:
      s.amplitude = 15;
      break;
    case Feature::phasic_bursting:
      s.amplitude = 0.6;
      break;
    case Feature::mixed_mode:
      s.amplitude = 10;
      break;
    case Feature::adaptation:
      s.amplitude = 30;
      break;
    case Feature::class_1:
      s.amplitude = 30;
      s.hold_ms = 4000;
      break;
    case Feature::class_2:
      s.amplitude = 4;
      s.hold_ms = 4000;
      break;
    case Feature::latency:
      s.amplitude = 7.04;
      s.width_ms = 2.8;
      break;
    case Feature::oscillations:
      s.amplitude = 2;
      s.width_ms = 5;
      break;
    case Feature::resonator:
      s.amplitude = 0.65;
      s.width_ms = 4;
      s.gap_ms = 40;
      break;
    case Feature::integrator:
      s.amplitude = 9;
      s.width_ms = 2;
      s.gap_ms = 10;
      break;
    case Feature::rebound_spike:
    case Feature::rebound_burst:
      s.amplitude = 15;
      s.width_ms = 5;
      break;
    case Feature::threshold_variability:
      s.width_ms = 5;
      s.second = -6;
      s.gap_ms = 10;
      break;
    case Feature::bistability:
      s.lead_ms = 37.5;
      s.width_ms = 5;
      s.gap_ms = 178.5;
      break;
    case Feature::after_potential:
      s.amplitude = 20;
      s.width_ms = 2;
      s.second = 0.5;
      break;
    case Feature::accommodation:
      s.amplitude = 8;
      s.width_ms = 12.5;
      s.gap_ms = 200;
      break;
    case Feature::inhibition_spiking:
    case Feature::inhibition_bursting:
      s.amplitude = 5;
      s.lead_ms = 50;
      break;
  }
  return s;
}

BiologicalPanel panel_of(Feature feature) {
  const Row& row = rows[static_cast<std::size_t>(feature)];
  BiologicalPanel panel;
  panel.feature = feature;
  panel.neuron.model = LabModel::izhikevich;
  panel.neuron.background = background_of(feature);
  Izhikevich& model = panel.neuron.biological;
  model.a = row.a;
  model.b = row.b;
  model.c = row.c;
  model.d = row.d;
  model.v0 = row.v0;
  model.longest_step_ms = row.h_ms;
  if (feature == Feature::class_1 || feature == Feature::integrator) {
    model.linear = 4.1;
    model.constant = 108.0;
  }
  model.anchored = feature == Feature::accommodation;
  panel.stimulus.title =
      std::string(1, text_of(feature).letter) + " " + std::string(text_of(feature).name.english());
  panel.stimulus.time_step_s = row.h_ms * 1e-3;
  panel.stimulus.duration_s = row.length_ms * 1e-3;
  panel.stimulus.segments = published_segments(feature, row.h_ms, row.length_ms);
  panel.settings = settings_of(feature, row.h_ms);
  panel.published_spikes = row.spikes;
  panel.published_first_ms = row.first_ms;
  return panel;
}

}  // namespace

const BiologicalPanel& biological_panel(Feature feature) {
  static const auto panels = [] {
    std::array<BiologicalPanel, feature_count> all;
    for (std::size_t i = 0; i < feature_count; ++i) all[i] = panel_of(static_cast<Feature>(i));
    return all;
  }();
  return panels[static_cast<std::size_t>(feature)];
}

}  // namespace paralif::lab
