// What a plot or table can show of a trace, with the unit that belongs to it.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/lab/simulate.h"
#include "core/values/text.h"

namespace paralif::lab {

/// Values of different quantities never share an axis.
enum class Quantity : std::uint8_t {
  current,
  recovery,
  membrane,
  membrane_mv,
  normalised,
  change,
  probability
};

struct QuantityText {
  Quantity quantity = Quantity::membrane;
  std::string_view key;     ///< column of tables, unit included
  std::string_view symbol;  ///< as in the equations
  Text label;
  Text unit;  ///< empty: none
};

/// In the order of plots and tables.
std::span<const QuantityText> quantities();
const QuantityText& text_of(Quantity quantity);

/// One value a step; empty where the trace does not have it. The membrane is that before the
/// reset.
const std::vector<double>& values_of(const LabTrace& trace, Quantity quantity);
/// The membrane after the reset of its step; empty for other quantities and without resets.
const std::vector<double>& values_after_reset(const LabTrace& trace, Quantity quantity);

/// What the spiking function compares or draws from, where that is not the membrane itself.
std::optional<Quantity> rule_quantity(const LabNeuron& neuron);

/// What a plot shows of a neuron: all it has, but of the views of the rule only the deciding one.
std::vector<Quantity> shown_quantities(const LabNeuron& neuron);

}  // namespace paralif::lab
