// The judges' criteria on spike trains and membranes: no model, no simulation.
//
// Times are in ms and in order; trains hold no spikes of the settling time. Source of what each
// feature is: Izhikevich, IEEE Trans. Neural Networks 15(5), 2004; the thresholds are ours and
// stand in features.cpp in words.
#pragma once

#include <utility>
#include <vector>

namespace paralif::lab {

using Times = std::vector<double>;

struct Window {
  double begin = 0.0;
  double end = 0.0;
  [[nodiscard]] double length() const { return end - begin; }
};

struct Finding {
  bool shown = false;
  double score = 0.0;       ///< how clearly, 0..1; 0 when not shown
  const char* reason = "";  ///< what decided, in a few words
};

/// Intervals split at the largest ratio of neighbours, where that is at least 2.5: one and two
/// steps are no two kinds of interval.
struct Bursts {
  bool split = false;                                       ///< there are short and long intervals
  std::vector<std::pair<std::size_t, std::size_t>> groups;  ///< first and last spike of each
};
Bursts bursts_of(const Times& times);

/// Deviation over mean of the intervals from spike `first` on; 0 for fewer than two intervals.
double interval_variation(const Times& times, std::size_t first = 0);

Finding tonic_spiking(const Times& times, Window step);
Finding phasic_spiking(const Times& times, Window step);
Finding tonic_bursting(const Times& times, Window step);
Finding phasic_bursting(const Times& times, Window step);
Finding mixed_mode(const Times& times, Window step);
/// Intervals may shrink by one time step, which is how exact they are.
Finding adaptation(const Times& times, Window step, double time_step_ms);

/// Spikes per ms just above the smallest constant current that fires and at twice that, and how
/// long they were counted.
Finding class_1(double at_onset, double at_twice);
Finding class_2(double at_onset, double at_twice, double counted_ms);

Finding latency(const Times& weak, const Times& strong, Window pulse);
/// `membrane` from the end of the pulse on, one value a step.
Finding oscillations(const std::vector<double>& membrane, double rest);
/// Pairs in order of growing gaps.
Finding resonator(const Times& single, const std::vector<const Times*>& pairs);
Finding integrator(const Times& single, const std::vector<const Times*>& pairs);
/// `control` is the train without inhibition.
Finding rebound_spike(const Times& times, const Times& control, Window pulse);
Finding rebound_burst(const Times& times, const Times& control, Window pulse);
Finding threshold_variability(const Times& alone, const Times& inhibition, const Times& both,
                              double pulse_begin);
/// `lasting` is from the end of the first pulse to the beginning of the second; the second pulse
/// has worked when the train is silent from `stopped` on.
Finding bistability(const Times& both, const Times& first_only, Window lasting, double stopped,
                    double first_pulse, double end);
/// Membranes from the spike on: of a pulse that fires, and what a weaker, silent one lets expect
/// of it by proportion.
Finding after_potential(const Times& strong, const Times& weak, const std::vector<double>& membrane,
                        const std::vector<double>& expected, double rest);
Finding accommodation(const Times& slow, const Times& fast);
Finding inhibition_spiking(const Times& times, Window inhibited);
Finding inhibition_bursting(const Times& times, Window inhibited);

}  // namespace paralif::lab
