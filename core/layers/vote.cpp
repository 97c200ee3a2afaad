// Vote: the mean of each group of neighbouring units, one group a class.
#include "core/layers/layer_kind_of.h"
#include "core/layers/layer_kinds.h"

namespace paralif {
namespace {

struct VoteSettings {
  std::int64_t group = 10;
};

class VoteModule final : public LayerModule {
 public:
  explicit VoteModule(std::int64_t group) : group_(group) {}
  torch::Tensor forward(const torch::Tensor& x, LayerPass&) override {
    return x.reshape({x.size(0), x.size(1), x.size(2) / group_, group_}).mean(3);
  }

 private:
  std::int64_t group_;
};

class VoteKind final : public LayerKindOf<VoteSettings> {
 public:
  [[nodiscard]] std::string_view name() const override { return "vote"; }
  [[nodiscard]] Text title() const override { return marked("Vote"); }
  [[nodiscard]] Text explanation() const override {
    return marked(
        "Averages each group of neighbouring units; class k is units k x group to "
        "(k + 1) x group - 1.");
  }

  [[nodiscard]] std::vector<Parameter<VoteSettings>> table() const override {
    using S = VoteSettings;
    return {parameter<S>({.key = "group",
                          .label = marked("Units a class"),
                          .explanation = marked("Neighbouring units that vote together."),
                          .minimum = 1,
                          .maximum = 65536},
                         &S::group)};
  }

  [[nodiscard]] SignalShape shape(const LayerDescription& layer, const VoteSettings& s,
                                  const ShapeInference& from) const override {
    expect_rank(layer, from.input, 1, "units in one row");
    if (from.input.units() % s.group != 0) {
      refuse_layer(layer, fmt::format("{} units are no whole number of groups of {}",
                                      from.input.units(), s.group));
    }
    return {from.input.steps, {from.input.units() / s.group}};
  }

  [[nodiscard]] std::shared_ptr<LayerModule> module(const VoteSettings& s,
                                                    const LayerMaking&) const override {
    return std::make_shared<VoteModule>(s.group);
  }
};

}  // namespace

const LayerKind& vote_kind() {
  static const VoteKind kind;
  return kind;
}

}  // namespace paralif
