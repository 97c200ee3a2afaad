#include "core/layers/layer_kinds.h"

#include <algorithm>
#include <vector>

#include "core/layers/layer_kind_of.h"

namespace paralif {

namespace {

std::vector<const LayerKind*>& all_kinds() {
  static std::vector<const LayerKind*> kinds{&linear_kind(),      &conv1d_kind(),
                                &conv2d_kind(),      &batch_norm_kind(),
                                &max_pool_kind(),    &average_pool_kind(),
                                &dropout_kind(),     &flatten_kind(),
                                &neuron_kind(),      &recurrent_neuron_kind(),
                                &fixed_delay_kind(), &learned_delay_kind(),
                                &synapse_filter_kind(), &vote_kind(),
                                &add_kind()};
  return kinds;
}

}  // namespace

std::span<const LayerKind* const> layer_kinds() {
  return all_kinds();
}

void register_layer_kind(const LayerKind& kind) {
  all_kinds().push_back(&kind);
}

const LayerKind* find_layer_kind(std::string_view name) {
  const auto kinds = layer_kinds();
  const auto at = std::ranges::find(kinds, name, &LayerKind::name);
  return at == kinds.end() ? nullptr : *at;
}

void refuse_layer(const LayerDescription& layer, std::string_view problem) {
  throw Error::shown_as(Error::Kind::setting, layer.id,
                        fmt::format("{} \"{}\"", layer.kind, layer.id), std::string(problem));
}

void refuse_value(const LayerDescription& layer, std::string_view key, std::string_view problem) {
  throw Error::shown_as(Error::Kind::setting, fmt::format("{}.{}", layer.id, key),
                        fmt::format("{} \"{}\", {}", layer.kind, layer.id, key),
                        std::string(problem));
}

void expect_rank(const LayerDescription& layer, const SignalShape& input, std::size_t rank,
                 std::string_view meaning) {
  if (input.features.size() == rank) return;
  refuse_layer(layer, fmt::format("expects {}, gets {}", meaning, features_text(input)));
}

}  // namespace paralif
