// Points, names and limits of a plan.
#include "core/timing/timing_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "core/kernels/cpu/neuron_models.h"
#include "core/timing/timing_parameters.h"
#include "datasets/error.h"

namespace paralif {
namespace {

constexpr std::int64_t most_elements = 4'000'000'000;
constexpr int most_threads = 1024;

[[noreturn]] void bad_device(const std::string& text) {
  throw Error(Error::Kind::setting, "device", fmt::format("'{}' is no device", text),
              "give cpu, cpu:THREADS, cuda or cuda:NUMBER");
}

std::optional<std::string> problem_of(const TimingCurve& curve) {
  if (std::ranges::find(timing_neurons(), curve.neuron) == timing_neurons().end()) {
    return fmt::format("'{}' is no neuron that can be timed; choose {}", curve.neuron,
                       fmt::join(timing_neurons(), ", "));
  }
  const auto backends = timing_backends(curve.neuron);
  if (std::ranges::find(backends, curve.backend) == backends.end()) {
    return fmt::format("{} has no backend '{}'; choose {}", curve.neuron, curve.backend,
                       fmt::join(backends, " or "));
  }
  return std::nullopt;
}

template <typename T>
bool has_twins(const std::vector<T>& values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::find(values.begin() + static_cast<std::ptrdiff_t>(i) + 1, values.end(), values[i]) !=
        values.end()) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::optional<TimingPass> timing_pass(std::string_view name) {
  for (const TimingPass pass : {TimingPass::forward, TimingPass::forward_backward}) {
    if (name == to_string(pass)) return pass;
  }
  return std::nullopt;
}

std::string to_string(const TimingCurve& curve) {
  return fmt::format("{} {}{}", curve.neuron, curve.backend,
                     curve.pass == TimingPass::forward ? "" : " + backward");
}

std::string curve_text(const TimingCurve& curve) {
  std::string text = fmt::format("{}:{}", curve.neuron, curve.backend);
  if (curve.pass != TimingPass::forward) text += fmt::format(":{}", to_string(curve.pass));
  return text;
}

TimingCurve timing_curve(const std::string& text) {
  const std::size_t first = text.find(':');
  const std::size_t second = first == std::string::npos ? first : text.find(':', first + 1);
  const auto pass = timing_pass(second == std::string::npos ? "forward" : text.substr(second + 1));
  if (first == std::string::npos || !pass) {
    throw Error(Error::Kind::setting, "curve", fmt::format("'{}' cannot be read", text),
                "write NEURON:EVALUATION, such as ParaLIF-T:fused, or "
                "NEURON:EVALUATION:forward+backward");
  }
  return {text.substr(0, first), text.substr(first + 1, second - first - 1), *pass};
}

std::string to_string(const TimingDevice& device) {
  return device.threads > 0 ? fmt::format("{}:{}", device.name, device.threads) : device.name;
}

TimingDevice timing_device(const std::string& text) {
  const std::size_t colon = text.find(':');
  const std::string kind = text.substr(0, colon);
  if (kind != "cpu" && kind != "cuda") bad_device(text);
  if (colon == std::string::npos) return {text, 0};
  int number = -1;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data() + colon + 1, end, number);
  if (read.ec != std::errc() || read.ptr != end || number < (kind == "cpu" ? 1 : 0) ||
      number > most_threads) {
    bad_device(text);
  }
  return kind == "cpu" ? TimingDevice{"cpu", number} : TimingDevice{text, 0};
}

const std::vector<std::string>& timing_neurons() {
  static const std::vector<std::string> names = neuron_model_names(&NeuronModelEntry::in_timing);
  return names;
}

std::vector<std::string> timing_backends(const std::string& neuron) {
  const NeuronModelEntry* model = find_neuron_model(neuron);
  return model == nullptr ? std::vector<std::string>{} : backends_of(*model);
}

std::vector<TimingPoint> points_of(const TimingPlan& plan) {
  std::vector<TimingPoint> points;
  for (const std::int64_t steps : plan.lengths) {
    for (const TimingDevice& device : plan.devices) {
      for (const TimingCurve& curve : plan.curves) {
        points.push_back({curve, device, plan.batch, steps, plan.neurons});
      }
    }
  }
  return points;
}

std::vector<TimingProblem> problems_of(const TimingPlan& plan) {
  std::vector<TimingProblem> problems;
  if (plan.curves.empty()) {
    problems.push_back(
        {"curves", "nothing is chosen to be timed; choose a neuron and its backend"});
  }
  for (const TimingCurve& curve : plan.curves) {
    if (const auto problem = problem_of(curve)) problems.push_back({"curves", *problem});
  }
  if (has_twins(plan.curves)) problems.push_back({"curves", "a neuron is chosen twice"});
  if (plan.devices.empty()) problems.push_back({"devices", "no device is chosen; choose cpu"});
  if (has_twins(plan.devices)) problems.push_back({"devices", "a device is chosen twice"});
  for (auto& [key, problem] : value_problems(timing_parameters(), plan)) {
    const auto at = std::ranges::find(timing_parameters(), key, &Parameter<TimingPlan>::key);
    problems.push_back({std::string(at->option()), std::move(problem)});
  }
  if (plan.lengths.empty()) return problems;
  if (plan.lengths.size() > 200) {
    problems.push_back({"lengths", "give one length to 200 lengths"});
    return problems;
  }
  if (!std::ranges::is_sorted(plan.lengths, std::less_equal{})) {
    problems.push_back({"lengths", "the lengths are not in ascending order, each once"});
  }
  if (problems.empty() && plan.lengths.back() * plan.neurons > most_elements / plan.batch) {
    problems.push_back({"lengths", fmt::format("batch x steps x neurons is above {} billion",
                                               most_elements / 1'000'000'000)});
  }
  return problems;
}

void validate(const TimingPlan& plan) {
  const auto problems = problems_of(plan);
  if (problems.empty()) return;
  throw Error(Error::Kind::setting, problems.front().field, problems.front().sentence);
}

}  // namespace paralif
