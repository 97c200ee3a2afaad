// An experiment: everything that decides what a training run computes, as plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/encoding/dataset_settings.h"
#include "core/values/network_description.h"
#include "core/values/per_layer.h"

namespace paralif {

/// A list of layers or, without one, the dense network: hidden layers of spiking neurons, then a
/// read-out that integrates.
struct NetworkSettings {
  NetworkDescription layers;  ///< empty: the dense network of what follows and of NeuronChoice
  std::vector<std::int64_t> hidden{128};  ///< units of each hidden layer
  PerLayer<bool> recurrent{false};  ///< of hidden layers
  bool recurrent_relu = false;      ///< feed back relu(membrane) instead of spikes
  PerLayer<std::int64_t> delay_max{0};  ///< longest fixed random delay after a hidden layer
  std::string delay_distribution = "normal";  ///< normal or uniform

  bool operator==(const NetworkSettings&) const = default;
};

/// The neuron of every layer. Without a time constant the decay is 0 and stays 0; a time constant
/// of 0 has a decay of 0 that, learnt, starts at sigmoid(0) = 0.5.
struct NeuronChoice {
  std::string name = "ParaLIF-T";  ///< LIF, LIF-LT, ParaLIF-<mode> or ReLU
  PerLayer<std::optional<double>> tau_mem_s{2e-2};  ///< hidden layers, then maybe the read-out
  PerLayer<std::optional<double>> tau_syn_s{2e-2};
  double time_step_s = 1e-3;
  bool learn_tau = false;
  std::string tau_init = "logit";  ///< logit: starts at the true decay; reference: as published
  bool tau_per_neuron = false;     ///< with learn_tau: one decay a neuron, not one a layer
  std::optional<double> threshold;  ///< absent: the published default of the neuron
  double refractory_s = 0.0;       ///< LIF only
  std::string surrogate = "fastsig";
  std::optional<double> surrogate_scale;  ///< absent: its default (fastsig 100, atan 2)

  bool operator==(const NeuronChoice&) const = default;
};

struct TrainingSettings {
  std::int64_t epochs = 20;
  std::int64_t batch_size = 64;
  std::string loss = "mean";  ///< mean, max, last, cumsum, spike_count or mse_rate over time
  double label_smoothing = 0.0;  ///< share of the target spread over all classes
  bool drop_last = false;        ///< leave out the last batch of an epoch where it is incomplete
  std::string optimizer = "adamax";
  double learning_rate = 1e-3;
  double weight_decay = 0.0;
  double momentum = 0.0;  ///< SGD only
  std::string schedule = "step";  ///< step, as published for the dense network, or another
  std::int64_t schedule_step_epochs = 25;  ///< epochs between two reductions
  double schedule_gamma = 0.5;             ///< what a reduction multiplies the rate by
  std::optional<std::int64_t> schedule_period_epochs;  ///< cosine, one_cycle; absent: all epochs
  double delay_learning_rate = 0.1;  ///< of learned delays, with a cosine over all epochs
  /// Spikes per neuron and step above which firing costs; absent: it costs nothing.
  std::optional<double> reg_threshold;
  std::optional<double> reg_threshold_recurrent;  ///< the same for recurrent spikes
  double reg_strength = 1.0;                      ///< weight of both regularisations
  bool debug = false;  ///< the first 2 x batch_size samples of both sets, to try a setting out
  bool save_model = true;                ///< keep the final weights
  bool tensorboard = false;              ///< write TensorBoard's events while it trains

  bool operator==(const TrainingSettings&) const = default;
};

/// What is kept of an epoch besides its metrics, for a replay.
struct RecordingSettings {
  std::int64_t every = 1;    ///< epochs from one recorded to the next; 0: none is
  std::string keep = "all";  ///< ids of recorders, separated by commas, or all or none

  bool operator==(const RecordingSettings&) const = default;
};

struct Experiment {
  static constexpr int schema_version = 2;

  std::string title = "Yin-Yang";
  DatasetSettings dataset;
  NetworkSettings network;
  NeuronChoice neuron;
  TrainingSettings training;
  RecordingSettings recording;
  std::int64_t seed = 0;
  std::string backend = "fused";  ///< sequential, fft or fused
  std::string precision = "float32";  ///< or bfloat16: of the products of a list of layers
  std::string device = "cpu";        ///< cpu, cuda or cuda:N

  bool operator==(const Experiment&) const = default;
};

}  // namespace paralif
