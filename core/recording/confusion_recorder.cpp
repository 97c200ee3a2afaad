// "confusion": the confusion matrix of the last test.
#include "core/recording/recorder.h"

namespace paralif {
namespace {

class ConfusionRecorder final : public Recorder {
 public:
  [[nodiscard]] std::string_view id() const override { return "confusion"; }
  [[nodiscard]] Text title() const override { return marked("Confusion matrix"); }
  [[nodiscard]] Text explanation() const override {
    return marked("Which class the network took the test samples of each class for.");
  }
  [[nodiscard]] bool applies(const Network&) const override { return true; }

  [[nodiscard]] Record look(Moment& moment) const override {
    Record record;
    if (moment.confusion() != nullptr) record.value = *moment.confusion();
    return record;
  }

  [[nodiscard]] std::optional<RecordSize> size(const RecordedNetwork& network) const override {
    const auto classes = static_cast<double>(network.classes);
    return RecordSize{{{2.0 * classes * classes}}, 1.0, 0.0};  // of 8 bytes
  }
};

}  // namespace

const Recorder& confusion_recorder() {
  static const ConfusionRecorder recorder;
  return recorder;
}

}  // namespace paralif
