// A spike rule kept from the forward to the backward call of an autograd function.
#pragma once

#include <torch/autograd.h>
#include <torch/types.h>

#include "core/values/spike_rule.h"

namespace paralif {

inline void save_rule(torch::autograd::AutogradContext* context, const SpikeRule& rule) {
  context->saved_data["rule"] = std::vector<std::int64_t>{
      static_cast<std::int64_t>(rule.squash), static_cast<std::int64_t>(rule.spike_function),
      static_cast<std::int64_t>(rule.surrogate), static_cast<std::int64_t>(rule.noise_key),
      static_cast<std::int64_t>(rule.from_rest)};
  context->saved_data["scale"] = rule.surrogate_scale;
}

inline SpikeRule saved_rule(torch::autograd::AutogradContext* context) {
  const auto values = context->saved_data["rule"].toIntVector();
  return {static_cast<Squash>(values[0]),
          static_cast<SpikeFunction>(values[1]),
          static_cast<Surrogate>(values[2]),
          context->saved_data["scale"].toDouble(),
          static_cast<std::uint64_t>(values[3]),
          values[4] != 0};
}

}  // namespace paralif
