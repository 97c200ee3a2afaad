#include "core/recording/moment.h"

#include <algorithm>

#include "core/recording/decision_mapper.h"
#include "core/training/network_of.h"

namespace paralif {

ConstantsByLayer constants_of(const Network& network) {
  ConstantsByLayer all;
  for (std::size_t i = 0; i < network.layers().size(); ++i) {
    std::vector<LayerConstant> constants = network.layers()[i]->constants();
    if (!constants.empty()) all[network.description().layers[i].id] = std::move(constants);
  }
  return all;
}

std::int64_t Moment::epoch() const {
  return epoch_shown(sources_.trainer);
}

std::int64_t Moment::sample() const {
  return std::clamp(sources_.request.sample, std::int64_t{0},
                    sources_.trainer.data().test->samples() - 1);
}

Moment::Pass Moment::pass_of(const std::vector<std::int64_t>& samples) const {
  const SpikeSource& source = *sources_.trainer.data().test;
  Pass pass;
  pass.batch = source.batch(samples, sources_.trainer.test_draw());
  pass.output = sources_.trainer.run(pass.batch, true);
  return pass;
}

const Moment::Pass& Moment::sample_pass() {
  if (!sample_pass_) sample_pass_ = pass_of({sample()});
  return *sample_pass_;
}

SampleProbe Moment::sample_facts() {
  const SpikeSource& source = *sources_.trainer.data().test;
  const NetworkOutput& out = sample_pass().output;
  SampleProbe facts;
  facts.sample = sample();
  facts.label = source.label(sample());
  facts.predicted = sources_.trainer.scores(out).argmax(1).item<std::int64_t>();
  facts.steps = out.readout.size(1);
  facts.time_step_s = source.step_s();
  facts.epoch = epoch();
  return facts;
}

const Moment::Pass& Moment::examples() {
  if (!examples_) {
    const std::int64_t all = sources_.trainer.samples_of(*sources_.trainer.data().test);
    const std::int64_t count = std::min(all, examples_at_most);
    std::vector<std::int64_t> samples;
    for (std::int64_t i = 0; i < count; ++i) samples.push_back(i * all / count);
    examples_ = pass_of(samples);
  }
  return *examples_;
}

const ConstantsByLayer& Moment::start() {
  if (!sources_.start) {
    const SignalShape input{0, sources_.trainer.data().train->features()};
    sources_.start = constants_of(*make_network(sources_.experiment, input, sources_.trainer.data().train->classes()));
  }
  return *sources_.start;
}

}  // namespace paralif
