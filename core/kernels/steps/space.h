// Where a step is compiled: every function of this folder is a template over a value, a vector of
// one instruction set or a plain number, and is instantiated by each sweep that includes it.
//
// With PARALIF_ISA the functions stand in the namespace of that instruction set, so that the linker
// never merges the code of two sets; without it in paralif::scalar, for the GPU and for plain loops.
#pragma once

#if defined(PARALIF_ISA)
#define PARALIF_STEP_SPACE paralif::cpu::PARALIF_ISA
#else
#define PARALIF_STEP_SPACE paralif::scalar
#endif

#if defined(__CUDACC__)
#define PARALIF_STEP __host__ __device__ inline
#else
#define PARALIF_STEP inline
#endif
