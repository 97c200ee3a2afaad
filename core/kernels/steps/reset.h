// One step of LIF without a synaptic filter and of its adjoint (SpikingJelly's LIFNode and
// ParametricLIFNode).
//   u = keep v + gain x;  s = H(u - threshold), H(0) = 1;  v = 0 where s (hard), u - threshold (soft)
#pragma once

#include <cstdint>

#include "core/kernels/steps/space.h"

namespace paralif::cpu {

enum class Reset : std::uint8_t { none, hard, soft };  ///< none: the layer does not fire and v = u

}  // namespace paralif::cpu

namespace PARALIF_STEP_SPACE {

using cpu::Reset;

template <typename V>
PARALIF_STEP V reset_potential(const V& keep, const V& gain, const V& x, const V& v) {
  return keep * v + gain * x;
}

template <typename V>
PARALIF_STEP V reset_spike(const V& u, const V& threshold) {
  return u - threshold >= 0 ? V{} + 1 : V{};
}

/// The membrane after the reset.
template <Reset reset, typename V>
PARALIF_STEP V after_reset(const V& u, const V& threshold) {
  if constexpr (reset == Reset::hard) return u - threshold >= 0 ? V{} : u;
  if constexpr (reset == Reset::soft) return u - threshold >= 0 ? u - threshold : u;
  return u;
}

/// Backward through a spike and its reset: d loss / d u. `to_spike` and `to_membrane` are the
/// gradients of s and of v after the reset; `detached`: the reset passes none to s.
/// Adds the threshold's part to `d_threshold`.
template <Reset reset, typename V, typename Slope>
PARALIF_STEP V reset_adjoint(const V& u, const V& threshold, const V& to_membrane, V to_spike,
                             bool detached, const Slope& surrogate, V& d_threshold) {
  if constexpr (reset == Reset::none) {
    return to_membrane;
  } else {
    const V z = u - threshold;
    const auto fired = z >= 0;
    V du = to_membrane;
    if constexpr (reset == Reset::hard) {
      if (!detached) to_spike -= u * to_membrane;
      du = fired ? V{} : to_membrane;
    } else {
      if (!detached) to_spike -= threshold * to_membrane;
      d_threshold -= fired ? to_membrane : V{};
    }
    const V q = to_spike * surrogate(z);
    d_threshold -= q;
    return du + q;
  }
}

}  // namespace PARALIF_STEP_SPACE
