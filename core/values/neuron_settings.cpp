#include "core/values/neuron_settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "datasets/error.h"

namespace paralif {
namespace {

struct ModeRow {
  SpikeMode mode;
  std::string_view name;
  Squash squash;
  SpikeFunction spike_function;
};

constexpr std::array mode_rows{
    ModeRow{SpikeMode::gs, "GS", Squash::identity, SpikeFunction::gumbel},
    ModeRow{SpikeMode::sb, "SB", Squash::sigmoid, SpikeFunction::bernoulli},
    ModeRow{SpikeMode::trb, "TRB", Squash::relu_tanh, SpikeFunction::bernoulli},
    ModeRow{SpikeMode::d, "D", Squash::identity, SpikeFunction::delta},
    ModeRow{SpikeMode::sd, "SD", Squash::sigmoid, SpikeFunction::delta},
    ModeRow{SpikeMode::td, "TD", Squash::tanh, SpikeFunction::delta},
    ModeRow{SpikeMode::trd, "TRD", Squash::relu_tanh, SpikeFunction::delta},
    ModeRow{SpikeMode::t, "T", Squash::identity, SpikeFunction::threshold},
    ModeRow{SpikeMode::st, "ST", Squash::sigmoid, SpikeFunction::threshold},
    ModeRow{SpikeMode::tt, "TT", Squash::tanh, SpikeFunction::threshold},
    ModeRow{SpikeMode::trt, "TRT", Squash::relu_tanh, SpikeFunction::threshold},
};

[[noreturn]] void reject(const char* field, const std::string& problem) {
  throw Error(Error::Kind::setting, field, problem);
}

void check_count(const char* field, const std::vector<double>& values, const NeuronSettings& s) {
  const auto count = static_cast<std::int64_t>(values.size());
  if (count > 1 && count != s.neurons && count != s.channels) {
    reject(field, fmt::format("{} values for {} neurons; give one, or one for each neuron", count,
                              s.neurons));
  }
}

void check_tau(const char* field, const std::vector<double>& values, const NeuronSettings& s) {
  check_count(field, values, s);
  for (const double tau : values) {
    if (!(tau >= 0.0) || !std::isfinite(tau)) {
      reject(field, fmt::format("{} s is impossible; give a time constant of 0 or more, or none", tau));
    }
  }
}

}  // namespace

std::string_view to_string(SpikeMode mode) {
  return std::ranges::find(mode_rows, mode, &ModeRow::mode)->name;
}

std::optional<SpikeMode> spike_mode(std::string_view name) {
  const auto* row = std::ranges::find(mode_rows, name, &ModeRow::name);
  if (row == mode_rows.end()) return std::nullopt;
  return row->mode;
}

const std::vector<SpikeMode>& spike_modes() {
  static const std::vector<SpikeMode> modes = [] {
    std::vector<SpikeMode> all;
    for (const ModeRow& row : mode_rows) all.push_back(row.mode);
    return all;
  }();
  return modes;
}

std::string_view to_string(Backend backend) {
  switch (backend) {
    case Backend::sequential: return "sequential";
    case Backend::fft: return "fft";
    case Backend::fused: return "fused";
  }
  return {};
}

std::optional<Backend> backend_named(std::string_view name) {
  for (const Backend e : {Backend::sequential, Backend::fft, Backend::fused}) {
    if (to_string(e) == name) return e;
  }
  return std::nullopt;
}

SpikeRule rule_of(SpikeMode mode) {
  const auto* row = std::ranges::find(mode_rows, mode, &ModeRow::mode);
  SpikeRule rule;
  rule.squash = row->squash;
  rule.spike_function = row->spike_function;
  return rule;
}

void validate(const NeuronSettings& s) {
  if (s.neurons < 1) reject("neurons", fmt::format("{} is impossible; give at least 1", s.neurons));
  if (s.channels < 0 || (s.channels > 0 && s.neurons % s.channels != 0)) {
    reject("channels", fmt::format("{} neurons cannot form {} equal channels", s.neurons, s.channels));
  }
  if (!(s.time_step_s > 0.0) || !std::isfinite(s.time_step_s)) {
    reject("time_step", fmt::format("{} s is impossible; give a time above 0", s.time_step_s));
  }
  check_tau("tau_mem", s.tau_mem_s, s);
  check_tau("tau_syn", s.tau_syn_s, s);
  if (s.threshold.empty()) reject("threshold", "is missing; give one, or one for each neuron");
  check_count("threshold", s.threshold, s);
  for (const double threshold : s.threshold) {
    if (!std::isfinite(threshold)) reject("threshold", "is not a finite number");
  }
  if (!(s.refractory_s >= 0.0) || !std::isfinite(s.refractory_s)) {
    reject("refractory", fmt::format("{} s is impossible; give 0 or more", s.refractory_s));
  }
  if (s.refractory_s > 0.0 && s.model != NeuronModel::lif) {
    reject("refractory", "ParaLIF has no refractory period; leave it out or choose LIF");
  }
  if (s.surrogate_scale && (!(*s.surrogate_scale >= 0.0) || !std::isfinite(*s.surrogate_scale))) {
    reject("surrogate_scale", fmt::format("{} is impossible; give 0 or more, or leave it out",
                                          *s.surrogate_scale));
  }
  if (s.backend == Backend::fft && s.model == NeuronModel::lif) {
    reject("backend", "the reset makes LIF nonlinear, so it has no FFT form; choose fused or "
                         "sequential");
  }
}

SpikeRule rule_of(const NeuronSettings& s) {
  SpikeRule rule = s.model == NeuronModel::paralif ? rule_of(s.mode) : SpikeRule{};
  rule.surrogate = s.surrogate;
  const double standard = s.surrogate == Surrogate::fastsig ? 100.0 : 2.0;
  rule.surrogate_scale = s.surrogate_scale.value_or(standard);
  return rule;
}

}  // namespace paralif
