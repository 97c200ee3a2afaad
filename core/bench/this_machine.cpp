#include "core/bench/this_machine.h"

#include <fmt/format.h>
#include <malloc.h>
#include <torch/version.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <fstream>
#include <limits>
#include <sstream>
#include <thread>

#include "core/kernels/cpu/sweeps.h"
#include "core/kernels/threads.h"

namespace paralif::bench {
namespace {

/// What follows "key   :" in a file of such lines; empty where there is none.
std::string entry_of(const char* path, const std::string& key) {
  std::ifstream file(path);
  std::string line;
  while (std::getline(file, line)) {
    if (!line.starts_with(key)) continue;
    const auto value = line.find_first_not_of(" \t", line.find(':') + 1);
    return value == std::string::npos ? std::string() : line.substr(value);
  }
  return {};
}

double kib_entry_in_mib(const std::string& key) {
  std::istringstream text(entry_of("/proc/self/status", key));
  double kib = std::numeric_limits<double>::quiet_NaN();
  text >> kib;
  return kib / 1024;
}

}  // namespace

Machine this_machine() {
  Machine m;
  m.cpu = entry_of("/proc/cpuinfo", "model name");
  m.cores = static_cast<int>(std::thread::hardware_concurrency());
  m.memory_gib = static_cast<double>(sysconf(_SC_PHYS_PAGES)) *
                 static_cast<double>(sysconf(_SC_PAGE_SIZE)) / (1024.0 * 1024.0 * 1024.0);
  m.instruction_set = cpu::instruction_set();
  m.libtorch = TORCH_VERSION;
#if defined(__clang__)
  m.compiler = fmt::format("Clang {}", __clang_version__);
#else
  m.compiler = fmt::format("GCC {}", __VERSION__);
#endif
  utsname name{};
  if (uname(&name) == 0) m.system = fmt::format("{} {} {}", name.sysname, name.release, name.machine);
  m.threads = available_threads();
  return m;
}

double resident_mib() { return kib_entry_in_mib("VmRSS"); }
double peak_resident_mib() { return kib_entry_in_mib("VmHWM"); }

bool reset_peak_memory() {
  malloc_trim(0);
  std::ofstream file("/proc/self/clear_refs");
  file << "5";
  file.flush();
  return file.good();
}

}  // namespace paralif::bench
