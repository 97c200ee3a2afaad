// Rules without a network in golden JSON files: the noise of robustness.json, the schedules of
// schedules.json.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "core/agreement/verification_parts.h"

namespace paralif::verification {

/// `probability`: chance of a flip by level in dB; `draws`: noisy trains for uniform draws. Throws
/// Error(file) that names `origin` for anything laid out otherwise; so does the next.
void verify_noise(const nlohmann::json& file, const std::string& origin, const Report& report);

/// An object a schedule, by the beginning of its name: step, cosine (with the period behind it, or
/// the length of its list) and one_cycle with `lr`, `lr_after` and maybe `beta1`; and `sigma`, the
/// width of learned delays.
void verify_schedules(const nlohmann::json& file, const std::string& origin, const Report& report);

}  // namespace paralif::verification
