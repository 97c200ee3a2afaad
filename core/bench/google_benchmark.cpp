// Groups of requests as Google Benchmarks.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>

#include "core/bench/suite.h"
#include "core/bench/this_machine.h"
#include "core/experiments/trials.h"
#include "core/kernels/cpu/buffer_pool.h"

namespace paralif::bench {
namespace {

/// Collects the time of every repetition; prints nothing.
class Collector : public benchmark::BenchmarkReporter {
 public:
  explicit Collector(std::vector<Result>& results) : results_(results) {}

  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      if (run.run_type != Run::RT_Iteration) continue;
      const auto index = static_cast<std::size_t>(std::stoul(run.run_name.function_name));
      results_.at(index).samples.ms.push_back(run.GetAdjustedRealTime());
    }
  }

 private:
  std::vector<Result>& results_;
};

/// Random turns can only be asked for as a command line.
void initialize_once() {
  static const bool done = [] {
    std::string name = "paralif";
    std::string turns = "--benchmark_enable_random_interleaving=true";
    char* arguments[] = {name.data(), turns.data(), nullptr};
    int count = 2;
    benchmark::Initialize(&count, arguments);
    return true;
  }();
  static_cast<void>(done);
}

/// The most memory a run needs above what was there before it was set up.
double peak_of(const Request& request) {
  release_idle_buffers();
  if (!reset_peak_memory()) return std::numeric_limits<double>::quiet_NaN();
  const double before = resident_mib();
  const auto probe = probe_of(request);
  probe->run();
  return peak_resident_mib() - before;
}

}  // namespace

std::vector<Result> run_group(const Group& group) {
  initialize_once();
  std::vector<Result> results;
  for (const Request& request : group.requests) results.push_back({request, {}, {}});
  if (group.memory) {
    for (Result& result : results) result.peak_mib = peak_of(result.request);
  }
  std::vector<std::unique_ptr<Probe>> probes;
  benchmark::ClearRegisteredBenchmarks();
  bool any = false;
  for (std::size_t i = 0; i < group.requests.size(); ++i) {
    probes.push_back(probe_of(group.requests[i]));
    Probe* const probe = probes.back().get();
    double pass_ms = time_ms(*probe);
/// A run that used the budget up is repeated where it took less than so many of it.
constexpr double affordable_budgets = 5.0;
    if (pass_ms < own_warm_up_ms) pass_ms = time_ms(*probe);
    const int passes = passes_of_trial(pass_ms);
    const auto fitting = static_cast<int>(
        std::min<double>(group.rounds, group.budget_s * 1000 / std::max(pass_ms * passes, 1e-6)));
    if (fitting == 0) {
      // The first run pays for memory that later ones find there.
      const bool affordable = pass_ms < affordable_budgets * group.budget_s * 1000;
      results[i].samples.ms.push_back(affordable ? time_ms(*probe) : pass_ms);
      continue;
    }
    any = true;
    benchmark::RegisterBenchmark(std::to_string(i).c_str(),
                                 [probe, passes](benchmark::State& state) {
                                   if (passes > 1) probe->run();
                                   for (auto _ : state) probe->run();
                                 })
        ->Iterations(passes)
        ->Repetitions(fitting)
        ->UseRealTime()
        ->Unit(benchmark::kMillisecond);
  }
  Collector collector(results);
  if (any) benchmark::RunSpecifiedBenchmarks(&collector);
  benchmark::ClearRegisteredBenchmarks();
  probes.clear();
  release_idle_buffers();
  return results;
}

}  // namespace paralif::bench
