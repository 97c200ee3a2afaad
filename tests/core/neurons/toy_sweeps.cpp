// The sweeps of the toy, as a library of another neuron would make them.
#define PARALIF_ISA toy
#include "tests/core/neurons/toy_step.h"

#include "core/kernels/cpu/model_sweep.h"
#include "core/kernels/cpu/step_models.h"
#include "tests/core/neurons/toy_sweeps.h"

void registerToy() {
  using paralif::cpu::toy::ToyStep;
  paralif::register_step_model({ToyStep::facts, paralif::cpu::toy::model_sweeps_of<ToyStep, float>(),
                                paralif::cpu::toy::model_sweeps_of<ToyStep, double>()});
}
