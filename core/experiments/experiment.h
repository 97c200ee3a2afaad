// An experiment: everything that decides what a training run computes, as plain values.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace paralif {

/// Which data, and how it becomes spike trains.
struct DatasetSettings {
  std::string name = "yinyang";
  std::int64_t steps = 100;       ///< time steps of a sample, for rate-coded data
  double window_s = 1e-3;         ///< width of a time bin, for recorded data
  std::int64_t bins = 0;          ///< this many bins a sample, whatever its length; 0: by window
  std::int64_t group_units = 1;   ///< neighbouring channels of audio summed into one input
  std::string polarity = "published";  ///< of cameras: published, off, on, both or merged
  std::int64_t resize = 0;        ///< pixels along a side of camera frames; 0: as published
  bool augmentation = false;      ///< random translation and scale of every training sample
  double shift = 0.05;            ///< largest translation, as a fraction of the extent
  double scale = 0.15;            ///< largest change of scale
  double time_mask = 0.0;         ///< largest fraction of steps emptied, with augmentation
  double unit_mask = 0.0;         ///< largest fraction of audio channels emptied, likewise
  double validation = 0.0;        ///< training samples tested instead of the test set; 0: none
  bool preload = false;           ///< read everything into memory first
  bool redraw = true;             ///< rate-coded trains anew each epoch; false: drawn once
  std::string padding = "start";  ///< of shorter samples in a batch: start or end of time
  std::string time_unit = "published";  ///< of times in the files: published, s, ms or us
  std::string skip_bad = "none";  ///< what may be left out of a file: none or events
  std::string data_dir;           ///< where downloads are; empty: the usual places

  bool operator==(const DatasetSettings&) const = default;
};

/// The dense network: hidden layers of spiking neurons, then a read-out that integrates.
struct NetworkSettings {
  std::vector<std::int64_t> hidden{128};  ///< units of each hidden layer
  bool recurrent = false;
  bool recurrent_relu = false;  ///< feed back relu(membrane) instead of spikes
  std::int64_t delay_max = 0;   ///< longest fixed random delay after a hidden layer; 0: none
  std::string delay_distribution = "normal";  ///< normal or uniform

  bool operator==(const NetworkSettings&) const = default;
};

/// The neuron of every layer. A time constant of 0 means absent (its decay is 0).
struct NeuronChoice {
  std::string name = "ParaLIF-T";  ///< LIF, LIF-LT, ParaLIF-<mode> or ReLU
  double tau_mem_s = 2e-2;
  double tau_syn_s = 2e-2;
  double time_step_s = 1e-3;
  bool learn_tau = false;
  std::string tau_init = "logit";  ///< logit: starts at the true decay; reference: as published
  bool tau_per_neuron = false;     ///< with learn_tau: one decay a neuron, not one a layer
  double threshold = 0.0;          ///< 0: the published default of the neuron
  double refractory_s = 0.0;       ///< LIF only
  std::string surrogate = "fastsig";
  double surrogate_scale = 0.0;  ///< 0: the surrogate's own default (fastsig 100, atan 2)

  bool operator==(const NeuronChoice&) const = default;
};

struct TrainingSettings {
  std::int64_t epochs = 20;
  std::int64_t batch_size = 64;
  std::string loss = "mean";  ///< mean, max, last or cumsum over time
  std::string optimizer = "adamax";
  double learning_rate = 1e-3;
  double weight_decay = 0.0;
  double momentum = 0.0;  ///< SGD only
  bool scheduler = false;
  std::int64_t scheduler_epochs = 25;  ///< epochs between two reductions
  double scheduler_factor = 0.5;
  double reg_threshold = 0.0;  ///< spikes per neuron and step above which firing costs; 0: off
  double reg_threshold_recurrent = 0.0;  ///< the same for recurrent spikes
  double reg_strength = 1.0;             ///< weight of both firing costs
  bool debug = false;                    ///< two batches an epoch, to try a setting out
  bool save_model = true;                ///< keep the final weights

  bool operator==(const TrainingSettings&) const = default;
};

struct Experiment {
  static constexpr int schema_version = 1;

  std::string title = "Yin-Yang";
  DatasetSettings dataset;
  NetworkSettings network;
  NeuronChoice neuron;
  TrainingSettings training;
  std::int64_t seed = 0;
  std::string evaluation = "fused";  ///< sequential, fft or fused
  std::string device = "cpu";        ///< cpu, cuda or cuda:N

  bool operator==(const Experiment&) const = default;
};

}  // namespace paralif
