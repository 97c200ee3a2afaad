#include "core/encoding/recorded_source.h"
#include "core/encoding/spike_source.h"
#include "core/encoding/yin_yang_source.h"

namespace paralif {

DataSplit open_data(const DatasetSettings& settings) {
  if (settings.name == "yinyang") {
    return {std::make_unique<YinYangSource>(yin_yang_train, settings.steps),
            std::make_unique<YinYangSource>(yin_yang_test, settings.steps)};
  }
  return open_recorded_data(settings);
}

}  // namespace paralif
