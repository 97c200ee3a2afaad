// Names, units and members.
#include "core/lab/quantity.h"

#include <algorithm>
#include <array>

namespace paralif::lab {
namespace {

constexpr std::array texts{
    QuantityText{Quantity::current, "current", "I", marked("Synaptic current I"), symbol("a.u.")},
    QuantityText{Quantity::recovery, "recovery_u", "u", marked("Recovery u"), {}},
    QuantityText{Quantity::membrane, "membrane", "V", marked("Membrane V"), symbol("a.u.")},
    QuantityText{Quantity::membrane_mv, "membrane_mv", "v", marked("Membrane v"), symbol("mV")},
    QuantityText{Quantity::normalised, "normalised", "u", marked("Normalised membrane u"), {}},
    QuantityText{Quantity::change, "change", "Δu", marked("Change of u in one step"), {}},
    QuantityText{
        Quantity::probability, "probability", "p", marked("Spike probability in one step"), {}},
};

const std::vector<double> none;

}  // namespace

std::span<const QuantityText> quantities() {
  return texts;
}

const QuantityText& text_of(Quantity quantity) {
  return *std::ranges::find(texts, quantity, &QuantityText::quantity);
}

const std::vector<double>& values_of(const LabTrace& trace, Quantity quantity) {
  switch (quantity) {
    case Quantity::current:
      return trace.current;
    case Quantity::recovery:
      return trace.recovery;
    case Quantity::membrane:
      return trace.millivolts ? none : trace.membrane;
    case Quantity::membrane_mv:
      return trace.millivolts ? trace.membrane : none;
    case Quantity::normalised:
      return trace.normalised;
    case Quantity::change:
      return trace.change;
    case Quantity::probability:
      return trace.probability;
  }
  return none;
}

const std::vector<double>& values_after_reset(const LabTrace& trace, Quantity quantity) {
  const bool membrane = quantity == Quantity::membrane || quantity == Quantity::membrane_mv;
  return membrane && !values_of(trace, quantity).empty() ? trace.after_reset : none;
}

std::optional<Quantity> rule_quantity(const LabNeuron& neuron) {
  if (neuron.model != LabModel::paralif) return std::nullopt;
  const SpikeRule rule = paralif::rule_of(neuron.mode);
  if (rule.spike_function == SpikeFunction::delta) return Quantity::change;
  if (rule.stochastic()) return Quantity::probability;
  if (rule.squash == Squash::identity) return std::nullopt;
  return Quantity::normalised;
}

std::vector<Quantity> shown_quantities(const LabNeuron& neuron) {
  if (neuron.model == LabModel::izhikevich) return {Quantity::recovery, Quantity::membrane_mv};
  if (neuron.model == LabModel::stepped) return {Quantity::membrane};
  std::vector<Quantity> shown{Quantity::current, Quantity::membrane};
  if (const auto rule = rule_quantity(neuron)) shown.push_back(*rule);
  return shown;
}

}  // namespace paralif::lab
