// Learned delays: a linear layer each of whose connections has a delay of its own, learned as the
// position of one tap of a convolution in time (dilated convolution with learnable spacings).
//
// Kernel of a connection, taps k = 0 .. n - 1: K[k] = W g(k) / (sum of g + 1e-7). Version gauss:
// g(k) = exp(-((k - P - c) / s)^2 / 2), s = |SIG| + 0.27; version max: g(k) = relu(|SIG| + 1 -
// |k - P - c|); c = floor(n / 2). The delay in steps is c - P. SIG falls by a constant factor an
// epoch over the first part of the training. Testing uses whole delays: P rounded, max, SIG = 0.
// Source: Hammouamri, Khalfaoui-Hassani and Masquelier (2023), as the published delay example
// uses it.
#include <cmath>

#include "core/layers/layer_kind_of.h"
#include "core/layers/layer_kinds.h"
#include "core/neurons/initialisation.h"

namespace paralif {
namespace {

struct LearnedDelaySettings {
  std::int64_t units = 256;
  std::int64_t taps = 25;
  std::int64_t padding_before = 24;
  std::int64_t padding_after = 12;
  std::string kernel = "gauss";
  double sigma = 12.0;
  double last_sigma = 0.23;
  double narrowing = 0.25;
  bool learned = true;
  double sparsity = 0.0;
  std::string initialisation = "kaiming_relu";
};

class LearnedDelayModule final : public LayerModule {
 public:
  LearnedDelayModule(const LearnedDelaySettings& s, const LayerMaking& making) : settings_(s) {
    const std::int64_t inputs = making.input.units();
    weight_ = register_parameter("weight", torch::empty({s.units, inputs, 1}));
    initialise(weight_, {}, s.initialisation, making.generator);
    const double centre = static_cast<double>(s.taps / 2);
    torch::Generator generator = making.generator;
    position_ = torch::empty({1, s.units, inputs, 1});
    position_.uniform_(-centre - 1, centre, generator).clamp_(-centre, centre);
    if (!s.learned) position_.round_();
    position_ = s.learned ? register_parameter("P", position_) : register_buffer("P", position_);
    sigma_ = register_buffer("SIG", torch::full({1, s.units, inputs, 1}, s.sigma));
    if (s.sparsity <= 0) return;
    kept_ = torch::empty({s.units, inputs, 1}).uniform_(0, 1, generator).gt(s.sparsity);
    kept_ = register_buffer("mask", kept_.to(torch::kFloat32));
  }

  torch::Tensor forward(const torch::Tensor& x, LayerPass&) override {
    const torch::Tensor by_time = torch::constant_pad_nd(
        x.transpose(1, 2), {settings_.padding_before, settings_.padding_after}, 0);
    const torch::Tensor y =
        torch::conv1d(rounded(by_time, precision_), rounded(kernel(), precision_));
    return unrounded(y).transpose(1, 2);
  }

  void set_precision(Precision precision) override { precision_ = precision; }

  [[nodiscard]] std::vector<LayerConstant> constants() const override {
    return {{"delay", static_cast<double>(settings_.taps / 2) - position_.detach()}};
  }

  /// One tap a connection, as in tests.
  [[nodiscard]] double synaptic_operations(const torch::Tensor& x) const override {
    if (!kept_.defined()) {
      return x.count_nonzero().item<double>() * static_cast<double>(weight_.size(0));
    }
    const torch::Tensor events = (x != 0).to(torch::kFloat64).sum(torch::IntArrayRef{0, 1});
    return (events * kept_.squeeze(2).sum(0)).sum().item<double>();
  }

  void end_epoch(std::int64_t epoch, std::int64_t epochs) override {
    const auto narrowed = static_cast<std::int64_t>(settings_.narrowing * static_cast<double>(epochs));
    if (epoch > narrowed || settings_.sigma <= 0.0 || settings_.last_sigma <= 0.0) return;
    const torch::NoGradGuard no_grad;
    sigma_.mul_(std::pow(settings_.last_sigma / settings_.sigma,
                         1.0 / static_cast<double>(narrowed)));
  }

  void constrain() override {
    if (!settings_.learned) return;
    const torch::NoGradGuard no_grad;
    const double centre = static_cast<double>(settings_.taps / 2);
    position_.clamp_(-centre, centre);
  }

 private:
  /// (units, inputs, taps)
  [[nodiscard]] torch::Tensor kernel() const {
    const auto centre = static_cast<double>(settings_.taps / 2);
    const bool whole = !is_training();
    const torch::Tensor taps = torch::arange(settings_.taps, position_.options());
    const torch::Tensor position = whole ? position_.round() : position_;
    const torch::Tensor from_tap = taps - (position.squeeze(0) + centre);
    const torch::Tensor sigma = sigma_.squeeze(0).abs();
    torch::Tensor g;
    if (whole) {
      g = torch::relu(1.0 - from_tap.abs());
    } else if (settings_.kernel == "gauss") {
      g = torch::exp(-0.5 * (from_tap / (sigma + 0.27)).square());
    } else {
      g = torch::relu(sigma + 1.0 - from_tap.abs());
    }
    const torch::Tensor weight = kept_.defined() ? weight_ * kept_ : weight_;
    return weight * (g / (g.sum(2, true) + 1e-7));
  }

