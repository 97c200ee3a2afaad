#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/agreement/verify_rules.h"
#include "core/encoding/flip_noise.h"
#include "datasets/error.h"

namespace paralif::verification {
namespace {

using Json = nlohmann::json;
using Sizes = std::vector<std::int64_t>;

/// Trains (batch, time, unit), units fastest.
SpikeBatch batch_of(const std::vector<float>& spikes, const Sizes& shape) {
  const auto values = static_cast<std::int64_t>(spikes.size());
  const auto impossible = [&](std::int64_t size) { return size < 1 || size > values; };
  if (shape.size() != 3 || std::ranges::any_of(shape, impossible) || shape[0] > values / shape[1] ||
      shape[0] * shape[1] > values / shape[2] || values != shape[0] * shape[1] * shape[2]) {
    throw Error(Error::Kind::file, "", "has a train of another size than its shape");
  }
  SpikeBatch batch;
  batch.samples = shape[0];
  batch.steps = shape[1];
  batch.inputs = shape[2];
  batch.row_start.push_back(0);
  for (std::size_t i = 0; i < spikes.size(); ++i) {
    if (spikes[i] != 0.0F) {
      batch.unit.push_back(static_cast<std::int32_t>(i % static_cast<std::size_t>(shape[2])));
      batch.value.push_back(spikes[i]);
    }
    if ((i + 1) % static_cast<std::size_t>(shape[2]) == 0) batch.row_start.push_back(batch.events());
  }
  return batch;
}

std::vector<float> dense(const SpikeBatch& batch) {
  std::vector<float> all(static_cast<std::size_t>(batch.samples * batch.steps * batch.inputs));
  for (std::size_t row = 0; row + 1 < batch.row_start.size(); ++row) {
    for (auto i = static_cast<std::size_t>(batch.row_start[row]);
         i < static_cast<std::size_t>(batch.row_start[row + 1]); ++i) {
      all[row * static_cast<std::size_t>(batch.inputs) + static_cast<std::size_t>(batch.unit[i])] =
          batch.value.empty() ? 1.0F : batch.value[i];
    }
  }
  return all;
}

/// float32 by another order of operations may differ in its last bits.
constexpr double allowed = 1e-6;

void verify_probability(const Json& one, const Report& report) {
  const SpikeBatch batch =
      batch_of(one.at("spikes").get<std::vector<float>>(), one.at("shape").get<Sizes>());
  for (const auto& [level, expected] : one.at("probability").items()) {
    VerifiedCase result;
    result.name = fmt::format("probability {} {} dB", one.at("name").get<std::string>(), level);
    result.backend = "rule";
    const double theirs = expected.get<double>();
    const double ours = flip_probability(batch, std::stod(level));
    result.value = theirs == 0.0 ? std::abs(ours) : std::abs(ours - theirs) / std::abs(theirs);
    result.passed = result.value <= allowed;
    report(result);
  }
}

void verify_draws(const Json& one, const Report& report) {
  const SpikeBatch batch =
      batch_of(one.at("spikes").get<std::vector<float>>(), one.at("shape").get<Sizes>());
  const auto draws = one.at("uniform").get<std::vector<float>>();
  for (const auto& [level, expected] : one.at("noisy").items()) {
    VerifiedCase result;
    result.name = fmt::format("flips {} {} dB", one.at("name").get<std::string>(), level);
    result.backend = "rule";
    const auto theirs = expected.at("noisy").get<std::vector<float>>();
    if (draws.size() != dense(batch).size() || theirs.size() != draws.size()) {
      throw Error(Error::Kind::file, "", "has draws of another size than its train");
    }
    // Where a draw is the probability itself, only the recorded float decides as they did.
    const float probability = one.value("exact_probability_needed", false)
                                  ? expected.at("probability").get<float>()
                                  : flip_probability(batch, std::stod(level));
    const auto ours = dense(flipped(batch, probability, [&](std::uint64_t place) {
      return draws[static_cast<std::size_t>(place)];
    }));
    std::size_t differ = 0;
    for (std::size_t i = 0; i < ours.size(); ++i) differ += ours[i] != theirs[i] ? 1 : 0;
    result.spikes = static_cast<double>(differ);
    result.passed = differ == 0;
    report(result);
  }
}

}  // namespace

void verify_noise(const Json& file, const std::string& origin, const Report& report) {
  try {
    for (const Json& one : file.value("probability", Json::array())) verify_probability(one, report);
    for (const Json& one : file.value("draws", Json::array())) verify_draws(one, report);
  } catch (const Json::exception& error) {
    throw Error(Error::Kind::file, origin, "is not laid out as robustness.json");
  } catch (const std::invalid_argument&) {
    throw Error(Error::Kind::file, origin, "has a level of noise that is no number");
  } catch (const std::out_of_range&) {
    throw Error(Error::Kind::file, origin, "has a level of noise that is out of range");
  } catch (const Error& error) {
    if (!error.subject().empty()) throw;
    throw Error(Error::Kind::file, origin, "is not laid out as robustness.json",
                "each train needs as many values as its shape says");
  }
}

}  // namespace paralif::verification
