// One step of ParaLIF's filter, two one-pole filters in a row, and of its adjoint.
//   I = alpha I + x;  v = beta v + (1 - beta) I
#pragma once

#include "core/kernels/steps/space.h"

namespace PARALIF_STEP_SPACE {

template <typename V>
PARALIF_STEP void filter_step(const V& alpha, const V& beta, const V& x, V& current, V& v) {
  current = alpha * current + x;
  v = beta * v + (1 - beta) * current;
}

/// Backward in time: lambda is d loss / d v, mu is d loss / d I (and d x); g what v receives.
template <typename V>
PARALIF_STEP void filter_adjoint(const V& alpha, const V& beta, const V& g, V& lambda, V& mu) {
  lambda = g + beta * lambda;
  mu = (1 - beta) * lambda + alpha * mu;
}

}  // namespace PARALIF_STEP_SPACE
