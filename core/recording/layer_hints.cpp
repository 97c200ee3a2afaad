#include "core/recording/layer_hints.h"

#include <fmt/format.h>

namespace paralif {
namespace {

constexpr double worth_a_word = 0.1;

}  // namespace

std::vector<LayerHint> layer_hints(const Record& layers, const std::vector<std::string>& names) {
  std::vector<LayerHint> hints;
  const RecordArray* neurons = layers.find("neurons");
  const RecordArray* silent = layers.find("silent");
  const RecordArray* saturated = layers.find("saturated");
  if (neurons == nullptr || silent == nullptr || saturated == nullptr) return hints;
  for (std::size_t i = 0; i < names.size() && i < neurons->values.size(); ++i) {
    const auto all = static_cast<double>(neurons->values[i]);
    const auto none = static_cast<double>(silent->values.at(i));
    const auto always = static_cast<double>(saturated->values.at(i));
    if (none >= worth_a_word * all && none > 0) {
      hints.push_back({fmt::format("{} silent", i),
                       fmt::format("{}: {:.0f} of {:.0f} neurons never fire on the samples looked "
                                   "at. A lower threshold or larger first weights wake them.",
                                   names[i], none, all)});
    }
    if (always >= worth_a_word * all && always > 0) {
      hints.push_back({fmt::format("{} saturated", i),
                       fmt::format("{}: {:.0f} of {:.0f} neurons fire at nearly every step. A "
                                   "higher threshold or smaller first weights calm them.",
                                   names[i], always, all)});
    }
  }
  return hints;
}

}  // namespace paralif
