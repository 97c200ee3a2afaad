// The neuron models that are written as one step, as a list that anyone can walk.
#pragma once

#include <string_view>
#include <vector>

#include "core/kernels/cpu/model_args.h"
#include "core/kernels/steps/model.h"

namespace paralif {

struct StepModel {
  StepModelFacts facts;
  cpu::ModelSweeps<float> single_precision;
  cpu::ModelSweeps<double> double_precision;
  int gpu_place = -1;  ///< its kernels in cuda/models.cu; below 0: none

  template <typename T>
  [[nodiscard]] const cpu::ModelSweeps<T>& sweeps() const {
    if constexpr (sizeof(T) == sizeof(float)) return single_precision;
    else return double_precision;
  }
};

/// Those of steps/models.h, then those registered.
const std::vector<StepModel>& step_models();

/// Null for another name.
const StepModel* step_model(std::string_view name);

/// Adds a model of another library or of a test; before anything has asked for the list, whose
/// forms and tables are made once. The texts of its facts must outlive the program's use.
void register_step_model(StepModel model);

/// exp(-time step / p) for a decay and 0 at p = 0; p itself for a value.
double coefficient_of(const StepParameter& parameter, double value, double time_step_s);

}  // namespace paralif
