// Values of parameters as words, as a command line has them.
#pragma once

#include <string>
#include <string_view>

#include "core/values/parameter.h"

namespace paralif {

/// Reads a value written as on the command line ("0.02", "true", "none", "128,64", "128 64") and
/// checks it. Throws Error(setting) that names the flag.
ParameterValue parse_parameter(const ParameterFacts& facts, std::string_view text);

/// Writes a value as parse_parameter reads it.
std::string format_parameter(const ParameterFacts& facts, const ParameterValue& value);

/// The value that an owner has.
template <class Owner, class Of>
std::string parameter_text(const Parameter<Owner>& parameter, const Of& owner) {
  return format_parameter(parameter, parameter.get(owner));
}

/// The explanation and what each choice means, in English.
std::string english_explanation(const ParameterFacts& facts);

}  // namespace paralif
