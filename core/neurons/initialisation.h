// First values of weights, drawn from a generator of the network's own.
#pragma once

#include <torch/types.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace paralif {

/// "pytorch": Kaiming uniform with a = sqrt 5, within 1 / sqrt(fan in), biases within the same;
/// "kaiming_uniform": gain 1, within sqrt(3 / fan in), biases 0 (the published dense network);
/// "kaiming_relu": within sqrt(6 / fan in), biases 0; "xavier_uniform": within
/// sqrt(6 / (fan in + fan out)), biases 0; "zero"; "published": as "kaiming_uniform" after the
/// draws of "pytorch", which the published code makes first and throws away, so that a seed gives
/// the numbers it always gave.
const std::vector<std::string>& initialisations();

/// A generator of its own, so that no other draw in the process can change what it gives.
torch::Generator weight_generator(std::uint64_t seed);

/// A weight (outputs, inputs, kernel...) and its bias; the bias may be undefined.
void initialise(torch::Tensor weight, torch::Tensor bias, std::string_view scheme,
                torch::Generator generator);

}  // namespace paralif