  LearnedDelaySettings settings_;
  torch::Tensor weight_, position_, sigma_;
  torch::Tensor kept_;  ///< (units, inputs, 1), 1 or 0; undefined: all connections
  Precision precision_ = Precision::float32;
};

class LearnedDelayKind final : public LayerKindOf<LearnedDelaySettings> {
 public:
  [[nodiscard]] std::string_view name() const override { return "learned_delay"; }
  [[nodiscard]] Text title() const override { return marked("Linear with learned delays"); }
  [[nodiscard]] Text explanation() const override {
    return marked(
        "A linear layer whose every connection has a delay of its own, learned with its weight.");
  }

  [[nodiscard]] std::vector<Parameter<LearnedDelaySettings>> table() const override {
    using S = LearnedDelaySettings;
    return {
        parameter<S>({.key = "units",
                      .label = marked("Units"),
                      .explanation = marked("Number of outputs."),
                      .minimum = 1,
                      .maximum = 1e6},
                     &S::units),
        parameter<S>({.key = "taps",
                      .label = marked("Taps"),
                      .unit = marked("steps"),
                      .explanation =
                          marked("Length of the kernel in time; delays reach from 0 to one less."),
                      .minimum = 1,
                      .maximum = 1001},
                     &S::taps),
        parameter<S>({.key = "padding_before",
                      .label = marked("Padding before"),
                      .unit = marked("steps"),
                      .explanation = marked("Zeros added before the sequence."),
                      .minimum = 0,
                      .maximum = 10000},
                     &S::padding_before),
        parameter<S>({.key = "padding_after",
                      .label = marked("Padding after"),
                      .unit = marked("steps"),
                      .explanation = marked("Zeros added after the sequence."),
                      .minimum = 0,
                      .maximum = 10000},
                     &S::padding_after),
        parameter<S>(
            {.key = "kernel",
             .label = marked("Kernel"),
             .explanation = marked("Shape around the position of a tap: a Gaussian, or a triangle "
                                   "(max)."),
             .choices = {"gauss", "max"}},
            &S::kernel),
        parameter<S>({.key = "sigma",
                      .label = marked("Width"),
                      .unit = marked("steps"),
                      .explanation = marked("Width of the kernel at the start."),
                      .minimum = 0,
                      .maximum = 1000},
                     &S::sigma),
        parameter<S>({.key = "last_sigma",
                      .label = marked("Final width"),
                      .unit = marked("steps"),
                      .explanation = marked("Width of the kernel once it has narrowed; 0: it keeps "
                                            "its width."),
                      .minimum = 0,
                      .maximum = 1000,
                      .advanced = true},
                     &S::last_sigma),
        parameter<S>({.key = "narrowing",
                      .label = marked("Narrowing"),
                      .explanation = marked("Part of all epochs over which the kernel narrows."),
                      .minimum = 0,
                      .maximum = 1,
                      .advanced = true},
                     &S::narrowing),
        parameter<S>(
            {.key = "learned",
             .label = marked("Learn the delays"),
             .explanation = marked("Off: the delays stay as they were drawn, rounded to whole "
                                   "steps.")},
            &S::learned),
        parameter<S>({.key = "sparsity",
                      .label = marked("Sparsity"),
                      .explanation = marked("Share of the connections that are cut, drawn once."),
                      .minimum = 0,
                      .maximum = 0.999,
                      .advanced = true},
                     &S::sparsity),
        parameter<S>({.key = "initialisation",
                      .label = marked("First weights"),
                      .explanation = marked("How the first weights are drawn."),
                      .choices = initialisations(),
                      .advanced = true},
                     &S::initialisation)};
  }

  [[nodiscard]] SignalShape shape(const LayerDescription& layer, const LearnedDelaySettings& s,
                                  const ShapeInference& from) const override {
    expect_rank(layer, from.input, 1, "units in one row");
    const std::int64_t grown = s.padding_before + s.padding_after + 1 - s.taps;
    if (from.input.steps == 0) return {0, {s.units}};
    if (from.input.steps + grown < 1) {
      refuse_layer(layer, fmt::format("{} taps do not fit {} steps with padding {} and {}", s.taps,
                                      from.input.steps, s.padding_before, s.padding_after));
    }
    return {from.input.steps + grown, {s.units}};
  }

  /// In training every tap of a connection counts.
  [[nodiscard]] LayerCost cost_of(const LearnedDelaySettings& s, const SignalShape& input,
                                  const SignalShape&) const override {
    const std::int64_t connections = s.units * input.units();
    return {connections * (s.learned ? 2 : 1), connections * s.taps};
  }

  [[nodiscard]] std::shared_ptr<LayerModule> module(const LearnedDelaySettings& s,
                                                    const LayerMaking& making) const override {
    return std::make_shared<LearnedDelayModule>(s, making);
  }
};

}  // namespace

const LayerKind& learned_delay_kind() {
  static const LearnedDelayKind kind;
  return kind;
}

}  // namespace paralif
