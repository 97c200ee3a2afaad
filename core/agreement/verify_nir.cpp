// A NIR graph, run by the interpreter, against the outputs of other programs beside it.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/agreement/verification_parts.h"
#include "core/exchange/nir_interpreter.h"
#include "datasets/error.h"

namespace paralif::verification {
namespace {

namespace fs = std::filesystem;

struct Difference {
  double worst = 0.0;      ///< of the largest value
  std::int64_t spikes = 0;
};

Difference difference(const NirTrace& ours, const Array<double>& theirs, const std::string& name,
                      const fs::path& origin) {
  if (ours.values.size() != theirs.values.size()) {
    throw Error(Error::Kind::file, origin.string(),
                fmt::format("'{}' has {} values where the graph gives {}", name,
                            theirs.values.size(), ours.values.size()));
  }
  Difference d;
  double largest = 0.0;
  for (std::size_t i = 0; i < theirs.values.size(); ++i) {
    largest = std::max(largest, std::abs(theirs.values[i]));
    d.worst = std::max(d.worst, std::abs(ours.values[i] - theirs.values[i]));
    if (ours.spikes && ours.values[i] != theirs.values[i]) ++d.spikes;
  }
  if (largest > 0) d.worst /= largest;
  return d;
}

double time_step_in(const Hdf5Reader& file) {
  const auto attributes = file.attributes("/");
  const auto found = attributes.find("time_step");
  const auto* value = found == attributes.end() ? nullptr : std::get_if<double>(&found->second);
  if (value != nullptr) return *value;
  throw Error(Error::Kind::file, file.path().string(), "has no attribute 'time_step' (s)",
              "a graph has no time step of its own");
}

}  // namespace

void verify_nir(const fs::path& path, const VerificationLimits& limits, const Report& report) {
  const NirGraph graph = read_nir(path);
  fs::path beside = path;
  beside.replace_extension(".h5");
  const Hdf5Reader file(beside);
  NirRun run;
  try {
    run = run_nir(graph, file.doubles("input"), time_step_in(file));
  } catch (const Error& error) {
    if (error.kind() != Error::Kind::setting) throw;
    throw Error(Error::Kind::file, path.string(), error.what());
  }
  VerifiedCase result;
  result.name = path.stem().string();
  result.backend = "Euler";
  result.membrane = 0.0;
  result.spikes = 0.0;
  std::string first;  // node that differs, in the order of names
  const auto compare = [&](const std::string& name, const NirTrace& trace, const std::string& in) {
    const Difference d = difference(trace, file.doubles(in), in, beside);
    if (trace.spikes) {
      result.spikes += static_cast<double>(d.spikes);
    } else {
      result.membrane = std::max(result.membrane, d.worst);
    }
    const bool good = trace.spikes ? d.spikes == 0 : d.worst <= limits.exchange;
    if (!good && first.empty()) first = name;
  };
  compare("output", run.nodes.at(run.output), "output");
  for (const auto& [name, trace] : run.nodes) {
    if (file.contains("node/" + name)) compare(name, trace, "node/" + name);
  }
  result.passed = first.empty();
  result.note = result.passed ? fmt::format("{} nodes", graph.nodes.size())
                              : fmt::format("differs from node '{}' on", first);
  report(result);
}

}  // namespace paralif::verification
