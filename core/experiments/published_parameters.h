// An experiment under the names of the published run script, as its result files keep it.
#pragma once

#include <string>

#include "core/experiments/experiment.h"

namespace paralif {

/// What a result file says of the data beside the flags.
struct PublishedFacts {
  std::int64_t inputs = 0;
  std::int64_t classes = 0;
  std::int64_t train_samples = 0;  ///< trained on in an epoch
};

/// A JSON object: every published flag with its value, `input_size`, `nb_class` and `device`, then
/// the flags of our own.
std::string published_parameters(const Experiment& experiment, const PublishedFacts& facts);

}  // namespace paralif
