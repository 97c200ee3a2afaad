// What a neuron model written as one step says of itself: names, parameters, states, equations.
// Plain data, the same in every build of the step.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/values/text.h"

namespace paralif {

/// What the step receives for a parameter p: p itself, or exp(-time step / p) and 0 at p = 0.
enum class Coefficient : std::uint8_t { value, decay };

struct StepParameter {
  std::string_view key;     ///< as in files and on the command line
  std::string_view symbol;  ///< as in the equations
  Text label;
  Text unit;                     ///< of the stored value; "s" for every decay
  Text explanation;              ///< for a newcomer
  double standard = 0.0;         ///< where nothing is said
  double minimum = 0.0, maximum = 0.0;          ///< inclusive
  double slider_from = 0.0, slider_to = 0.0;  ///< range that the lab offers
  bool logarithmic = false;                       ///< of the slider
  Coefficient coefficient = Coefficient::value;
};

/// What a model is in a NIR graph, by the keys of its parameters. Run with one Euler step a time
/// step, the node is v = beta v + gain i, i = alpha i + x, and v goes to a value where it passes
/// the threshold.
struct NirForm {
  std::string_view threshold{};  ///< empty: the model has no form
  std::string_view membrane{};   ///< its decay; empty: none is lost, a node IF
  std::string_view current{};    ///< its decay; empty: x goes to the membrane at once
  std::string_view gain{};       ///< empty: 1 - beta
  std::string_view reset_to{};   ///< empty: 0
  /// What the node lacks, so that it is an approximation: "adapts its threshold"; empty: nothing.
  std::string_view lacks{};
};

struct StepModelFacts {
  std::string_view name;         ///< as in files, forms and figures
  Text explanation;              ///< one or two sentences for a newcomer
  std::string_view equations;    ///< one a line
  std::string_view source;       ///< where the model is from
  std::span<const StepParameter> parameters;
  std::span<const std::string_view> states;  ///< the first is the membrane after the reset
  NirForm nir{};
};

}  // namespace paralif
