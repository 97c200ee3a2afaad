// "constants": what neurons and connections have besides weights (time constants, thresholds,
// delays), now and before training. For each "<layer id>.<constant>", such as "n1.tau_mem":
// ".mean" (2): now, at the start; and where there are several values ".edges" (bins + 1), ".now"
// and ".start" (bins): how many lie in each bin.
#include <algorithm>
#include <cmath>

#include "core/recording/recorder.h"
#include "core/recording/tensor_array.h"

namespace paralif {
namespace {

constexpr std::int64_t most_bins = 50;

/// As LayerConstant says.
std::string_view unit_of(std::string_view constant) {
  if (constant == "tau_mem" || constant == "tau_syn") return "s";
  return constant == "tau" || constant == "delay" ? "time steps" : "";
}

torch::Tensor plain(const torch::Tensor& values) {
  const torch::Tensor flat =
      values.detach().to(torch::kCPU, torch::kFloat64).reshape({-1}).contiguous();
  return flat.masked_select(flat.isfinite());
}

double mean_of(const torch::Tensor& values) {
  return values.numel() == 0 ? std::nan("") : values.mean().item<double>();
}

RecordArray counts_of(std::string name, const torch::Tensor& values, double low, double width,
                      std::int64_t bins) {
  RecordArray counts{std::move(name), {bins}, std::vector<float>(static_cast<std::size_t>(bins)),
                     "values"};
  const double* const first = values.data_ptr<double>();
  for (std::int64_t i = 0; i < values.numel(); ++i) {
    const auto bin = static_cast<std::int64_t>((first[i] - low) / width);
    counts.values[static_cast<std::size_t>(std::clamp<std::int64_t>(bin, 0, bins - 1))] += 1.0F;
  }
  return counts;
}

void add_histograms(Record& record, const std::string& name, const torch::Tensor& now,
                    const torch::Tensor& start, const std::string& unit) {
  const bool whole_numbers = name.ends_with(".delay");
  double low = std::min(now.min().item<double>(), start.min().item<double>());
  double high = std::max(now.max().item<double>(), start.max().item<double>());
  std::int64_t bins = most_bins;
  if (whole_numbers) {
    low = std::round(low) - 0.5;
    high = std::round(high) + 0.5;
    bins = std::clamp<std::int64_t>(std::llround(high - low), 1, 4 * most_bins);
  }
  if (!(high > low)) high = low + std::max(1e-9, std::abs(low) * 1e-6);
  const double width = (high - low) / static_cast<double>(bins);
  RecordArray edges{name + ".edges", {bins + 1}, {}, unit};
  for (std::int64_t i = 0; i <= bins; ++i) {
    edges.values.push_back(static_cast<float>(low + static_cast<double>(i) * width));
  }
  record.arrays.push_back(std::move(edges));
  record.arrays.push_back(counts_of(name + ".now", now, low, width, bins));
  record.arrays.push_back(counts_of(name + ".start", start, low, width, bins));
}

class ConstantsRecorder final : public Recorder {
 public:
  [[nodiscard]] std::string_view id() const override { return "constants"; }
  [[nodiscard]] Text title() const override { return marked("Time constants and delays"); }
  [[nodiscard]] Text explanation() const override {
    return marked("Time constants, thresholds and delays of each layer, and how they are spread.");
  }

  [[nodiscard]] bool applies(const Network& network) const override {
    return !constants_of(network).empty();
  }

  [[nodiscard]] Record look(Moment& moment) const override {
    Record record;
    const ConstantsByLayer& start = moment.start();
    for (const auto& [layer, constants] : constants_of(moment.network())) {
      for (std::size_t i = 0; i < constants.size(); ++i) {
        const std::string name = layer + "." + std::string(constants[i].name);
        const torch::Tensor now = plain(constants[i].values);
        const torch::Tensor before = plain(start.at(layer).at(i).values);
        const std::string unit(unit_of(constants[i].name));
        record.arrays.push_back({name + ".mean",
                                 {2},
                                 {static_cast<float>(mean_of(now)),
                                  static_cast<float>(mean_of(before))},
                                 unit});
        if (now.numel() < 2 || before.numel() < 2) continue;
        add_histograms(record, name, now, before, unit);
      }
    }
    return record;
  }

  /// As if every layer of neurons had two constants of one value each, and every layer of delays
  /// one of many.
  [[nodiscard]] std::optional<RecordSize> size(const RecordedNetwork& network) const override {
    RecordSize size;
    for (const LayerDescription& layer : network.network.layers) {
      if (layer.kind.find("neuron") != std::string::npos) {
        size.arrays.push_back({2.0, 2.0});
      } else if (layer.kind.find("delay") != std::string::npos) {
        size.arrays.push_back({static_cast<double>(most_bins), 3.0});
        size.arrays.push_back({2.0, 1.0});
      }
    }
    return size;
  }
};

}  // namespace

const Recorder& constants_recorder() {
  static const ConstantsRecorder recorder;
  return recorder;
}

}  // namespace paralif
