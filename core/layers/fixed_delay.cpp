// Fixed delays: each unit's output arrives a whole number of steps later.
#include "core/layers/delay.h"
#include "core/layers/layer_kind_of.h"
#include "core/layers/layer_kinds.h"

namespace paralif {
namespace {

struct FixedDelaySettings {
  std::int64_t longest = 10;
  std::string distribution = "normal";
};

class FixedDelayModule final : public LayerModule {
 public:
  FixedDelayModule(FixedDelaySettings s, const LayerMaking& making) : settings_(std::move(s)) {
    delays_ = register_buffer("delays", torch::zeros({making.input.units()}, torch::kInt64));
  }

  void draw(torch::Generator generator) override {
    delays_.copy_(random_delays(delays_.numel(), settings_.longest, settings_.distribution,
                                std::move(generator)));
  }

  torch::Tensor forward(const torch::Tensor& x, LayerPass&) override {
    return delayed(x, delays_, settings_.longest);
  }

 private:
  FixedDelaySettings settings_;
  torch::Tensor delays_;
};

class FixedDelayKind final : public LayerKindOf<FixedDelaySettings> {
 public:
  [[nodiscard]] std::string_view name() const override { return "fixed_delay"; }
  [[nodiscard]] Text title() const override { return marked("Fixed delay"); }
  [[nodiscard]] Text explanation() const override {
    return marked(
        "Delays each unit by a random whole number of steps, drawn once; the sequence grows by "
        "the longest.");
  }

  [[nodiscard]] std::vector<Parameter<FixedDelaySettings>> table() const override {
    using S = FixedDelaySettings;
    return {parameter<S>({.key = "longest",
                          .label = marked("Longest delay"),
                          .unit = marked("steps"),
                          .explanation = marked("Delays are drawn from 0 to this."),
                          .minimum = 1,
                          .maximum = 10000},
                         &S::longest),
            parameter<S>(
                {.key = "distribution",
                 .label = marked("Distribution"),
                 .explanation = marked("normal: the size of a normal draw with half the longest "
                                       "as deviation, cut at the longest; uniform: every delay "
                                       "alike."),
                 .choices = {"normal", "uniform"}},
                &S::distribution)};
  }

  [[nodiscard]] SignalShape shape(const LayerDescription& layer, const FixedDelaySettings& s,
                                  const ShapeInference& from) const override {
    expect_rank(layer, from.input, 1, "units in one row");
    const std::int64_t steps = from.input.steps > 0 ? from.input.steps + s.longest : 0;
    return {steps, from.input.features};
  }

  [[nodiscard]] std::shared_ptr<LayerModule> module(const FixedDelaySettings& s,
                                                    const LayerMaking& making) const override {
    return std::make_shared<FixedDelayModule>(s, making);
  }
};

}  // namespace

const LayerKind& fixed_delay_kind() {
  static const FixedDelayKind kind;
  return kind;
}

}  // namespace paralif
