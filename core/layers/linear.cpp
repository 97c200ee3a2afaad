// Linear: y = W x + b, the same at every step.
#include "core/kernels/spike_linear.h"
#include "core/layers/layer_kind_of.h"
#include "core/layers/layer_kinds.h"
#include "core/neurons/initialisation.h"

namespace paralif {
namespace {

struct LinearSettings {
  std::int64_t units = 128;
  bool bias = true;
  std::string initialisation = "pytorch";
};

class LinearModule final : public LayerModule {
 public:
  LinearModule(const LinearSettings& s, const LayerMaking& making) {
    weight_ = register_parameter("weight", torch::empty({s.units, making.input.units()}));
    if (s.bias) bias_ = register_parameter("bias", torch::empty({s.units}));
    initialise(weight_, bias_, s.initialisation, making.generator);
  }

  torch::Tensor forward(const torch::Tensor& x, LayerPass&) override {
    if (fused_ && x.is_cpu() && bias_.defined()) return spike_linear(x, weight_, bias_);
    return unrounded(torch::linear(rounded(x, precision_), rounded(weight_, precision_),
                                   rounded(bias_, precision_)));
  }

  std::optional<torch::Tensor> from_events(const SpikeBatch& batch) override {
    const bool pays = fused_ && weight_.is_cpu() && bias_.defined();
    if (!pays || !events_pay(batch, weight_.size(0))) return std::nullopt;
    return event_linear(batch, weight_, bias_);
  }

  [[nodiscard]] double synaptic_operations(const torch::Tensor& x) const override {
    return x.count_nonzero().item<double>() * static_cast<double>(weight_.size(0));
  }

  void set_backend(Backend backend) override {
    fused_ = backend == Backend::fused;
  }
  void set_precision(Precision precision) override { precision_ = precision; }

 private:
  torch::Tensor weight_, bias_;
  bool fused_ = true;
  Precision precision_ = Precision::float32;  ///< of the dense product without a bias
};

class LinearKind final : public LayerKindOf<LinearSettings> {
 public:
  [[nodiscard]] std::string_view name() const override { return "linear"; }
  [[nodiscard]] Text title() const override { return marked("Linear"); }
  [[nodiscard]] Text explanation() const override {
    return marked(
        "Every output is a weighted sum of all inputs, the same weights at every time step.");
  }

  [[nodiscard]] std::vector<Parameter<LinearSettings>> table() const override {
    using S = LinearSettings;
    return {parameter<S>({.key = "units",
                          .label = marked("Units"),
                          .explanation = marked("Number of outputs."),
                          .minimum = 1,
                          .maximum = 1e6},
                         &S::units),
            parameter<S>(
                {.key = "bias",
                 .label = marked("Bias"),
                 .explanation = marked("Whether a learned constant is added to every output.")},
                &S::bias),
            parameter<S>({.key = "initialisation",
                          .label = marked("First weights"),
                          .explanation = marked("How the first weights are drawn."),
                          .choices = initialisations(),
                          .advanced = true},
                         &S::initialisation)};
  }

  [[nodiscard]] SignalShape shape(const LayerDescription& layer, const LinearSettings& s,
                                  const ShapeInference& from) const override {
    expect_rank(layer, from.input, 1, "units in one row (put a flatten layer before it)");
    return {from.input.steps, {s.units}};
  }

  [[nodiscard]] LayerCost cost_of(const LinearSettings& s, const SignalShape& input,
                                  const SignalShape&) const override {
    const std::int64_t weights = s.units * input.units();
    return {weights + (s.bias ? s.units : 0), weights};
  }

  [[nodiscard]] std::shared_ptr<LayerModule> module(const LinearSettings& s,
                                                    const LayerMaking& making) const override {
    return std::make_shared<LinearModule>(s, making);
  }
};

}  // namespace

const LayerKind& linear_kind() {
  static const LinearKind kind;
  return kind;
}

}  // namespace paralif
