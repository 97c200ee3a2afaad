// First values of weights, drawn from a generator of the network's own.
#pragma once

#include <torch/types.h>

#include <string>
#include <string_view>
#include <vector>

namespace paralif {

/// "pytorch": Kaiming uniform with a = sqrt 5, within 1 / sqrt(fan in), biases within the same;
/// "kaiming_uniform": gain 1, within sqrt(3 / fan in), biases 0 (the published dense network);
/// "kaiming_relu": within sqrt(6 / fan in), biases 0; "xavier_uniform": within
/// sqrt(6 / (fan in + fan out)), biases 0; "zero".
const std::vector<std::string>& initialisations();

/// A weight (outputs, inputs, kernel...) and its bias; the bias may be undefined.
void initialise(torch::Tensor weight, torch::Tensor bias, std::string_view scheme,
                torch::Generator generator);

}  // namespace paralif
