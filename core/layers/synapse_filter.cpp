// Synapse filter: a trace of the spikes that decays while there are none. Per step, from 0:
// y = y (1 - (1 - x) / tau) + x, tau in steps. Learned as 1/tau = sigmoid(w).
// Source: Fang et al. (2020), as SpikingJelly has it and the published delay example offers it.
#include <cmath>

#include "core/kernels/interruption.h"
#include "core/layers/layer_kind_of.h"
#include "core/layers/layer_kinds.h"

namespace paralif {
namespace {

struct SynapseFilterSettings {
  double tau = 2.0;
  bool learned = false;
};

class SynapseFilterModule final : public LayerModule {
 public:
  explicit SynapseFilterModule(const SynapseFilterSettings& s) : rate_(1.0 / s.tau) {
    if (!s.learned) return;
    w_ = register_parameter("w", torch::full({}, -std::log(s.tau - 1.0), torch::kFloat32));
  }

  torch::Tensor forward(const torch::Tensor& x, LayerPass&) override {
    const torch::Tensor rate = w_.defined() ? torch::sigmoid(w_) : torch::full({}, rate_, x.options());
    const torch::Tensor kept = 1.0 - (1.0 - x) * rate;
    torch::Tensor y = torch::zeros_like(x.select(1, 0));
    std::vector<torch::Tensor> steps;
    for (std::int64_t t = 0; t < x.size(1); ++t) {
      throw_if_interrupted();
      y = y * kept.select(1, t) + x.select(1, t);
      steps.push_back(y);
    }
    return torch::stack(steps, 1);
  }

  [[nodiscard]] std::vector<LayerConstant> constants() const override {
    if (!w_.defined()) return {{"tau", torch::full({}, 1.0 / rate_)}};
    return {{"tau", 1.0 / torch::sigmoid(w_.detach())}};
  }

 private:
  double rate_;
  torch::Tensor w_;
};

class SynapseFilterKind final : public LayerKindOf<SynapseFilterSettings> {
 public:
  [[nodiscard]] std::string_view name() const override { return "synapse_filter"; }
  [[nodiscard]] Text title() const override { return marked("Synapse filter"); }
  [[nodiscard]] Text explanation() const override {
    return marked("Gives every spike a trace that adds up and decays in the steps without one.");
  }

  [[nodiscard]] std::vector<Parameter<SynapseFilterSettings>> table() const override {
    using S = SynapseFilterSettings;
    return {parameter<S>({.key = "tau",
                          .label = marked("Time constant"),
                          .unit = marked("steps"),
                          .explanation = marked("Steps over which a trace decays; 1: at once."),
                          .minimum = 1,
                          .maximum = 1e6},
                         &S::tau),
            parameter<S>(
                {.key = "learned",
                 .label = marked("Learn the time constant"),
                 .explanation = marked("One value for all units, learned as 1/tau = sigmoid(w).")},
                &S::learned)};
  }

  void check_settings(const LayerDescription& layer,
                      const SynapseFilterSettings& s) const override {
    if (s.learned && s.tau <= 1.0) {
      refuse_value(layer, "tau", "is 1, from which it cannot be learned: choose more");
    }
  }

  [[nodiscard]] SignalShape shape(const LayerDescription&, const SynapseFilterSettings&,
                                  const ShapeInference& from) const override {
    return from.input;
  }

  [[nodiscard]] LayerCost cost_of(const SynapseFilterSettings& s, const SignalShape& input,
                                  const SignalShape&) const override {
    return {s.learned ? 1 : 0, input.units()};
  }

  [[nodiscard]] std::shared_ptr<LayerModule> module(const SynapseFilterSettings& s,
                                                    const LayerMaking&) const override {
    return std::make_shared<SynapseFilterModule>(s);
  }
};

}  // namespace

const LayerKind& synapse_filter_kind() {
  static const SynapseFilterKind kind;
  return kind;
}

}  // namespace paralif
