// Chooses the widest instruction set that this machine runs.
#include <cstdlib>
#include <string_view>

#include "core/kernels/cpu/linear_args.h"
#include "core/kernels/cpu/model_args.h"
#include "core/kernels/cpu/reset_args.h"
#include "core/kernels/cpu/sweeps.h"

namespace paralif::cpu {

#define DECLARE_ISA(isa)                          \
  namespace isa {                                 \
  extern const Sweeps<float> float_sweeps;        \
  extern const Sweeps<double> double_sweeps;      \
  extern const LinearSweeps<float> float_linear;  \
  extern const LinearSweeps<double> double_linear; \
  extern const ResetSweeps<float> float_reset;    \
  extern const ResetSweeps<double> double_reset;  \
  extern const ModelSweeps<float>* const float_models;   \
  extern const ModelSweeps<double>* const double_models; \
  }
DECLARE_ISA(portable)
#if defined(PARALIF_X86)
DECLARE_ISA(avx2)
DECLARE_ISA(avx512)
#endif
#undef DECLARE_ISA

namespace {

/// All passes of one instruction set.
struct Set {
  const char* name;
  const Sweeps<float>& float_sweeps;
  const Sweeps<double>& double_sweeps;
  const LinearSweeps<float>& float_linear;
  const LinearSweeps<double>& double_linear;
  const ResetSweeps<float>& float_reset;
  const ResetSweeps<double>& double_reset;
  const ModelSweeps<float>* float_models;
  const ModelSweeps<double>* double_models;
};

/// Whether a set may be used: PARALIF_INSTRUCTION_SET can hold the machine back to a lesser one.
bool allowed(std::string_view name) {
  const char* const wanted = std::getenv("PARALIF_INSTRUCTION_SET");
  return wanted == nullptr || *wanted == '\0' || name == wanted;
}

Set best() {
#if defined(PARALIF_X86)
  if (allowed("AVX-512") && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw")) {
    return {"AVX-512", avx512::float_sweeps, avx512::double_sweeps, avx512::float_linear,
            avx512::double_linear, avx512::float_reset, avx512::double_reset,
            avx512::float_models, avx512::double_models};
  }
  if (allowed("AVX2") && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    return {"AVX2", avx2::float_sweeps, avx2::double_sweeps, avx2::float_linear,
            avx2::double_linear, avx2::float_reset, avx2::double_reset,
            avx2::float_models, avx2::double_models};
  }
#endif
  return {"portable", portable::float_sweeps, portable::double_sweeps, portable::float_linear,
          portable::double_linear, portable::float_reset, portable::double_reset,
            portable::float_models, portable::double_models};
}

const Set& chosen() {
  static const Set set = best();
  return set;
}

}  // namespace

template <>
const Sweeps<float>& sweeps<float>() {
  return chosen().float_sweeps;
}
template <>
const Sweeps<double>& sweeps<double>() {
  return chosen().double_sweeps;
}
template <>
const LinearSweeps<float>& linear_sweeps<float>() {
  return chosen().float_linear;
}
template <>
const LinearSweeps<double>& linear_sweeps<double>() {
  return chosen().double_linear;
}

template <>
const ResetSweeps<float>& reset_sweeps<float>() {
  return chosen().float_reset;
}
template <>
const ResetSweeps<double>& reset_sweeps<double>() {
  return chosen().double_reset;
}

template <>
const ModelSweeps<float>& model_sweeps<float>(int model) {
  return chosen().float_models[model];
}
template <>
const ModelSweeps<double>& model_sweeps<double>(int model) {
  return chosen().double_models[model];
}

const char* instruction_set() { return chosen().name; }

bool has_bfloat16() {
#if defined(PARALIF_X86)
  return __builtin_cpu_supports("avx512bf16") != 0;
#else
  return false;
#endif
}

}  // namespace paralif::cpu
