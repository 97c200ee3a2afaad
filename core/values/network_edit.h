// Edits of a list of layers, as an editor makes them: plain values in, plain values out.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/values/network_description.h"

namespace paralif {

/// An id that no layer has: the first letter of the kind and a number, such as "c3".
std::string fresh_id(const NetworkDescription& network, std::string_view kind);

/// With a layer of this kind and default values before place `at` (at most the number of layers).
NetworkDescription with_layer(NetworkDescription network, std::size_t at, std::string_view kind);
/// Without the layers [first, first + count). What referred to them refers to nothing.
NetworkDescription without_layers(NetworkDescription network, std::size_t first,
                                  std::size_t count = 1);
/// With a copy of the layers [first, first + count) right behind them, under fresh ids.
NetworkDescription with_copy(NetworkDescription network, std::size_t first, std::size_t count = 1);
/// With the layers [first, first + count) before what was at place `to`, which is not within them.
NetworkDescription with_moved(NetworkDescription network, std::size_t first, std::size_t count,
                              std::size_t to);

/// Layers that repeat: `count` times the `length` layers from `first` on, alike but for their ids.
struct RepeatedStage {
  std::size_t first = 0;
  std::size_t length = 1;
  std::size_t count = 1;  ///< 1: layers that do not repeat

  [[nodiscard]] std::size_t layers() const { return length * count; }
  bool operator==(const RepeatedStage&) const = default;
};

/// The whole list cut into stages, in order. Layers that do not repeat stand alone (length 1). Of
/// several ways to cut, the one that covers most layers from the front; a single layer that
/// repeats is no stage.
std::vector<RepeatedStage> repeated_stages(const NetworkDescription& network);

/// With the stage `count` times (at least once): copies are added behind it or taken from its end.
NetworkDescription with_repeats(NetworkDescription network, const RepeatedStage& stage,
                                std::size_t count);

}  // namespace paralif
