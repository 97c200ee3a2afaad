#include "core/encoding/drawn_once.h"
#include "core/encoding/recorded_source.h"
#include "core/encoding/spike_source.h"
#include "core/encoding/split.h"
#include "core/encoding/yin_yang_source.h"
#include "datasets/catalogue/catalogue.h"

namespace paralif {

bool is_rate_coded(const std::string& dataset) {
  return kind_of(dataset) == DataKind::points;
}

namespace {

DataSplit yin_yang(const DatasetSettings& settings) {
  const auto train = [&](std::vector<std::int64_t> chosen) {
    return std::make_unique<YinYangSource>(yin_yang_train, std::move(chosen), settings.steps);
  };
  const YinYangSource whole(yin_yang_train, settings.steps);
  HeldOut split = hold_out(
      whole.samples(), [&](std::int64_t i) { return whole.label(i); }, settings.validation);
  DataSplit parts{train(std::move(split.train)),
                  std::make_unique<YinYangSource>(yin_yang_test, settings.steps), nullptr};
  if (settings.validation > 0) parts.validation = train(std::move(split.held_out));
  return parts;
}

}  // namespace

DataSplit open_data(const DatasetSettings& settings) {
  DataSplit split =
      is_computed(settings.name) ? yin_yang(settings) : open_recorded_data(settings);
  if (is_rate_coded(settings.name) && !settings.redraw) {
    constexpr std::uint64_t train_draw = 0;
    constexpr std::uint64_t test_draw = 1;
    const auto once = [](std::unique_ptr<SpikeSource>& source, std::uint64_t draw) {
      if (source) source = std::make_unique<DrawnOnce>(std::move(source), draw);
    };
    once(split.train, train_draw);
    once(split.test, test_draw);
    once(split.validation, train_draw);
  }
  return split;
}

}  // namespace paralif
