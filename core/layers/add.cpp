// Add: what comes plus what an earlier layer gave (a residual connection).
#include "core/layers/layer_kind_of.h"
#include "core/layers/layer_kinds.h"

namespace paralif {
namespace {

struct AddSettings {
  std::string from;
};

class AddModule final : public LayerModule {
 public:
  explicit AddModule(std::string from) : from_(std::move(from)) {}
  torch::Tensor forward(const torch::Tensor& x, LayerPass& pass) override {
    return x + pass.outputs.at(from_);
  }

 private:
  std::string from_;
};

class AddKind final : public LayerKindOf<AddSettings> {
 public:
  [[nodiscard]] std::string_view name() const override { return "add"; }
  [[nodiscard]] Text title() const override { return marked("Add"); }
  [[nodiscard]] Text explanation() const override {
    return marked("Adds what an earlier layer gave to what comes: a residual connection.");
  }

  [[nodiscard]] std::vector<Parameter<AddSettings>> table() const override {
    using S = AddSettings;
    return {parameter<S>({.key = "from",
                          .label = marked("From layer"),
                          .explanation = marked("Id of the earlier layer whose output is added.")},
                         &S::from)};
  }

  [[nodiscard]] SignalShape shape(const LayerDescription& layer, const AddSettings& s,
                                  const ShapeInference& from) const override {
    const SignalShape other = from.shape_of(s.from);
    if (other != from.input) {
      refuse_layer(layer, fmt::format("gets {}, but layer '{}' gives {}", features_text(from.input),
                                      s.from, features_text(other)));
    }
    return from.input;
  }

  [[nodiscard]] std::shared_ptr<LayerModule> module(const AddSettings& s,
                                                    const LayerMaking&) const override {
    return std::make_shared<AddModule>(s.from);
  }
};

}  // namespace

const LayerKind& add_kind() {
  static const AddKind kind;
  return kind;
}

}  // namespace paralif
