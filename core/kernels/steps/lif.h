// One step of LIF and of its adjoint, for every sweep that has one.
//   I = alpha I + x;  u = beta v + (1 - beta) I m;  s = H(u - threshold), H(0) = 0;  v = u (1 - s)
// m is 0 while refractory, else 1. The reset passes no gradient to s, as published.
#pragma once

#include "core/kernels/steps/space.h"

namespace PARALIF_STEP_SPACE {

/// The potential u before the reset; moves the current on. With `refractory` it counts down `wait`
/// (steps) first and gives the gate m.
template <bool refractory, typename V>
PARALIF_STEP V lif_potential(V alpha, V beta, V x, V v, V& current,
                             V& wait, V& gate) {
  current = alpha * current + x;
  V drive = (1 - beta) * current;
  if constexpr (refractory) {
    wait -= 1;
    gate = wait > 0 ? V{} : V{} + 1;
    drive *= gate;
  }
  return beta * v + drive;
}

template <typename V>
PARALIF_STEP V lif_spike(V u, V threshold) {
  return u - threshold > 0 ? V{} + 1 : V{};
}

/// The membrane after the reset.
template <typename V>
PARALIF_STEP V lif_reset(V u, V threshold) {
  return u - threshold > 0 ? V{} : u;
}

/// `wait` after a step: `period` where it fired.
template <typename V>
PARALIF_STEP V lif_wait(V u, V threshold, V wait, V period) {
  return u - threshold > 0 ? period : wait;
}

/// Backward in time. `z` is u - threshold, `q` the gradient that the spike sends to u, `carried`
/// what the membrane after the reset receives: beta lambda of the later step, and any gradient of
/// its own. lambda becomes d loss / d u, mu d loss / d I (and d x).
template <bool refractory, typename V>
PARALIF_STEP void lif_adjoint(V alpha, V beta, V z, V q,
                              V carried, V gate, V& lambda, V& mu) {
  lambda = q + (z > 0 ? V{} : carried);
  V to_current = (1 - beta) * lambda;
  if constexpr (refractory) to_current *= gate;
  mu = to_current + alpha * mu;
}

/// Adds a step's part of d loss / d alpha and d loss / d beta. `v` and `earlier_current` are those
/// of the step before.
template <bool refractory, typename V>
PARALIF_STEP void lif_decay_gradients(V lambda, V mu, V v, V current,
                                      V earlier_current, V gate, V& d_alpha,
                                      V& d_beta) {
  if constexpr (refractory) {
    d_beta += lambda * (v - current * gate);
  } else {
    d_beta += lambda * (v - current);
  }
  d_alpha += mu * earlier_current;
}

}  // namespace PARALIF_STEP_SPACE
