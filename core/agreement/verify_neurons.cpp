// Neuron layers against recorded membranes, spikes and gradients.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "core/agreement/spike_comparison.h"
#include "core/agreement/verification_parts.h"
#include "core/neurons/reference_forms.h"

namespace paralif::verification {
namespace {

using torch::Tensor;
using Gradients = std::map<std::string, Tensor>;  // "input" and our parameter names

constexpr std::uint64_t noise_key = 0x51f15eed2024ULL;

double relative_difference(const Tensor& ours, const Tensor& theirs) {
  const Tensor a = ours.to(torch::kFloat64).flatten();
  const Tensor b = theirs.to(torch::kFloat64).flatten();
  const double norm = b.norm().item<double>();
  const double difference = (a - b).norm().item<double>();
  if (std::isnan(difference)) return std::numeric_limits<double>::infinity();
  return norm > 1e-12 ? difference / norm : difference;
}

struct Run {
  Tensor membrane, spikes, feedback;
  Gradients gradients;
};

std::shared_ptr<NeuronLayer> make_layer(const GoldenCase& c, Backend backend,
                                        const std::string& origin) {
  NeuronSettings s = c.settings;
  s.backend = backend;
  auto layer = std::make_shared<NeuronLayer>(s);
  copy_parameters(named_parameters_of(*layer), c.parameters, origin);
  return layer;
}

Run run(NeuronLayer& layer, const GoldenCase& c, torch::ScalarType type) {
  layer.to(type);
  const Tensor x = c.input.to(type).clone().set_requires_grad(true);
  const NeuronOutput out = layer.forward(x, noise_key, true);
  Run result{out.membrane, c.settings.fire ? out.output.detach() : Tensor(),
             out.feedback.defined() ? out.feedback.detach() : Tensor(),
             {}};
  if (!c.grad_output.defined()) return result;
  out.output.backward(c.grad_output.to(type));
  result.gradients["input"] = x.grad();
  for (const auto& parameter : layer.named_parameters()) {
    result.gradients[parameter.key()] = parameter.value().grad();
  }
  return result;
}

/// Worst relative difference; the name of the worst goes to `where`.
double worst_gradient(const Gradients& ours, const Gradients& theirs, std::string& where) {
  double worst = 0.0;
  for (const auto& [name, theirs_value] : theirs) {
    if (!theirs_value.defined()) continue;
    const auto found = ours.find(name);
    const Tensor mine = found != ours.end() && found->second.defined()
                            ? found->second
                            : torch::zeros_like(theirs_value);
    const double difference = mine.numel() == theirs_value.numel()
                                  ? relative_difference(mine, theirs_value)
                                  : std::numeric_limits<double>::infinity();
    if (difference >= worst) {
      worst = difference;
      where = name;
    }
  }
  return worst;
}

Gradients golden_gradients(const GoldenCase& c) {
  Gradients all = c.gradients;
  if (c.grad_input.defined()) all["input"] = c.grad_input;
  return all;
}

void append(std::string& note, const std::string& text) {
  note += (note.empty() ? "" : "; ") + text;
}

/// How far float32 alone moves the gradient of a setting shared by all neurons, whose terms
/// cancel: the published form in float32 against float64.
double rounding_of_sum(const GoldenCase& c, const std::string& name, const std::string& origin) {
  if (name == "input" || !c.gradients.contains(name) || c.gradients.at(name).numel() != 1) return 0;
  const Backend form =
      c.settings.model == NeuronModel::lif ? Backend::sequential : Backend::fft;
  const auto narrow = make_layer(c, form, origin);
  const auto wide = make_layer(c, form, origin);
  const Run in_float = run(*narrow, c, torch::kFloat32);
  const Run in_double = run(*wide, c, torch::kFloat64);
  return relative_difference(in_float.gradients.at(name), in_double.gradients.at(name));
}

void judge_deterministic(const GoldenCase& c, const Run& ours, const NeuronLayer& layer,
                         const std::string& origin, const VerificationLimits& limits,
                         VerifiedCase& result) {
  const SpikeComparison spikes = compare_spikes(c, ours.membrane, ours.spikes,
                                                layer.threshold().detach().to(torch::kFloat32),
                                                limits.membrane);
  result.membrane = spikes.membrane;
  if (c.settings.fire) result.spikes = static_cast<double>(spikes.differing);
  result.passed = spikes.membrane <= limits.membrane && spikes.differing == 0;
  if (spikes.excused > 0) {
    append(result.note, fmt::format("{} spikes differ at the threshold", spikes.excused));
  } else if (spikes.differing == 0 && c.grad_output.defined()) {
    std::string where;
    result.gradient = worst_gradient(ours.gradients, golden_gradients(c), where);
    if (!(result.gradient <= limits.gradient)) {
      const double rounding = rounding_of_sum(c, where, origin);
      result.passed = result.passed && result.gradient <= 4 * rounding;
      append(result.note, result.passed
                              ? fmt::format("gradient of {} sums to near zero, where float32 "
                                            "itself is {:.1e} off",
                                            where, rounding)
                              : "gradient of " + where);
    }
  }
}

using CheckRate = std::function<void(const Tensor& spikes, const Tensor& probability)>;

/// The recorded hidden draws are not in the file, but its membrane gives them away: it must follow
/// from them, and so must ours from our own. False where the case ends here.
bool judge_hidden(const GoldenCase& c, const Run& ours, const NeuronLayer& layer,
                  const SpikeRule& rule, double scale, const CheckRate& check_rate,
                  VerifiedCase& result) {
  const RecoveredFeedback recovered = recovered_feedback(c, layer);
  if (!recovered.spikes.defined()) {
    append(result.note, recovered.found_by);
    result.judged = recovered.contradicted;
    if (recovered.contradicted) result.membrane = std::numeric_limits<double>::infinity();
    return false;
  }
  const torch::NoGradGuard no_grad;
  const Tensor alpha = layer.alpha().to(torch::kFloat64);
  const Tensor beta = layer.beta().to(torch::kFloat64);
  const auto filter = c.parallel ? reference::filter_wrapped : reference::filter_by_fft;
  const Tensor m = filter(c.input.to(torch::kFloat64), alpha, beta);
  const Tensor weight = layer.recurrent->weight.to(torch::kFloat64);
  const Tensor bias = layer.recurrent->bias.to(torch::kFloat64);
  const auto membrane_of = [&](const Tensor& h) {
    return 2 * m + filter(torch::matmul(h.to(torch::kFloat64), weight.t()) + bias, alpha, beta);
  };
  result.membrane =
      std::max((membrane_of(recovered.spikes) - c.membrane).abs().max().item<double>(),
               (membrane_of(ours.feedback) - ours.membrane).abs().max().item<double>()) /
      scale;
  // The step-by-step form feeds nothing back to the first step.
  const std::int64_t first = c.parallel ? 0 : 1;
  const Tensor p = spike_probability(reference::shifted_later(m), rule).slice(1, first);
  if (recovered.unique) check_rate(recovered.spikes.slice(1, first), p);
  check_rate(ours.feedback.slice(1, first), p);
  append(result.note, "hidden spikes recovered by " + recovered.found_by +
                          (recovered.unique ? "" : ", one of several that give this membrane"));
  return true;
}

/// Membrane exact, mean spike probability within its standard error, and the gradient equal to
/// the formula's on the same draws.
void judge_stochastic(const GoldenCase& c, const Run& ours, NeuronLayer& layer,
                      const std::string& origin, const VerificationLimits& limits,
                      VerifiedCase& result) {
  const SpikeRule rule = rule_of(c.settings);
  const bool hidden_draws = c.settings.recurrent && c.settings.recurrent_fire;
  const double scale = std::max(c.membrane.abs().max().item<double>(), 1e-30);
  double worst = 0.0;
  const auto check_rate = [&](const Tensor& spikes, const Tensor& probability) {
    worst = std::max(worst, deviations(spikes, probability));
  };
  if (hidden_draws) {
    if (!judge_hidden(c, ours, layer, rule, scale, check_rate, result)) return;
  } else {
    result.membrane = (ours.membrane - c.membrane).abs().max().item<double>() / scale;
  }
  if (c.settings.fire) {
    check_rate(c.spikes, spike_probability(c.membrane, rule));
    check_rate(ours.spikes, spike_probability(ours.membrane, rule));
    append(result.note, fmt::format("spike rate {:.1f} standard errors off", worst));
  }
  result.passed = result.membrane <= limits.membrane && worst <= limits.deviations;
  if (!c.grad_output.defined()) return;

  // The formula in another form and in float64, on our own draws.
  const Backend other = layer.settings().backend == Backend::sequential
                               ? Backend::fft
                               : Backend::sequential;
  const auto oracle = make_layer(c, other, origin);
  const Run formula = run(*oracle, c, torch::kFloat64);
  std::string where;
  const bool same_draws = !c.settings.fire ||
                          (formula.spikes == ours.spikes.to(torch::kFloat64)).all().item<bool>();
  if (same_draws) result.gradient = worst_gradient(ours.gradients, formula.gradients, where);
  // Bernoulli's gradient does not depend on the draw, so the recorded one must agree as well.
  if (rule.spike_function == SpikeFunction::bernoulli && !hidden_draws) {
    result.gradient = std::max(std::isnan(result.gradient) ? 0.0 : result.gradient,
                               worst_gradient(ours.gradients, golden_gradients(c), where));
  }
  if (result.gradient > limits.gradient) {
    result.passed = false;
    append(result.note, "gradient of " + where);
  }
}

}  // namespace

void verify_neurons(const Hdf5Reader& file, const VerificationLimits& limits,
                    const Report& report) {
  const std::string origin = file.path().string();
  for (const std::string& group : file.members("/")) {
    for (const std::string& entry : file.members(group)) {
      const GoldenCase c = read_case(file, group + "/" + entry);
      for (const Backend backend :
           {Backend::sequential, Backend::fft, Backend::fused}) {
        if (backend == Backend::fft && c.settings.model == NeuronModel::lif) continue;
        VerifiedCase result;
        result.name = c.name;
        result.backend = to_string(backend);
        const auto layer = make_layer(c, backend, origin);
        const Run ours = run(*layer, c, torch::kFloat32);
        const SpikeRule rule = rule_of(c.settings);
        const bool stochastic =
            c.settings.model == NeuronModel::paralif && rule.stochastic() &&
            (c.settings.fire || (c.settings.recurrent && c.settings.recurrent_fire));
        if (stochastic) {
          judge_stochastic(c, ours, *layer, origin, limits, result);
        } else {
          judge_deterministic(c, ours, *layer, origin, limits, result);
        }
        if (!(result.membrane <= limits.membrane)) append(result.note, "membrane");
        report(std::move(result));
      }
    }
  }
}

}  // namespace paralif::verification
