// Current-based LIF with a reset to any value, as the Neuromorphic Intermediate Representation has it
// (Pedersen et al., "Neuromorphic intermediate representation", Nature Communications 2024), with the
// resting membrane as 0 and all factors of the input in one.
//   i = alpha i + x;  u = beta v + kappa i;  s = H(u - threshold), H(0) = 0;  v = s ? reset : u
// The reset passes no gradient to s; i and v are 0 before the first step.
#pragma once

#include <array>

#include "core/kernels/steps/model.h"
#include "core/kernels/steps/space.h"

namespace PARALIF_STEP_SPACE {

struct CubaLif {
  static constexpr std::array<StepParameter, 5> parameters{
      StepParameter{"tau_syn", "τ_syn", marked("Synaptic time constant"), symbol("s"),
                    marked("How long the current of an input spike lasts."), 5e-3, 0.0, 1000.0,
                    0.1e-3, 0.1, true, Coefficient::decay},
      StepParameter{"tau_mem", "τ_mem", marked("Membrane time constant"), symbol("s"),
                    marked("How long the membrane remembers its input."), 20e-3, 0.0, 1000.0,
                    0.1e-3, 0.2, true, Coefficient::decay},
      StepParameter{"gain", "κ", marked("Gain of the input"), symbol(""),
                    marked("By how much a current of 1 raises the membrane in one step."), 0.05,
                    -1e6, 1e6, 0.001, 1.0, true},
      StepParameter{"threshold", "θ", marked("Threshold"), symbol(""),
                    marked("What the membrane must exceed for a spike, above rest."), 1.0, -1e9,
                    1e9, 0.001, 5.0, true},
      StepParameter{"reset_to", "ρ", marked("Reset to"), symbol(""),
                    marked("The membrane after a spike, above rest."), 0.0, -1e9, 1e9, -2.0, 0.9}};
  static constexpr std::array<std::string_view, 2> states{"membrane", "current"};
  static constexpr StepModelFacts facts{
      "CubaLIF",
      marked(
          "LIF with a synaptic current whose membrane goes to any chosen value after a spike, as "
          "graphs of other programs have it."),
      "i = α i + x\nu = β v + κ i\ns = H(u − θ)\nv = s ? ρ : u\n"
      "α = exp(−Δt / τ_syn)\nβ = exp(−Δt / τ_mem)",
      "Pedersen et al., Nature Communications 2024",
      parameters,
      states,
      NirForm{.threshold = "threshold",
              .membrane = "tau_mem",
              .current = "tau_syn",
              .gain = "gain",
              .reset_to = "reset_to"}};

  /// See AdaptiveLif for what the arguments are.
  template <bool fires, typename V>
  PARALIF_STEP static V step(const V* c, V x, V* state, V& u) {
    state[1] = c[0] * state[1] + x;
    u = c[1] * state[0] + c[2] * state[1];
    const V s = fires ? (u - c[3] > 0 ? V{} + 1 : V{}) : V{};
    state[0] = u + s * (c[4] - u);
    return s;
  }

  template <bool fires, typename V, typename Slope>
  PARALIF_STEP static V adjoint(const V* c, V x, const V* before, V to_spike, V* to_state, V* to_c,
                                const Slope& surrogate) {
    const V i = c[0] * before[1] + x;
    const V u = c[1] * before[0] + c[2] * i;
    const V z = u - c[3];
    const V s = fires ? (z > 0 ? V{} + 1 : V{}) : V{};
    V to_u = (1 - s) * to_state[0];
    to_c[4] += s * to_state[0];
    if constexpr (fires) {
      const V through = to_spike * surrogate(z);
      to_u += through;
      to_c[3] -= through;
    }
    const V to_i = to_state[1] + c[2] * to_u;
    to_c[1] += to_u * before[0];
    to_c[2] += to_u * i;
    to_c[0] += to_i * before[1];
    to_state[0] = c[1] * to_u;
    to_state[1] = c[0] * to_i;
    return to_i;
  }
};

}  // namespace PARALIF_STEP_SPACE
