// Flatten: channels and space in one row of units.
#include "core/layers/layer_kind_of.h"
#include "core/layers/layer_kinds.h"

namespace paralif {
namespace {

struct FlattenSettings {};

class FlattenModule final : public LayerModule {
 public:
  torch::Tensor forward(const torch::Tensor& x, LayerPass&) override { return x.flatten(2); }
};

class FlattenKind final : public LayerKindOf<FlattenSettings> {
 public:
  [[nodiscard]] std::string_view name() const override { return "flatten"; }
  [[nodiscard]] Text title() const override { return marked("Flatten"); }
  [[nodiscard]] Text explanation() const override {
    return marked(
        "Lays channels and space out in one row of units, so that a linear layer can follow.");
  }
  [[nodiscard]] std::vector<Parameter<FlattenSettings>> table() const override { return {}; }
  [[nodiscard]] SignalShape shape(const LayerDescription&, const FlattenSettings&,
                                  const ShapeInference& from) const override {
    return {from.input.steps, {from.input.units()}};
  }
  [[nodiscard]] std::shared_ptr<LayerModule> module(const FlattenSettings&,
                                                    const LayerMaking&) const override {
    return std::make_shared<FlattenModule>();
  }
};

}  // namespace

const LayerKind& flatten_kind() {
  static const FlattenKind kind;
  return kind;
}

}  // namespace paralif
