// "decision_map": the classes of the points of a plane, as far as they have been reached; who asks
// for it has it renewed before (DecisionMapper).
#include <cmath>
#include <numbers>

#include "core/recording/decision_mapper.h"
#include "core/recording/recorder.h"

namespace paralif {
namespace {

constexpr double packed = 0.4;

class DecisionMapRecorder final : public Recorder {
 public:
  [[nodiscard]] std::string_view id() const override { return "decision_map"; }
  [[nodiscard]] Text title() const override { return marked("Decision map"); }
  [[nodiscard]] Text explanation() const override {
    return marked("The class of every point of the plane, and how sure the network is.");
  }
  [[nodiscard]] bool applies(const Network&) const override { return true; }

  [[nodiscard]] Record look(Moment& moment) const override {
    Record record;
    if (const auto map = moment.map().map()) record.value = *map;
    return record;
  }

  /// Passes of the whole map; a recorded epoch renews no more than its share of the time.
  [[nodiscard]] std::optional<RecordSize> size(const RecordedNetwork& network) const override {
    if (!network.on_plane || network.request.map_side < 2) return std::nullopt;
    const auto side = static_cast<double>(network.request.map_side);
    // Neighbours are alike, so that it packs well.
    return RecordSize{{{side * side * packed}, {side * side * packed}}, 1.0,
                      side * side * std::numbers::pi / 4.0};
  }
};

}  // namespace

const Recorder& decision_map_recorder() {
  static const DecisionMapRecorder recorder;
  return recorder;
}

}  // namespace paralif
