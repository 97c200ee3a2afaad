#include "core/kernels/cpu/step_models.h"

#include <algorithm>
#include <cmath>

#include "core/kernels/steps/models.h"

namespace paralif {
namespace {

template <typename... Models>
std::vector<StepModel> listed(scalar::ModelList<Models...>) {
  std::vector<StepModel> all;
  const auto add = [&](const StepModelFacts& facts) {
    const int place = static_cast<int>(all.size());
    all.push_back({facts, cpu::model_sweeps<float>(place), cpu::model_sweeps<double>(place), place});
  };
  (add(Models::facts), ...);
  return all;
}

std::vector<StepModel>& models() {
  static std::vector<StepModel> all = listed(scalar::StepModels{});
  return all;
}

}  // namespace

const std::vector<StepModel>& step_models() { return models(); }

const StepModel* step_model(std::string_view name) {
  const auto at = std::ranges::find_if(
      models(), [&](const StepModel& model) { return model.facts.name == name; });
  return at == models().end() ? nullptr : &*at;
}

void register_step_model(StepModel model) { models().push_back(std::move(model)); }

double coefficient_of(const StepParameter& parameter, double value, double time_step_s) {
  if (parameter.coefficient == Coefficient::value) return value;
  return value > 0 ? std::exp(-time_step_s / value) : 0.0;
}

}  // namespace paralif
