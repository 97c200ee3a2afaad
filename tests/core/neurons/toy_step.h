// A neuron model of the tests alone: an integrator without a leak that fires with a soft reset.
//   u = v + gain x;  s = H(u - threshold);  v = u - threshold s
#pragma once

#include <array>

#include "core/kernels/steps/model.h"
#include "core/kernels/steps/space.h"

namespace PARALIF_STEP_SPACE {

struct ToyStep {
  static constexpr std::array<StepParameter, 2> parameters{
      StepParameter{"toy_gain", "g", marked("Toy gain"), symbol(""), marked("Of the input."), 0.5,
                    -10.0, 10.0, 0.1, 2.0},
      StepParameter{"threshold", "θ", marked("Threshold"), symbol(""), marked("For a spike."), 1.0,
                    0.0, 1000.0, 0.1, 5.0}};
  static constexpr std::array<std::string_view, 1> states{"membrane"};
  static constexpr StepModelFacts facts{
      "Toy",
      marked("A toy of the tests."),
      "u = v + g x",
      "nowhere",
      parameters,
      states,
      NirForm{.threshold = "threshold", .gain = "toy_gain", .lacks = "resets softly"}};

  template <bool fires, typename V>
  PARALIF_STEP static V step(const V* c, V x, V* state, V& u) {
    u = state[0] + c[0] * x;
    const V s = fires ? (u - c[1] > 0 ? V{} + 1 : V{}) : V{};
    state[0] = u - c[1] * s;
    return s;
  }

  template <bool fires, typename V, typename Slope>
  PARALIF_STEP static V adjoint(const V* c, V x, const V* before, V to_spike, V* to_state, V* to_c,
                                const Slope& surrogate) {
    const V z = before[0] + c[0] * x - c[1];
    V to_u = to_state[0];
    if constexpr (fires) {
      const V s = z > 0 ? V{} + 1 : V{};
      const V through = to_spike * surrogate(z);
      to_u += through;
      to_c[1] -= through + s * to_state[0];
    }
    to_c[0] += to_u * x;
    to_state[0] = to_u;
    return c[0] * to_u;
  }
};

}  // namespace PARALIF_STEP_SPACE
