// One build of the passes for one instruction set; PARALIF_ISA names it and its flags choose it.
#include "core/kernels/cpu/filter_adjoint.h"
#include "core/kernels/cpu/filter_sweep.h"
#include "core/kernels/cpu/lif_step.h"
#include "core/kernels/cpu/lif_sweep.h"
#include "core/kernels/cpu/linear_sweep.h"
#include "core/kernels/cpu/model_sweep.h"
#include "core/kernels/cpu/reset_sweep.h"

namespace paralif::cpu::PARALIF_ISA {
namespace {

template <typename T>
std::int64_t items(const Shape& shape) {
  return shape.batch * Tiling<T>(shape).tiles;
}

template <typename T>
void uniform_fill(std::uint64_t key, T* values, std::int64_t begin, std::int64_t end) {
  for (std::int64_t i = begin; i < end; i += Lanes<T>::count) {
    const auto lanes = static_cast<int>(std::min<std::int64_t>(Lanes<T>::count, end - i));
    store<T>(values + i, uniform<T>(key, i), lanes);
  }
}

}  // namespace

extern const Sweeps<float> float_sweeps;
extern const Sweeps<double> double_sweeps;

template <typename T>
constexpr Sweeps<T> sweeps_of() {
  return {items<T>,        filter_ends<T>, filter_forward<T>,   filter_backward<T>,   lif_forward<T>,
          lif_backward<T>, lif_step_forward<T>, lif_step_backward<T>, uniform_fill<T>};
}

extern const LinearSweeps<float> float_linear;
extern const LinearSweeps<double> double_linear;
const LinearSweeps<float> float_linear{gather<float>, dense<float>, scatter<float>,
                                       column_tiles<float>};
const LinearSweeps<double> double_linear{gather<double>, dense<double>, scatter<double>,
                                         column_tiles<double>};

extern const ResetSweeps<float> float_reset;
extern const ResetSweeps<double> double_reset;
const ResetSweeps<float> float_reset{reset_forward<float>, reset_backward<float>};
const ResetSweeps<double> double_reset{reset_forward<double>, reset_backward<double>};

extern const ModelSweeps<float>* const float_models;
extern const ModelSweeps<double>* const double_models;
const ModelSweeps<float>* const float_models = ModelTable<float, StepModels>::entries;
const ModelSweeps<double>* const double_models = ModelTable<double, StepModels>::entries;

const Sweeps<float> float_sweeps = sweeps_of<float>();
const Sweeps<double> double_sweeps = sweeps_of<double>();

}  // namespace paralif::cpu::PARALIF_ISA
