// Convolution over space, 1-D and 2-D, the same at every step.
#include "core/layers/layer_kind_of.h"
#include "core/layers/layer_kinds.h"
#include "core/neurons/initialisation.h"

namespace paralif {
namespace {

struct ConvolutionSettings {
  std::int64_t channels = 32;
  std::int64_t kernel = 3;
  std::int64_t stride = 1;
  std::int64_t padding = 1;
  std::int64_t groups = 1;
  std::optional<std::int64_t> inputs;
  bool bias = false;
  std::string initialisation = "pytorch";
};

template <int rank>
class ConvolutionModule final : public LayerModule {
 public:
  ConvolutionModule(const ConvolutionSettings& s, const LayerMaking& making) : settings_(s) {
    std::vector<std::int64_t> sizes{s.channels, making.input.channels() / s.groups};
    for (int d = 0; d < rank; ++d) sizes.push_back(s.kernel);
    weight_ = register_parameter("weight", torch::empty(sizes));
    if (s.bias) bias_ = register_parameter("bias", torch::empty({s.channels}));
    initialise(weight_, bias_, s.initialisation, making.generator);
  }

  torch::Tensor forward(const torch::Tensor& x, LayerPass&) override {
    const auto& s = settings_;
    const torch::Tensor frames = rounded(without_time(x), precision_);
    const torch::Tensor weight = rounded(weight_, precision_);
    const torch::Tensor bias = rounded(bias_, precision_);
    torch::Tensor y;
    if constexpr (rank == 1) {
      y = torch::conv1d(frames, weight, bias, s.stride, s.padding, 1, s.groups);
    } else {
      y = torch::conv2d(frames, weight, bias, s.stride, s.padding, 1, s.groups);
    }
    return with_time(unrounded(y), x);
  }

  void set_precision(Precision precision) override { precision_ = precision; }

  /// Near a border an input reaches fewer places of the kernel: counted one by one.
  [[nodiscard]] double synaptic_operations(const torch::Tensor& x) const override {
    const auto& s = settings_;
    const torch::Tensor frames = without_time(x);
    // Each nonzero input as 1, its channels summed: what one place of one output channel adds up.
    const torch::Tensor active = (frames != 0).to(torch::kFloat32).sum(1, true);
    std::vector<std::int64_t> sizes{1, 1};
    for (int d = 0; d < rank; ++d) sizes.push_back(s.kernel);
    const torch::Tensor ones = torch::ones(sizes, active.options());
    const torch::Tensor sums = rank == 1
                                   ? torch::conv1d(active, ones, {}, s.stride, s.padding)
                                   : torch::conv2d(active, ones, {}, s.stride, s.padding);
    return sums.sum(torch::kFloat64).item<double>() * static_cast<double>(s.channels / s.groups);
  }

 private:
  ConvolutionSettings settings_;
  torch::Tensor weight_, bias_;
  Precision precision_ = Precision::float32;
};

template <int rank>
class ConvolutionKind final : public LayerKindOf<ConvolutionSettings> {
 public:
  [[nodiscard]] std::string_view name() const override { return rank == 1 ? "conv1d" : "conv2d"; }
  [[nodiscard]] Text title() const override {
    return rank == 1 ? marked("Convolution, 1-D") : marked("Convolution, 2-D");
  }
  [[nodiscard]] Text explanation() const override {
    return marked(
        "Every output channel slides a small kernel over all input channels, the same at every "
        "time step.");
  }

  [[nodiscard]] std::vector<Parameter<ConvolutionSettings>> table() const override {
    using S = ConvolutionSettings;
    return {
        parameter<S>({.key = "channels",
                      .label = marked("Channels"),
                      .explanation = marked("Output channels."),
                      .minimum = 1,
                      .maximum = 65536},
                     &S::channels),
        parameter<S>({.key = "kernel",
                      .label = marked("Kernel"),
                      .unit = marked("pixels"),
                      .explanation = marked("Extent of the kernel along each side."),
                      .minimum = 1,
                      .maximum = 1024},
                     &S::kernel),
        parameter<S>({.key = "stride",
                      .label = marked("Stride"),
                      .unit = marked("pixels"),
                      .explanation = marked("Distance between two places of the kernel."),
                      .minimum = 1,
                      .maximum = 1024,
                      .advanced = true},
                     &S::stride),
        parameter<S>({.key = "padding",
                      .label = marked("Padding"),
                      .unit = marked("pixels"),
                      .explanation = marked("Zeros added at each border."),
                      .minimum = 0,
                      .maximum = 1024},
                     &S::padding),
        parameter<S>(
            {.key = "groups",
             .label = marked("Groups"),
             .explanation = marked("Channels are cut into this many groups that do not mix."),
             .minimum = 1,
             .maximum = 65536,
             .advanced = true},
            &S::groups),
        parameter<S>(
            {.key = "inputs",
             .label = marked("Input channels"),
             .explanation = marked("Channels this layer was made for; left out, those that come."),
             .minimum = 1,
             .maximum = 65536,
             .absent = marked("those that come"),
             .advanced = true},
            &S::inputs),
        parameter<S>(
            {.key = "bias",
             .label = marked("Bias"),
             .explanation = marked("Whether a learned constant is added to every channel.")},
            &S::bias),
        parameter<S>({.key = "initialisation",
                      .label = marked("First weights"),
                      .explanation = marked("How the first weights are drawn."),
                      .choices = initialisations(),
                      .advanced = true},
                     &S::initialisation)};
  }

  [[nodiscard]] SignalShape shape(const LayerDescription& layer, const ConvolutionSettings& s,
                                  const ShapeInference& from) const override {
    const SignalShape& in = from.input;
    expect_rank(layer, in, rank + 1, rank == 1 ? "channels x length" : "channels x height x width");
    if (s.inputs && *s.inputs != in.channels()) {
      refuse_layer(layer, fmt::format("expects {} channels, gets {}", *s.inputs, in.channels()));
    }
    if (in.channels() % s.groups != 0 || s.channels % s.groups != 0) {
      refuse_layer(layer, fmt::format("{} and {} channels cannot be cut into {} groups",
                                      in.channels(), s.channels, s.groups));
    }
    SignalShape out{in.steps, {s.channels}};
    for (int d = 1; d <= rank; ++d) {
      const std::int64_t room = in.features[static_cast<std::size_t>(d)] + 2 * s.padding - s.kernel;
      if (room < 0) {
        refuse_layer(layer, fmt::format("a kernel of {} does not fit {} with padding {}", s.kernel,
                                        features_text(in), s.padding));
      }
      out.features.push_back(room / s.stride + 1);
    }
    return out;
  }

  [[nodiscard]] LayerCost cost_of(const ConvolutionSettings& s, const SignalShape& input,
                                  const SignalShape& output) const override {
    std::int64_t of_one = input.channels() / s.groups;  // weights of an output
    for (int d = 0; d < rank; ++d) of_one *= s.kernel;
    return {s.channels * (of_one + (s.bias ? 1 : 0)), output.units() * of_one};
  }

  [[nodiscard]] std::shared_ptr<LayerModule> module(const ConvolutionSettings& s,
                                                    const LayerMaking& making) const override {
    return std::make_shared<ConvolutionModule<rank>>(s, making);
  }
};

}  // namespace

const LayerKind& conv1d_kind() {
  static const ConvolutionKind<1> kind;
  return kind;
}
const LayerKind& conv2d_kind() {
  static const ConvolutionKind<2> kind;
  return kind;
}

}  // namespace paralif
