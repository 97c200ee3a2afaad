// A recorder turns a moment of training into a record, for a view, the disk or both.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/recording/moment.h"
#include "core/recording/recording_costs.h"
#include "core/values/record.h"

namespace paralif {

class Recorder {
 public:
  virtual ~Recorder() = default;
  /// In files, on the command line and for views.
  [[nodiscard]] virtual std::string_view id() const = 0;
  /// For people: a short name, and what is kept, as a sentence.
  [[nodiscard]] virtual Text title() const { return symbol(id()); }
  [[nodiscard]] virtual Text explanation() const { return {}; }
  /// Whether this network has anything of the kind.
  [[nodiscard]] virtual bool applies(const Network& network) const = 0;
  /// Whether it looks at the chosen sample, not at the network as a whole.
  [[nodiscard]] virtual bool of_sample() const { return false; }
  /// Epoch and sample are filled in by the caller. An empty record: there is nothing to see yet.
  [[nodiscard]] virtual Record look(Moment& moment) const = 0;
  /// What one look keeps, before the network is built; nothing where it does not apply, or where
  /// that cannot be told.
  [[nodiscard]] virtual std::optional<RecordSize> size(const RecordedNetwork&) const {
    return std::nullopt;
  }
};

/// Every recorder, in the order of a list of choices, then those registered.
std::span<const Recorder* const> recorders();

/// Null where there is none of this id.
const Recorder* find_recorder(std::string_view id);

/// Adds one of another library or of a test, before the first training; it must outlive the
/// program's use.
void register_recorder(const Recorder& recorder);

const Recorder& confusion_recorder();
const Recorder& constants_recorder();
const Recorder& decision_map_recorder();
const Recorder& feature_maps_recorder();
const Recorder& kernels_recorder();
const Recorder& layers_recorder();
const Recorder& membranes_recorder();
const Recorder& spikes_recorder();
const Recorder& weights_recorder();

}  // namespace paralif
