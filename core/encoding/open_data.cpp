#include "core/encoding/drawn_once.h"
#include "core/encoding/recorded_source.h"
#include "core/encoding/spike_source.h"
#include "core/encoding/yin_yang_source.h"

namespace paralif {

bool is_rate_coded(const std::string& dataset) {
  return dataset == "yinyang" || dataset == "points";
}

DataSplit open_data(const DatasetSettings& settings) {
  DataSplit split;
  if (settings.name == "yinyang") {
    split = {std::make_unique<YinYangSource>(yin_yang_train, settings.steps),
             std::make_unique<YinYangSource>(yin_yang_test, settings.steps)};
  } else {
    split = open_recorded_data(settings);
  }
  if (is_rate_coded(settings.name) && !settings.redraw) {
    constexpr std::uint64_t train_draw = 0;
    constexpr std::uint64_t test_draw = 1;
    split.train = std::make_unique<DrawnOnce>(std::move(split.train), train_draw);
    split.test = std::make_unique<DrawnOnce>(std::move(split.test), test_draw);
  }
  return split;
}

}  // namespace paralif
