// Tiles of neurons that fit the cache: fill the input, sweep, gather the spikes.
#include "core/lab/population.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "core/kernels/cpu/sweeps.h"
#include "core/lab/simulate.h"
#include "datasets/error.h"

namespace paralif::lab {
namespace {

constexpr std::size_t tile = 128;  // neurons; input and spikes of 800 steps fit the L2 cache

}  // namespace

Population::Population(std::vector<LabNeuron> neurons, const std::atomic<bool>* cancelled)
    : neurons_(std::move(neurons)), cancelled_(cancelled) {
  for (const LabNeuron& neuron : neurons_) {
    if (neuron.model == LabModel::stepped) {
      throw Error(Error::Kind::setting, "model",
                  neuron.step_name + " cannot be searched: it is no model of the feature tables");
    }
  }
  for (const LabNeuron& neuron : neurons_) threshold_.push_back(sweep_threshold<float>(neuron));
}

void Population::run(const Stimulus& stimulus, std::span<const double> scales, bool membrane,
                     std::vector<Response>& responses) {
  if (decays_for_s_ != stimulus.time_step_s) {
    decays_for_s_ = stimulus.time_step_s;
    alpha_.clear();
    beta_.clear();
    for (const LabNeuron& neuron : neurons_) {
      alpha_.push_back(static_cast<float>(synaptic_decay(neuron, stimulus.time_step_s)));
      beta_.push_back(static_cast<float>(membrane_decay(neuron, stimulus.time_step_s)));
    }
  }
  const std::vector<double> exact = values_of(stimulus);
  const std::vector<float> values(exact.begin(), exact.end());
  responses.resize(size());
  for (std::size_t first = 0; first < size(); first += tile) {
    if (cancelled_ != nullptr && cancelled_->load(std::memory_order_relaxed)) {
      throw SearchCancelled{};
    }
    run_tile(values, scales, membrane, first, std::min(tile, size() - first),
             stimulus.time_step_s * 1e3, responses);
  }
}

void Population::sweep(std::size_t first, std::size_t count, std::int64_t steps, bool membrane) {
  const cpu::Shape shape{1, steps, static_cast<std::int64_t>(count)};
  const auto& sweeps = cpu::sweeps<float>();
  if (neurons_.front().model == LabModel::paralif) {
    cpu::FilterForward<float> pass;
    pass.shape = shape;
    pass.rule = rule_of(neurons_.front());
    pass.rule.noise_key = (seed_ * 0x9e3779b97f4a7c15ULL) ^ (first * 0xff51afd7ed558ccdULL);
    pass.input = input_.data();
    pass.alpha = alpha_.data() + first;
    pass.beta = beta_.data() + first;
    pass.threshold = threshold_.data() + first;
    pass.membrane = membrane ? membrane_.data() : nullptr;
    pass.spikes = spikes_.data();
    sweeps.filter_forward(pass, 0, sweeps.items(shape));
    return;
  }
  cpu::LifForward<float> pass;
  pass.shape = shape;
  pass.input = input_.data();
  pass.alpha = alpha_.data() + first;
  pass.beta = beta_.data() + first;
  pass.threshold = threshold_.data() + first;
  pass.spikes = spikes_.data();
  pass.membrane = membrane ? membrane_.data() : nullptr;
  sweeps.lif_forward(pass, 0, sweeps.items(shape));
}

void Population::run_tile(const std::vector<float>& values, std::span<const double> scales,
                          bool membrane, std::size_t first, std::size_t count, double step_ms,
                          std::vector<Response>& responses) {
  const std::size_t steps = values.size();
  input_.resize(steps * count);
  spikes_.resize(steps * count);
  membrane_.resize(steps * count);
  float gains[tile];
  float backgrounds[tile];
  for (std::size_t n = 0; n < count; ++n) {
    const LabNeuron& neuron = neurons_[first + n];
    const double scale = scales.empty() ? 1.0 : scales[first + n];
    gains[n] = static_cast<float>(neuron.gain * scale);
    backgrounds[n] = static_cast<float>(neuron.background);
  }
  for (std::size_t t = 0; t < steps; ++t) {
    float* row = input_.data() + t * count;
    for (std::size_t n = 0; n < count; ++n) row[n] = backgrounds[n] + gains[n] * values[t];
  }
  sweep(first, count, static_cast<std::int64_t>(steps), membrane);
  neuron_steps_ += static_cast<std::int64_t>(steps * count);

  for (std::size_t n = 0; n < count; ++n) {
    responses[first + n].times_ms.clear();
    responses[first + n].membrane.clear();
  }
  for (std::size_t t = 0; t < steps; ++t) {
    const float* row = spikes_.data() + t * count;
    for (std::size_t begin = 0; begin < count; begin += 16) {
      const std::size_t end = std::min(begin + 16, count);
      std::uint32_t any = 0;
      for (std::size_t n = begin; n < end; ++n) any |= std::bit_cast<std::uint32_t>(row[n]);
      if (any == 0) continue;
      for (std::size_t n = begin; n < end; ++n) {
        if (row[n] > 0.0F) {
          responses[first + n].times_ms.push_back(static_cast<double>(t) * step_ms);
        }
      }
    }
  }
  if (!membrane) return;
  for (std::size_t n = 0; n < count; ++n) {
    auto& trace = responses[first + n].membrane;
    trace.resize(steps);
    for (std::size_t t = 0; t < steps; ++t) trace[t] = membrane_[t * count + n];
  }
}

}  // namespace paralif::lab
