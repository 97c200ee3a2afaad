// The machine that a measurement was made on.
#pragma once

#include <string>

namespace paralif::bench {

struct Machine {
  std::string cpu;
  int cores = 0;
  double memory_gib = 0.0;
  std::string instruction_set;  ///< of the fused passes: AVX-512, AVX2 or portable
  std::string libtorch;
  std::string compiler;
  std::string system;
  int threads = 0;  ///< used where a request does not say
};

}  // namespace paralif::bench
