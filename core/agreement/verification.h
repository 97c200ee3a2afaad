// Agreement of our implementations with recorded outputs of the published code.
#pragma once

#include <filesystem>
#include <functional>
#include <limits>
#include <string>
#include <vector>

namespace paralif {

/// One case of a golden file, run by one backend. Differences are NaN where they do not apply.
struct VerifiedCase {
  std::string name;        ///< such as "LIF/003" or "training 00-LIF-ff-mean"
  std::string backend;  ///< sequential, fft, fused, or "generator"
  double membrane = std::numeric_limits<double>::quiet_NaN();  ///< worst, over the largest value
  double spikes = std::numeric_limits<double>::quiet_NaN();    ///< spikes that differ unexcused
  double gradient = std::numeric_limits<double>::quiet_NaN();  ///< worst relative L2 difference
  double loss = std::numeric_limits<double>::quiet_NaN();      ///< worst loss difference of a step
  double value = std::numeric_limits<double>::quiet_NaN();  ///< worst relative, of a rule's value
  bool passed = false;
  bool judged = true;  ///< false: nothing can be said of it; the note says why
  std::string note;  ///< what was excused, or what failed
};

/// The tolerances of agreement.
struct VerificationLimits {
  double membrane = 1e-4;   ///< of the largest membrane value; also "near the threshold"
  double gradient = 1e-3;   ///< relative L2
  double loss = 2e-3;       ///< absolute, every step
  double exchange = 1e-5;   ///< of a node's or a network's largest output, for graphs and weights
  double network_output = 1e-3;    ///< of a network's largest output
  double network_gradient = 1e-2;  ///< relative L2, worst parameter of a network
  double deviations = 4.0;  ///< standard errors of a mean spike probability
};

/// Runs every case of a file laid out as neurons.h5, training.h5, yinyang.h5 or networks.h5, or the
/// one of a .nir graph or a .pt state_dict with an .h5 of the same name beside it, or the rules of a
/// .json file laid out as robustness.json or schedules.json, and reports each as it is done. Throws Error(file) for anything else.
std::vector<VerifiedCase> verify_file(const std::filesystem::path& path,
                                      const std::function<void(const VerifiedCase&)>& report = {},
                                      const VerificationLimits& limits = {});

}  // namespace paralif
