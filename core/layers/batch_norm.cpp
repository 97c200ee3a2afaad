// Batch normalisation of every channel, over batch, time and space.
#include "core/layers/layer_kind_of.h"
#include "core/layers/layer_kinds.h"

namespace paralif {
namespace {

struct BatchNormSettings {
  double epsilon = 1e-5;
  double momentum = 0.1;
};

class BatchNormModule final : public LayerModule {
 public:
  BatchNormModule(const BatchNormSettings& s, std::int64_t channels) : settings_(s) {
    weight_ = register_parameter("weight", torch::ones({channels}));
    bias_ = register_parameter("bias", torch::zeros({channels}));
    mean_ = register_buffer("running_mean", torch::zeros({channels}));
    variance_ = register_buffer("running_var", torch::ones({channels}));
    batches_ = register_buffer("num_batches_tracked", torch::zeros({}, torch::kInt64));
  }

  torch::Tensor forward(const torch::Tensor& x, LayerPass&) override {
    if (is_training()) batches_.add_(1);
    return with_time(torch::batch_norm(without_time(x), weight_, bias_, mean_, variance_,
                                       is_training(), settings_.momentum, settings_.epsilon, false),
                     x);
  }

 private:
  BatchNormSettings settings_;
  torch::Tensor weight_, bias_, mean_, variance_, batches_;
};

class BatchNormKind final : public LayerKindOf<BatchNormSettings> {
 public:
  [[nodiscard]] std::string_view name() const override { return "batch_norm"; }
  [[nodiscard]] Text title() const override { return marked("Batch normalisation"); }
  [[nodiscard]] Text explanation() const override {
    return marked(
        "Brings every channel to mean 0 and deviation 1 over batch, time and space, then scales "
        "and shifts it by learned values. Testing uses the running mean and variance.");
  }

  [[nodiscard]] std::vector<Parameter<BatchNormSettings>> table() const override {
    using S = BatchNormSettings;
    return {parameter<S>({.key = "epsilon",
                          .label = marked("Epsilon"),
                          .explanation = marked("Added to the variance before the root."),
                          .minimum = 0,
                          .maximum = 1,
                          .minimum_excluded = true,
                          .advanced = true},
                         &S::epsilon),
            parameter<S>(
                {.key = "momentum",
                 .label = marked("Momentum"),
                 .explanation = marked("Share of each batch in the running mean and variance."),
                 .minimum = 0,
                 .maximum = 1,
                 .advanced = true},
                &S::momentum)};
  }

  [[nodiscard]] SignalShape shape(const LayerDescription& layer, const BatchNormSettings&,
                                  const ShapeInference& from) const override {
    if (from.input.features.empty()) refuse_layer(layer, "expects channels, gets nothing");
    return from.input;
  }

  [[nodiscard]] LayerCost cost_of(const BatchNormSettings&, const SignalShape& input,
                                  const SignalShape&) const override {
    return {2 * input.channels(), input.units()};
  }

  [[nodiscard]] std::shared_ptr<LayerModule> module(const BatchNormSettings& s,
                                                    const LayerMaking& making) const override {
    return std::make_shared<BatchNormModule>(s, making.input.channels());
  }
};

}  // namespace

const LayerKind& batch_norm_kind() {
  static const BatchNormKind kind;
  return kind;
}

}  // namespace paralif
