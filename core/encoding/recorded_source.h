// Recorded datasets as sources of training batches.
#pragma once

#include "core/encoding/batch_builder.h"
#include "core/encoding/binning.h"
#include "core/encoding/spike_source.h"
#include "datasets/recorded_set.h"

namespace paralif {

/// Opens both halves of a dataset that is read from files: heidelberg, ssc, ntidigits, nmnist,
/// dvsgesture, cifar10 and points. Throws Error(setting) for any other and Error(file) where
/// files are missing or broken.
DataSplit open_recorded_data(const DatasetSettings& settings);

/// How one recorded set becomes batches.
struct RecordedEncoding {
  BinRule bins;
  InputGrid grid;
  bool audio = true;
  bool augmentation = false;
  double shift = 0.0;
  double scale = 0.0;
  double time_mask = 0.0;
  double unit_mask = 0.0;
  double mask_probability = 1.0;
  double step_s = 1e-3;
  Padding padding = Padding::start;
};

/// The encoding of a dataset as an experiment sets it; `training` decides about augmentation.
RecordedEncoding recorded_encoding(const DatasetSettings& settings, const SetDescription& set,
                                   bool training);

/// The samples `chosen` of a set.
class RecordedSource : public SpikeSource {
 public:
  RecordedSource(std::shared_ptr<const RecordedSet> set, std::vector<std::int64_t> chosen,
                 RecordedEncoding encoding);

  [[nodiscard]] std::int64_t samples() const override;
  [[nodiscard]] std::int64_t inputs() const override;
  [[nodiscard]] std::vector<std::int64_t> features() const override;
  [[nodiscard]] std::int64_t classes() const override;
  [[nodiscard]] std::int64_t label(std::int64_t sample) const override;
  [[nodiscard]] double step_s() const override;
  [[nodiscard]] std::vector<std::string> class_names() const override;
  [[nodiscard]] std::vector<std::string> notes() const override;
  [[nodiscard]] SpikeBatch batch(std::span<const std::int64_t> samples,
                                 std::uint64_t draw) const override;

 private:
  [[nodiscard]] EventRows encode(std::int64_t sample, std::uint64_t draw) const;

  std::shared_ptr<const RecordedSet> set_;
  std::vector<std::int64_t> chosen_;
  RecordedEncoding encoding_;
};

}  // namespace paralif
