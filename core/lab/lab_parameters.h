// The table of a lab neuron's parameters: sliders, files, tables of features and checks follow it.
#pragma once

#include <span>
#include <string_view>

#include "core/lab/lab_neuron.h"
#include "core/values/parameter.h"

namespace paralif::lab {

/// A parameter with the range that a slider offers, in shown values.
struct LabParameter : Parameter<LabNeuron> {
  double slider_from = 0.0, slider_to = 1.0;
  bool logarithmic = false;

  [[nodiscard]] double stored(const LabNeuron& neuron) const;
  void store(LabNeuron& neuron, double value) const { set(neuron, value); }
  /// In the unit of the shown value.
  [[nodiscard]] double shown(const LabNeuron& neuron) const { return display_factor * stored(neuron); }
  void show(LabNeuron& neuron, double value) const { set(neuron, value / display_factor); }
  /// 0 is allowed and is none of it.
  [[nodiscard]] bool zero_is_none() const { return !zero_word.empty(); }
};

/// Those of LIF, ParaLIF, PLIF and Izhikevich, then what models written as one step have beside.
std::span<const LabParameter> lab_parameters();
const LabParameter* find_lab_parameter(std::string_view key);

}  // namespace paralif::lab
