// Dropout whose mask is the same at every time step of a sample.
#include "core/kernels/fused.h"
#include "core/layers/layer_kind_of.h"
#include "core/layers/layer_kinds.h"

namespace paralif {
namespace {

struct DropoutSettings {
  double probability = 0.5;
};

class DropoutModule final : public LayerModule {
 public:
  explicit DropoutModule(const DropoutSettings& s) : probability_(s.probability) {}

  torch::Tensor forward(const torch::Tensor& x, LayerPass& pass) override {
    if (!is_training() || probability_ <= 0) return x;
    std::vector<std::int64_t> sizes = x.sizes().vec();
    sizes[1] = 1;
    const torch::Tensor draws = rule_noise({sizes[0], 1, x.numel() / (x.size(0) * x.size(1))},
                                           pass.noise_key, x.options().requires_grad(false));
    const torch::Tensor mask = (draws >= probability_).to(x.dtype()) / (1.0 - probability_);
    return x * mask.reshape(sizes);
  }

 private:
  double probability_;
};

class DropoutKind final : public LayerKindOf<DropoutSettings> {
 public:
  [[nodiscard]] std::string_view name() const override { return "dropout"; }
  [[nodiscard]] Text title() const override { return marked("Dropout"); }
  [[nodiscard]] Text explanation() const override {
    return marked(
        "While training, silences a random part of the units of each sample, the same ones at "
        "every time step, and scales up the rest.");
  }

  [[nodiscard]] std::vector<Parameter<DropoutSettings>> table() const override {
    using S = DropoutSettings;
    return {parameter<S>({.key = "probability",
                          .label = marked("Probability"),
                          .explanation = marked("Chance of a unit to be silenced."),
                          .minimum = 0,
                          .maximum = 0.99},
                         &S::probability)};
  }

  [[nodiscard]] SignalShape shape(const LayerDescription&, const DropoutSettings&,
                                  const ShapeInference& from) const override {
    return from.input;
  }

  [[nodiscard]] std::shared_ptr<LayerModule> module(const DropoutSettings& s,
                                                    const LayerMaking&) const override {
    return std::make_shared<DropoutModule>(s);
  }
};

}  // namespace

const LayerKind& dropout_kind() {
  static const DropoutKind kind;
  return kind;
}

}  // namespace paralif
