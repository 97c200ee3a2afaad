// A source whose samples are those of another one, but for how they are encoded.
#pragma once

#include "core/encoding/spike_source.h"

namespace paralif {

class ForwardedSource : public SpikeSource {
 public:
  /// `source` must outlive this.
  explicit ForwardedSource(const SpikeSource& source) : source_(source) {}

  [[nodiscard]] std::int64_t samples() const override { return source_.samples(); }
  [[nodiscard]] std::int64_t inputs() const override { return source_.inputs(); }
  [[nodiscard]] std::vector<std::int64_t> features() const override { return source_.features(); }
  [[nodiscard]] std::int64_t classes() const override { return source_.classes(); }
  [[nodiscard]] std::int64_t label(std::int64_t sample) const override {
    return source_.label(sample);
  }
  [[nodiscard]] double step_s() const override { return source_.step_s(); }
  [[nodiscard]] std::vector<std::string> class_names() const override {
    return source_.class_names();
  }
  [[nodiscard]] std::vector<std::string> notes() const override { return source_.notes(); }

 protected:
  [[nodiscard]] const SpikeSource& source() const { return source_; }

 private:
  const SpikeSource& source_;
};

}  // namespace paralif
