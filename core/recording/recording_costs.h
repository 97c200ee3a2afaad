// What a run will keep of each recorded epoch, and what that costs, before it is trained.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/experiments/experiment.h"
#include "core/recording/watch_request.h"
#include "core/values/network_description.h"
#include "core/values/text.h"
#include "core/values/signal_shape.h"

namespace paralif {

/// What one look keeps, and the passes of single samples through the network that it needs.
struct RecordSize {
  struct Arrays {
    double values = 0.0;  ///< numbers of 4 bytes in each
    double count = 1.0;
  };
  std::vector<Arrays> arrays;
  double groups = 1.0;
  double passes = 0.0;
};

/// A network by its description, as the recorders' sizes need it.
struct RecordedNetwork {
  NetworkDescription network;
  SignalShape input;                ///< with the steps of a sample, see expected_seconds
  std::vector<SignalShape> shapes;  ///< after each layer
  std::int64_t classes = 0;
  bool on_plane = false;  ///< the samples are points, which have a decision map
  WatchRequest request;

  /// Of the layers whose output is spikes, in order.
  [[nodiscard]] std::vector<std::size_t> spiking_layers() const;
};

/// Share of a layer's neurons that fire at a step, where the number of spikes is estimated.
inline constexpr double expected_rate = 0.05;

/// Length of recordings where their settings do not give the number of steps.
inline constexpr double expected_seconds = 1.0;

/// Share of the time of a training that recording takes at most.
inline constexpr double recording_time_limit = 0.02;

struct RecordingCost {
  std::string id;
  Text title;
  Text explanation;
  bool kept = true;    ///< by the experiment's choice
  double bytes = 0.0;   ///< of a recorded epoch on disk, about
  double passes = 0.0;  ///< of single samples through the network, for a recorded epoch
};

/// Of every recorder that applies, in their order. Empty where the data is not known. Throws
/// Error(setting) for an unknown recorder in `recording.keep`, and for a network that does not fit.
std::vector<RecordingCost> recording_costs(const Experiment& experiment,
                                           const WatchRequest& request = {});

/// Of those kept: bytes on disk of one recorded epoch, about; 0 where nothing is recorded.
double recorded_epoch_bytes(const std::vector<RecordingCost>& costs);

/// Recorded epochs of a whole training, if none is left out for its time.
std::int64_t recorded_epoch_count(const Experiment& experiment);

/// Whether an epoch is to be recorded; the last one of a training is, unless none is.
bool records_epoch(const Experiment& experiment, std::int64_t epoch);

/// Of the parts that an epoch passes through the network, as the experiment uses them.
struct SampleCounts {
  std::int64_t training = 0;
  std::int64_t test = 0;
};
/// Opens the data. Throws Error(file).
SampleCounts count_samples(const Experiment& experiment);

/// Time that looks of so many passes take of an epoch's, 0..1. They are batches of one, which cost
/// several times a sample of a whole batch: the figure is a lower bound.
double share_of_epoch(double passes, const SampleCounts& samples);

/// Passes of an epoch of `training_samples` (backward counted as two forward) and `test_samples`.
double passes_of_epoch(std::int64_t training_samples, std::int64_t test_samples);

/// Whether the experiment keeps what a recorder of this id sees.
bool keeps(const RecordingSettings& recording, std::string_view id);

/// Throws Error(setting) for an unknown recorder in `recording.keep`.
void check_recording(const RecordingSettings& recording);

}  // namespace paralif
