// LIF with an adaptive threshold (Bellec et al., "Long short-term memory and learning-to-learn in
// networks of spiking neurons", NeurIPS 2018). Here the reset acts in the step of the spike.
//   u = beta v + (1 - beta) x;  A = threshold + kappa a;  s = H(u - A), H(0) = 0
//   v = u - s A;  a = rho a + (1 - rho) s
// The reset passes no gradient to s; v and a are 0 before the first step.
#pragma once

#include <array>

#include "core/kernels/steps/model.h"
#include "core/kernels/steps/space.h"

namespace PARALIF_STEP_SPACE {

struct AdaptiveLif {
  static constexpr std::array<StepParameter, 4> parameters{
      StepParameter{"tau_mem", "τ_mem", marked("Membrane time constant"), symbol("s"),
                    marked("How long the membrane remembers its input."), 20e-3, 0.0, 1000.0,
                    0.1e-3, 0.2, true, Coefficient::decay},
      StepParameter{"threshold", "θ", marked("Threshold"), symbol(""),
                    marked("What the membrane must exceed for a spike, at rest."), 1.0, 0.0, 1000.0,
                    0.001, 5.0, true},
      StepParameter{"tau_adapt", "τ_a", marked("Adaptation time constant"), symbol("s"),
                    marked("How long a spike keeps the threshold raised."), 0.2, 0.0, 1000.0, 1e-3,
                    2.0, true, Coefficient::decay},
      StepParameter{"adaptation", "κ", marked("Strength of adaptation"), symbol(""),
                    marked("How much the threshold rises with the recent rate of spikes."), 1.8,
                    0.0, 1000.0, 0.0, 10.0}};
  static constexpr std::array<std::string_view, 2> states{"membrane", "adaptation"};
  static constexpr StepModelFacts facts{
      "ALIF",
      marked("LIF whose threshold rises with each spike and falls back slowly, so that a neuron "
             "that has fired much fires less."),
      "u = β v + (1 − β) x\nA = θ + κ a\ns = H(u − A)\nv = u − s A\na = ρ a + (1 − ρ) s\n"
      "β = exp(−Δt / τ_mem)\nρ = exp(−Δt / τ_a)",
      "Bellec et al., NeurIPS 2018",
      parameters,
      states,
      NirForm{.threshold = "threshold",
              .membrane = "tau_mem",
              .lacks = "adapts its threshold and resets softly"}};

  /// `c` holds a coefficient a parameter, `state` one value a state, moved on by one step.
  /// Returns the spike, or 0 in a layer that does not fire; u is the membrane before the reset.
  template <bool fires, typename V>
  PARALIF_STEP static V step(const V* c, V x, V* state, V& u) {
    u = c[0] * state[0] + (1 - c[0]) * x;
    const V level = c[1] + c[3] * state[1];
    const V s = fires ? (u - level > 0 ? V{} + 1 : V{}) : V{};
    state[0] = u - s * level;
    state[1] = c[2] * state[1] + (1 - c[2]) * s;
    return s;
  }

  /// Backward through one step. `before` are the states before it; `to_state` holds d loss / d state
  /// after the step and receives that before it; parts of d loss / d c are added to `to_c`.
  /// Returns d loss / d x.
  template <bool fires, typename V, typename Slope>
  PARALIF_STEP static V adjoint(const V* c, V x, const V* before, V to_spike, V* to_state, V* to_c,
                                const Slope& surrogate) {
    const V u = c[0] * before[0] + (1 - c[0]) * x;
    const V z = u - (c[1] + c[3] * before[1]);
    const V s = fires ? (z > 0 ? V{} + 1 : V{}) : V{};
    V to_level = -s * to_state[0];
    V to_u = to_state[0];
    if constexpr (fires) {
      const V through = (to_spike + (1 - c[2]) * to_state[1]) * surrogate(z);
      to_u += through;
      to_level -= through;
    }
    to_c[0] += to_u * (before[0] - x);
    to_c[1] += to_level;
    to_c[2] += to_state[1] * (before[1] - s);
    to_c[3] += to_level * before[1];
    to_state[0] = c[0] * to_u;
    to_state[1] = c[2] * to_state[1] + c[3] * to_level;
    return (1 - c[0]) * to_u;
  }
};

}  // namespace PARALIF_STEP_SPACE
