// Maximum and mean over small windows of space, 1-D or 2-D as the input is.
#include "core/kernels/max_pool.h"
#include "core/layers/layer_kind_of.h"
#include "core/layers/layer_kinds.h"

namespace paralif {
namespace {

struct PoolSettings {
  std::int64_t size = 2;
};

enum class Pool : std::uint8_t { maximum, average };

template <Pool pool>
class PoolModule final : public LayerModule {
 public:
  explicit PoolModule(const PoolSettings& s) : size_(s.size) {}

  torch::Tensor forward(const torch::Tensor& x, LayerPass&) override {
    const torch::Tensor frames = without_time(x);
    const bool plane = frames.dim() == 4;
    if constexpr (pool == Pool::maximum) {
      if (plane) return with_time(max_pool(frames, size_, size_), x);
      return with_time(max_pool(frames.unsqueeze(-2), 1, size_).squeeze(-2), x);
    } else {
      return with_time(plane ? torch::avg_pool2d(frames, size_) : torch::avg_pool1d(frames, size_),
                       x);
    }
  }

 private:
  std::int64_t size_;
};

template <Pool pool>
class PoolKind final : public LayerKindOf<PoolSettings> {
 public:
  [[nodiscard]] std::string_view name() const override {
    return pool == Pool::maximum ? "max_pool" : "average_pool";
  }
  [[nodiscard]] Text title() const override {
    return pool == Pool::maximum ? marked("Max pooling") : marked("Average pooling");
  }
  [[nodiscard]] Text explanation() const override {
    return pool == Pool::maximum
               ? marked(
                     "Keeps the largest value of each small window: a spike where any unit spiked.")
               : marked("Keeps the mean of each small window.");
  }

  [[nodiscard]] std::vector<Parameter<PoolSettings>> table() const override {
    using S = PoolSettings;
    return {
        parameter<S>({.key = "size",
                      .label = marked("Window"),
                      .unit = marked("pixels"),
                      .explanation = marked("Extent of a window along each side; windows do not "
                                            "overlap."),
                      .minimum = 1,
                      .maximum = 1024},
                     &S::size)};
  }

  [[nodiscard]] SignalShape shape(const LayerDescription& layer, const PoolSettings& s,
                                  const ShapeInference& from) const override {
    const SignalShape& in = from.input;
    if (in.features.size() != 2 && in.features.size() != 3) {
      refuse_layer(layer, fmt::format("expects channels x length or channels x height x width, "
                                      "gets {}",
                                      features_text(in)));
    }
    SignalShape out = in;
    for (std::size_t d = 1; d < out.features.size(); ++d) {
      out.features[d] /= s.size;
      if (out.features[d] == 0) {
        refuse_layer(layer,
                     fmt::format("a window of {} does not fit {}", s.size, features_text(in)));
      }
    }
    return out;
  }

  [[nodiscard]] std::shared_ptr<LayerModule> module(const PoolSettings& s,
                                                    const LayerMaking&) const override {
    return std::make_shared<PoolModule<pool>>(s);
  }
};

}  // namespace

const LayerKind& max_pool_kind() {
  static const PoolKind<Pool::maximum> kind;
  return kind;
}
const LayerKind& average_pool_kind() {
  static const PoolKind<Pool::average> kind;
  return kind;
}

}  // namespace paralif
