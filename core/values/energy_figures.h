// What an operation costs, by the literature, for estimates of a network's energy.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace paralif {

/// Picojoules an operation, without memory and idle current: an estimate of arithmetic alone.
struct EnergyFigures {
  std::string name;      ///< such as "float32"
  std::string title;     ///< for people
  double addition = 0.0;
  double multiplication = 0.0;
  double synapse = 0.0;  ///< an operation of a synapse that a spike causes
  double update = 0.0;   ///< of a neuron's state in one step
  std::string source;
  std::string arithmetic{};  ///< where additions and multiplications are from; empty: the same
  bool derived = true;       ///< synapse and update follow from addition and multiplication
};

/// What a neuron's update is counted as where only arithmetic is known: two filters.
inline constexpr double multiplications_an_update = 2.0;
inline constexpr double additions_an_update = 2.0;

const std::vector<EnergyFigures>& energy_figures();

/// Throws Error(setting) that names what there is.
const EnergyFigures& energy_figures_named(std::string_view name);

/// Figures of arithmetic: a synapse is an addition, an update two of each.
EnergyFigures arithmetic_figures(std::string name, std::string title, double addition,
                                 double multiplication, std::string source);

}  // namespace paralif
