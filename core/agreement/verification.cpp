#include "core/agreement/verification.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/agreement/verification_parts.h"
#include "core/agreement/verify_rules.h"
#include "core/values/json_document.h"
#include "datasets/error.h"

namespace paralif {
namespace {

enum class Layout { neurons, training, yin_yang, networks, unknown };

Layout layout_of(const Hdf5Reader& file) {
  for (const std::string& group : file.members("/")) {
    if (!file.is_group(group)) continue;
    if (file.contains(group + "/losses")) return Layout::training;
    if (file.contains(group + "/values")) return Layout::yin_yang;
    for (const std::string& entry : file.members(group)) {
      if (file.contains(group + "/" + entry + "/membrane")) return Layout::neurons;
      if (file.contains(group + "/" + entry + "/parameter")) return Layout::networks;
    }
  }
  return Layout::unknown;
}

void verify_json(const std::filesystem::path& path, const verification::Report& report) {
  const nlohmann::json file = read_json(path);
  const auto has = [&](const char* key) { return file.is_object() && file.contains(key); };
  const bool schedules = file.is_object() && std::ranges::any_of(file, [](const auto& one) {
    return one.is_object() && (one.contains("lr") || one.contains("sigma"));
  });
  if (has("probability") || has("draws")) {
    verification::verify_noise(file, path.string(), report);
  } else if (schedules) {
    verification::verify_schedules(file, path.string(), report);
  } else {
    throw Error(Error::Kind::file, path.string(), "holds neither noise nor schedules",
                "give a file laid out as robustness.json or schedules.json");
  }
}

}  // namespace

std::vector<VerifiedCase> verify_file(const std::filesystem::path& path,
                                      const std::function<void(const VerifiedCase&)>& report,
                                      const VerificationLimits& limits) {
  std::vector<VerifiedCase> cases;
  const verification::Report collect = [&](VerifiedCase one) {
    if (report) report(one);
    cases.push_back(std::move(one));
  };
  if (path.extension() == ".nir") {
    verification::verify_nir(path, limits, collect);
    return cases;
  }
  if (path.extension() == ".pt" || path.extension() == ".pth") {
    verification::verify_state_dict(path, limits, collect);
    return cases;
  }
  if (path.extension() == ".json") {
    verify_json(path, collect);
    return cases;
  }
  const Hdf5Reader file(path);
  switch (layout_of(file)) {
    case Layout::neurons: verification::verify_neurons(file, limits, collect); break;
    case Layout::training: verification::verify_training(file, limits, collect); break;
    case Layout::yin_yang: verification::verify_yin_yang(file, collect); break;
    case Layout::networks: verification::verify_networks(file, limits, collect); break;
    case Layout::unknown:
      throw Error(Error::Kind::file, path.string(),
                  "holds no neuron, training, network or Yin-Yang cases",
                  "give a file laid out as neurons.h5, training.h5, networks.h5 or yinyang.h5");
  }
  return cases;
}

}  // namespace paralif
