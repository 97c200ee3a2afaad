// One thing that can be looked at in a network in training, kept with each epoch and shown live.
// Adding one is a file that defines it, a line in recorders.cpp, and a view of its id.
#pragma once

#include <span>
#include <string_view>

#include "core/recording/moment.h"
#include "core/values/record.h"

namespace paralif {

class Recorder {
 public:
  virtual ~Recorder() = default;
  /// In files and for views; never shown to people.
  [[nodiscard]] virtual std::string_view id() const = 0;
  /// Whether this network has anything of the kind.
  [[nodiscard]] virtual bool applies(const Network& network) const = 0;
  /// Whether it looks at the chosen sample, not at the network as a whole.
  [[nodiscard]] virtual bool of_sample() const { return false; }
  /// Epoch and sample are filled in by the caller.
  [[nodiscard]] virtual Record look(Moment& moment) const = 0;
};

/// Every recorder, cheapest first, then those registered.
std::span<const Recorder* const> recorders();

/// Adds one of another library or of a test, before the first training; it must outlive the
/// program's use.
void register_recorder(const Recorder& recorder);

const Recorder& constants_recorder();
const Recorder& feature_maps_recorder();
const Recorder& kernels_recorder();
const Recorder& layers_recorder();

}  // namespace paralif
