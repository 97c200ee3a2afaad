#include "core/recording/moment.h"

#include <algorithm>

#include "core/training/network_of.h"

namespace paralif {
namespace {

constexpr std::int64_t examples_at_most = 16;

}  // namespace

ConstantsByLayer constants_of(const Network& network) {
  ConstantsByLayer all;
  for (std::size_t i = 0; i < network.layers().size(); ++i) {
    std::vector<LayerConstant> constants = network.layers()[i]->constants();
    if (!constants.empty()) all[network.description().layers[i].id] = std::move(constants);
  }
  return all;
}

Moment::Pass Moment::pass_of(const std::vector<std::int64_t>& samples) const {
  const SpikeSource& source = *trainer_.data().test;
  Pass pass;
  pass.batch = source.batch(samples, trainer_.test_draw());
  pass.output = trainer_.run(pass.batch, true);
  return pass;
}

const Moment::Pass& Moment::sample_pass() {
  if (!sample_pass_) sample_pass_ = pass_of({sample_});
  return *sample_pass_;
}

const Moment::Pass& Moment::examples() {
  if (!examples_) {
    const std::int64_t all = trainer_.samples_of(*trainer_.data().test);
    const std::int64_t count = std::min(all, examples_at_most);
    std::vector<std::int64_t> samples;
    for (std::int64_t i = 0; i < count; ++i) samples.push_back(i * all / count);
    examples_ = pass_of(samples);
  }
  return *examples_;
}

const ConstantsByLayer& Moment::start() {
  if (!start_) {
    const SignalShape input{0, trainer_.data().train->features()};
    start_ = constants_of(*make_network(experiment_, input, trainer_.data().train->classes()));
  }
  return *start_;
}

}  // namespace paralif
