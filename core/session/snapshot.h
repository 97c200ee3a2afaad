// What a session shows of itself: plain values, safe to copy between threads.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/values/plane_point.h"

namespace paralif {

enum class SessionState { idle, preparing, running, paused, stopping, finished, stopped, failed };

struct BatchMetrics {
  std::int64_t step = 0;   ///< optimiser steps so far, counted from 1
  std::int64_t epoch = 0;  ///< counted from 1
  std::int64_t batch = 0;  ///< within the epoch, counted from 1
  double loss = 0.0;
  double accuracy = 0.0;  ///< 0..1
};

struct EpochMetrics {
  std::int64_t epoch = 0;  ///< counted from 1
  std::int64_t step = 0;   ///< optimiser steps at its end
  double train_loss = 0.0;
  double train_accuracy = 0.0;  ///< 0..1
  std::optional<double> validation_loss;  ///< of the part kept out of the training; or absent
  std::optional<double> validation_accuracy;
  double test_loss = 0.0;
  double test_accuracy = 0.0;
  double train_seconds = 0.0;
  double test_seconds = 0.0;  ///< of the test set
  double learning_rate = 0.0;
  std::vector<double> layer_rates;   ///< spikes per neuron and step, by hidden layer, test set
  std::vector<double> layer_spikes;  ///< spikes per sample, by hidden layer, test set
  /// Spikes per step of all neurons of a hidden layer, mean of the test set's batches: the
  /// published count. The second is of what is fed back: 0 without recurrence, empty for LIF.
  std::vector<double> layer_step_spikes;
  std::vector<double> feedback_step_spikes;
};

struct SpikeEvent {
  std::int32_t step = 0;
  std::int32_t neuron = 0;
};

struct LayerActivity {
  std::string name;  ///< "Input", "Hidden 1", ...
  std::int64_t neurons = 0;
  std::vector<SpikeEvent> spikes;  ///< in order of steps
  double rate = 0.0;               ///< spikes per neuron and step
};

/// One neuron over the sample's time. `layer` counts from 1 (0 is the input); the read-out is
/// the last layer and has no threshold.
struct MembraneTrace {
  std::int64_t layer = 1;
  std::int64_t neuron = 0;
  std::string name;             ///< "Hidden 1 · neuron 3", "Read-out · class 0"
  std::vector<float> membrane;  ///< one value a step; after the reset where the neuron has one
  bool has_threshold = false;
  float threshold = 0.0F;
  std::vector<std::int32_t> spike_steps;
  /// The value that crossed the threshold at each spike step, before the reset. Empty for
  /// neurons without a reset, and in recordings of older versions.
  std::vector<float> crossed;
};

/// What the network did with one test sample.
struct SampleProbe {
  std::int64_t sample = 0;  ///< index in the test set
  std::int64_t label = 0;
  std::int64_t predicted = 0;
  std::int64_t steps = 0;
  double time_step_s = 1e-3;
  /// Counted from 1: the epoch in progress or, between two epochs, the last one; 0: untrained.
  std::int64_t epoch = 0;
  std::vector<LayerActivity> layers;
  std::vector<MembraneTrace> traces;   ///< the neurons asked for
  std::vector<MembraneTrace> readout;  ///< one a class
};

/// counts[truth * classes + predicted], over the test set.
struct ConfusionMatrix {
  std::int64_t classes = 0;
  std::int64_t epoch = 0;
  std::vector<std::int64_t> counts;
};

/// The class the network gives each point of the Yin-Yang plane. Row 0 is y = 0; a row runs
/// along x; both axes span 0..1. Points not reached yet have class -1.
struct DecisionMap {
  std::int64_t side = 0;
  std::int64_t epoch = 0;        ///< of the newest points; counted as SampleProbe::epoch is
  std::int64_t first_epoch = 0;  ///< of the oldest points: earlier where a round is not complete
  std::vector<std::int8_t> predicted;
  std::vector<float> confidence;  ///< softmax of the winning read-out, 0..1
};

struct Histogram {
  double minimum = 0.0;
  double maximum = 0.0;
  std::vector<std::int64_t> counts;
};

struct LayerWeights {
  std::string name;
  Histogram histogram;
};

/// A field that was changed while training, and where in the training it began to hold.
struct AppliedChange {
  std::string key;           ///< of the field, such as "training.learning_rate"
  std::string value;         ///< as parse_field reads it
  std::int64_t step = 0;     ///< optimiser steps before it
  std::int64_t epoch = 1;    ///< in progress
  std::int64_t batch = 0;    ///< done in that epoch

  bool operator==(const AppliedChange&) const = default;
};

/// The newest view of a session. Metrics are those since the last take; the rest is the latest
/// there is (null before the first).
struct Snapshot {
  SessionState state = SessionState::idle;
  std::string message;     ///< what it is doing, or why it failed
  std::int64_t epoch = 0;  ///< epoch in progress, counted from 1
  std::int64_t epochs = 0;
  std::int64_t batch = 0;  ///< batches done in this epoch
  std::int64_t batches = 0;
  double elapsed_s = 0.0;     ///< time spent training
  double remaining_s = -1.0;  ///< estimate; negative: not known yet
  double samples_per_second = 0.0;
  std::string run_folder;  ///< where the run is recorded
  std::vector<BatchMetrics> batches_since;
  std::vector<EpochMetrics> epochs_since;
  std::vector<std::string> log_since;
  std::vector<AppliedChange> changes_since;
  /// The test samples, where they are points of the plane; null before they are known.
  std::shared_ptr<const std::vector<PlanePoint>> plane_points;
  std::vector<std::string> class_names;  ///< as the data has them; empty: it has none
  std::string watch_problem;  ///< why the sample asked for cannot be run; empty: it can
  std::shared_ptr<const SampleProbe> probe;
  std::shared_ptr<const ConfusionMatrix> confusion;
  std::shared_ptr<const DecisionMap> decision_map;
  std::shared_ptr<const std::vector<LayerWeights>> weights;
  std::int64_t weights_epoch = 0;  ///< counted as SampleProbe::epoch is
};

std::string_view to_string(SessionState state);

}  // namespace paralif
