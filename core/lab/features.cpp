// The twenty rows.
#include "core/lab/features.h"

#include <array>

namespace paralif::lab {
namespace {

constexpr std::array<FeatureText, feature_count> rows{{
    {Feature::tonic_spiking, 'A', marked("Tonic spiking"),
     marked("fires throughout a step, at equal intervals in its second half, and not before it")},
    {Feature::phasic_spiking, 'B', marked("Phasic spiking"),
     marked("exactly one spike in the first quarter of a step, then silence")},
    {Feature::tonic_bursting, 'C', marked("Tonic bursting"),
     marked("at least three bursts of three spikes or more, holding 80 % of all spikes, to the end "
            "of the "
            "step")},
    {Feature::phasic_bursting, 'D', marked("Phasic bursting"),
     marked("one burst of three spikes or more in the first quarter of a step, then silence")},
    {Feature::mixed_mode, 'E', marked("Mixed mode"),
     marked("a burst at the onset of a step, then single spikes at equal, longer intervals")},
    {Feature::adaptation, 'F', marked("Spike frequency adaptation"),
     marked(
         "intervals never shrink during a step, the last is 1.5 times the first, firing goes on")},
    {Feature::class_1, 'G', marked("Class 1 excitability"),
     marked("at the smallest constant current that fires, the rate is under a quarter of that at "
            "twice "
            "the current")},
    {Feature::class_2, 'H', marked("Class 2 excitability"),
     marked(
         "at the smallest constant current that fires, the rate is over 0.4 of that at twice the "
         "current")},
    {Feature::latency, 'I', marked("Spike latency"),
     marked(
         "one spike, at least three pulse widths after a short pulse began, earlier for a stronger "
         "pulse")},
    {Feature::oscillations, 'J', marked("Subthreshold oscillations"),
     marked("after a pulse the membrane swings about rest: at least three alternating extrema")},
    {Feature::resonator, 'K', marked("Resonator"),
     marked("one pulse fails, a close pair fails, a pair further apart fires")},
    {Feature::integrator, 'L', marked("Integrator"),
     marked(
         "one pulse fails, the closest pair fires, the furthest does not, and no pair fires beyond "
         "one that failed")},
    {Feature::rebound_spike, 'M', marked("Rebound spike"),
     marked("silent before and during an inhibitory pulse and without it, exactly one spike after "
            "it")},
    {Feature::rebound_burst, 'N', marked("Rebound burst"),
     marked("silent before and during an inhibitory pulse and without it, one burst of three "
            "spikes or "
            "more after it")},
    {Feature::threshold_variability, 'O', marked("Threshold variability"),
     marked("a pulse fails alone and fires after inhibition; inhibition alone stays silent")},
    {Feature::bistability, 'P', marked("Bistability"),
     marked(
         "silent, then lasting firing from one pulse on until a second pulse stops it; without the "
         "second pulse it goes on")},
    {Feature::after_potential, 'Q', marked("Depolarising after-potential"),
     marked("after a spike the membrane stays above rest, more than 1.5 times what a weaker, "
            "silent pulse "
            "lets expect by proportion, and then falls back")},
    {Feature::accommodation, 'R', marked("Accommodation"),
     marked("a slow ramp stays silent, a fast ramp to a lower peak fires")},
    {Feature::inhibition_spiking, 'S', marked("Inhibition-induced spiking"),
     marked("silent at the background, at least two spikes while inhibited, silent afterwards")},
    {Feature::inhibition_bursting, 'T', marked("Inhibition-induced bursting"),
     marked("silent at the background, at least two bursts of two spikes or more while inhibited, "
            "silent "
            "afterwards")},
}};

}  // namespace

std::span<const FeatureText> feature_texts() {
  return rows;
}

const FeatureText& text_of(Feature feature) {
  return rows[static_cast<std::size_t>(feature)];
}

std::optional<Feature> feature_of(char letter) {
  if (letter >= 'a' && letter <= 't') letter = static_cast<char>(letter - 'a' + 'A');
  if (letter < 'A' || letter > 'T') return std::nullopt;
  return rows[static_cast<std::size_t>(letter - 'A')].feature;
}

}  // namespace paralif::lab
