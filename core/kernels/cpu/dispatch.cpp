// Chooses the widest instruction set that this machine runs.
#include "core/kernels/cpu/sweeps.h"

namespace paralif::cpu {

#define DECLARE_ISA(isa)                       \
  namespace isa {                              \
  extern const Sweeps<float> float_sweeps;     \
  extern const Sweeps<double> double_sweeps;   \
  }
DECLARE_ISA(portable)
#if defined(PARALIF_X86)
DECLARE_ISA(avx2)
DECLARE_ISA(avx512)
#endif
#undef DECLARE_ISA

namespace {

enum class Isa { portable, avx2, avx512 };

Isa best() {
#if defined(PARALIF_X86)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw")) {
    return Isa::avx512;
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return Isa::avx2;
#endif
  return Isa::portable;
}

}  // namespace

template <>
const Sweeps<float>& sweeps<float>() {
#if defined(PARALIF_X86)
  if (best() == Isa::avx512) return avx512::float_sweeps;
  if (best() == Isa::avx2) return avx2::float_sweeps;
#endif
  return portable::float_sweeps;
}

template <>
const Sweeps<double>& sweeps<double>() {
#if defined(PARALIF_X86)
  if (best() == Isa::avx512) return avx512::double_sweeps;
  if (best() == Isa::avx2) return avx2::double_sweeps;
#endif
  return portable::double_sweeps;
}

const char* instruction_set() {
  switch (best()) {
    case Isa::avx512: return "AVX-512";
    case Isa::avx2: return "AVX2";
    case Isa::portable: break;
  }
  return "portable";
}

}  // namespace paralif::cpu
