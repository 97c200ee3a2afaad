#include "core/training/trainer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <map>

#include "core/encoding/batch_builder.h"
#include "core/kernels/threads.h"
#include "core/networks/dense_input.h"
#include "core/training/batch_mixing.h"
#include "core/training/device.h"
#include "core/training/network_of.h"
#include "core/values/counter_random.h"
#include "datasets/catalogue/catalogue.h"
#include "datasets/error.h"

namespace paralif {
namespace {

using torch::Tensor;

enum KeyPart : std::uint64_t {
  order_part = 1,
  train_part,
  test_part,
  noise_part,
  test_noise_part,
  mix_part
};

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

Tensor label_tensor(const SpikeBatch& batch) {
  return torch::tensor(batch.labels, torch::kInt64);
}

}  // namespace

Trainer::Trainer(const Experiment& experiment, const DataSplit& data, Rank share,
                 GradientSync* sync)
    : experiment_(experiment),
      data_(data),
      device_(device_named(experiment.device)),
      loss_(loss_named(experiment.training.loss)),
      key_(keyed(0, static_cast<std::uint64_t>(experiment.seed))),
      sync_(sync) {
  const SignalShape input{0, data.train->features()};
  network_ = make_network(experiment, input, data.train->classes());
  network_->to(device_);
  plan_ = {samples_of(*data.train), experiment.training.batch_size, experiment.training.drop_last,
           keyed(key_, order_part), share};
  batches_ = plan_.batches();

  // Normalisations keep their scale, and delays have a rate of their own.
  ParameterGroup main{{}, optimizer_settings(experiment)};
  ParameterGroup norms = main;
  norms.settings.weight_decay = 0.0;
  ParameterGroup delays = norms;
  std::array<std::vector<std::string>, 3> names;
  std::map<std::string, std::string> kinds;
  for (const LayerDescription& layer : network_->description().layers) kinds[layer.id] = layer.kind;
  for (const auto& [name, tensor] : network_->trained_tensors()) {
    const std::string& kind = kinds[name.substr(0, name.find('.'))];
    const std::size_t of = kind == "batch_norm"                                ? 1
                           : kind == "learned_delay" && name.ends_with(".P") ? 2
                                                                               : 0;
    (of == 0 ? main : of == 1 ? norms : delays).parameters.push_back(tensor);
    names[of].push_back(name);
  }
  std::vector<ParameterGroup> groups{std::move(main)};
  if (!norms.parameters.empty()) groups.push_back(std::move(norms));
  if (!delays.parameters.empty()) {
    delays_group_ = groups.size();
    groups.push_back(std::move(delays));
  }
  for (const auto& list : names) optimized_.insert(optimized_.end(), list.begin(), list.end());
  optimizer_ = std::make_unique<Optimizer>(std::move(groups));
}

Trainer::~Trainer() = default;

double Trainer::learning_rate() const {
  return schedule_of(experiment_.training).rate_in(progress_.epoch);
}

void Trainer::set_rates() {
  const Schedule schedule = schedule_of(experiment_.training);
  const std::size_t ordinary = delays_group_ > 0 ? delays_group_ : optimizer_->groups();
  for (std::size_t group = 0; group < ordinary; ++group) {
    optimizer_->set_learning_rate(schedule.rate_in(progress_.epoch), group);
    if (const auto momentum = schedule.momentum_in(progress_.epoch)) {
      optimizer_->set_momentum(*momentum, group);
    }
  }
  if (!learns_delays()) return;
  const Schedule delays{.kind = ScheduleKind::cosine,
                        .rate = experiment_.training.delay_learning_rate,
                        .period_epochs = experiment_.training.epochs};
  optimizer_->set_learning_rate(delays.rate_in(progress_.epoch), delays_group_);
}

std::int64_t Trainer::samples_of(const SpikeSource& source) const {
  const TrainingSettings& t = experiment_.training;
  return t.debug ? std::min(source.samples(), 2 * t.batch_size) : source.samples();
}

void Trainer::change(const Experiment& experiment) {
  experiment_.training.learning_rate = experiment.training.learning_rate;
  experiment_.training.weight_decay = experiment.training.weight_decay;
  experiment_.training.epochs = experiment.training.epochs;
  optimizer_->set_weight_decay(experiment.training.weight_decay);
}

std::int64_t Trainer::parameters() const {
  std::int64_t count = 0;
  for (const Tensor& parameter : network_->parameters()) count += parameter.numel();
  return count;
}

SpikeBatch Trainer::encode(std::int64_t epoch, std::int64_t batch) const {
  std::vector<std::int64_t> samples = plan_.batch(epoch, batch);
  if (samples.empty()) {
    // The others have the whole of this small batch; one of it is passed through without weight.
    BatchPlan whole = plan_;
    whole.share = {};
    samples = {whole.batch(epoch, batch).front()};
  }
  return data_.train->batch(samples,
                            keyed(keyed(key_, train_part), static_cast<std::uint64_t>(epoch)));
}

void Trainer::encode_ahead() {
  ahead_epoch_ = progress_.epoch;
  ahead_batch_ = progress_.batch + 1;
  if (ahead_batch_ >= batches_) {
    ahead_batch_ = 0;
    if (++ahead_epoch_ > experiment_.training.epochs) return;
  }
  ahead_ = std::async(std::launch::async, &Trainer::encode, this, ahead_epoch_, ahead_batch_);
}

SpikeBatch Trainer::next_batch() {
  if (ahead_.valid()) {
    SpikeBatch batch = ahead_.get();
    if (ahead_epoch_ == progress_.epoch && ahead_batch_ == progress_.batch) return batch;
  }
  return encode(progress_.epoch, progress_.batch);
}

Tensor Trainer::scores(const NetworkOutput& output) const {
  return loss_.scores(output.readout);
}

bool Trainer::mixes() const {
  return experiment_.dataset.augmentation &&
         kind_of(experiment_.dataset.name) == DataKind::images;
}

bool Trainer::mixes_in_time() const {
  const DatasetSettings& d = experiment_.dataset;
  return d.augmentation && d.cut_mix > 0 && kind_of(d.name) == DataKind::audio;
}

std::pair<NetworkOutput, Tensor> Trainer::forward(const SpikeBatch& batch, const Tensor& labels) {
  const auto step = static_cast<std::uint64_t>(progress_.step);
  const auto rank = static_cast<std::uint64_t>(plan_.share.rank);
  // Each process draws noise of its own.
  const auto whole = keyed(keyed(key_, noise_part), step);
  const auto noise = rank == 0 ? whole : keyed(whole, rank);
  const std::uint64_t mixing = keyed(keyed(key_, mix_part), step);
  if (mixes_in_time()) {
    const MixedEvents mixed = mixed_in_time(batch, data_.train->classes(),
                                            experiment_.dataset.cut_mix, mixing);
    return {network_->forward(mixed.batch, noise), mixed.targets.to(device_)};
  }
  if (!mixes()) return {network_->forward(batch, noise), {}};
  std::vector<std::int64_t> sizes{batch.samples, batch.steps};
  const auto& features = network_->input().features;
  sizes.insert(sizes.end(), features.begin(), features.end());
  const MixedBatch mixed = mixed_batch(dense_input(batch).reshape(sizes).to(device_), labels,
                                       data_.train->classes(), mixing);
  return {network_->forward(mixed.input, noise), mixed.targets};
}

Tensor Trainer::loss_of(const NetworkOutput& output, const Tensor& scores, const Tensor& labels,
                        const Tensor& targets) const {
  const TrainingSettings& t = experiment_.training;
  Tensor loss = targets.defined() ? loss_.soft(scores, targets, t.label_smoothing)
                                  : loss_.hard(scores, labels, t.label_smoothing);
  const std::int64_t hidden = network_->hidden_neurons();
  if (t.reg_threshold) {
    loss = loss + t.reg_strength * rate_regularisation(output, *t.reg_threshold, hidden, false);
  }
  if (t.reg_threshold_recurrent) {
    loss = loss + t.reg_strength * rate_regularisation(output, *t.reg_threshold_recurrent, hidden, true);
  }
  return loss;
}

/// As many threads as this batch is worth.
int Trainer::threads_of(const SpikeBatch& batch) const {
  std::int64_t widest = 1;
  for (const HiddenLayer& layer : network_->hidden()) {
    widest = std::max(widest, layer.shape.units());
  }
  return threads_for(static_cast<double>(batch.samples) * static_cast<double>(batch.steps) *
                     static_cast<double>(widest));
}

BatchMetrics Trainer::train_batch() {
  const auto start = std::chrono::steady_clock::now();
  SpikeBatch batch = next_batch();
  encode_ahead();
  if (sync_ != nullptr) {
    pad_to(batch, sync_->longest(batch.steps),
           experiment_.dataset.padding == "end" ? Padding::end : Padding::start);
  }
  const ThreadLease lease(threads_of(batch));
  const Tensor labels = label_tensor(batch).to(device_);
  network_->train();
  const auto [output, targets] = forward(batch, labels);
  const Tensor scores = this->scores(output);
  const Tensor loss = loss_of(output, scores, labels, targets);
  const auto value = loss.item<double>();
  if (!std::isfinite(value)) {
    throw Error(
        Error::Kind::numerical, "loss",
        fmt::format("became {} in epoch {}, batch {}", value, progress_.epoch, progress_.batch + 1),
        "lower the learning rate or the firing-rate regularisation; the last good checkpoint is kept");
  }
  optimizer_->zero_grad();
  loss.backward();
  const std::int64_t correct = scores.detach().argmax(1).eq(labels).sum().item<std::int64_t>();
  const std::int64_t own = plan_.share_of(progress_.batch);
  BatchTotals totals{value * static_cast<double>(own), own > 0 ? correct : 0, own};
  if (sync_ != nullptr) {
    std::vector<Tensor> gradients = optimizer_->gradients();
    sync_->combine(gradients, totals);
  }
  set_rates();
  optimizer_->step();
  network_->constrain();

  const double spent = seconds_since(start);
  ++progress_.batch;
  ++progress_.step;
  progress_.loss_sum += totals.loss;
  progress_.correct += totals.correct;
  progress_.seen += totals.seen;
  progress_.train_seconds += spent;
  progress_.total_seconds += spent;
  const auto seen = static_cast<double>(totals.seen);
  return {progress_.step, progress_.epoch, progress_.batch,
          sync_ == nullptr ? value : totals.loss / seen,
          static_cast<double>(totals.correct) / seen};
}

NetworkOutput Trainer::run(const SpikeBatch& batch, bool want_membranes) {
  const torch::NoGradGuard no_grad;
  const ThreadLease lease(threads_of(batch));
  network_->eval();
  return network_->forward(batch, keyed(key_, test_noise_part), want_membranes);
}

std::uint64_t Trainer::test_draw() const {
  return keyed(key_, test_part);
}

}  // namespace paralif
