// A trainer's state given out, and taken back after everything in it has been checked.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/experiments/experiment_file.h"
#include "core/experiments/fields.h"
#include "core/training/checkpoint.h"
#include "core/training/trainer.h"
#include "core/values/parameter_text.h"
#include "datasets/error.h"

namespace paralif {
namespace {

using torch::Tensor;

Tensor copy_of(const Tensor& tensor) {
  return tensor.defined() ? tensor.detach().to(torch::kCPU).contiguous().clone() : Tensor();
}

/// Says of one checkpoint what is wrong with it.
struct Judge {
  const std::string& origin;

  [[noreturn]] void refuse(const std::string& problem) const {
    throw Error(Error::Kind::file, origin, problem,
                "resume with the settings and data of its run, or start a new one");
  }

  void require(bool good, const std::string& problem) const {
    if (!good) refuse(problem);
  }

  /// What decides the tensors' shapes and the order of the samples; the rest is the run's affair.
  void same_experiment(const Experiment& wanted, const std::string& text) const {
    if (text.empty()) return;
    const Experiment recorded = experiment_from_json(text, origin);
    for (const Field& field : experiment_fields()) {
      const bool decides =
          field.group == FieldGroup::dataset || field.group == FieldGroup::network ||
          field.group == FieldGroup::neuron || field.key == "seed" ||
          field.key == "training.batch_size" || field.key == "training.optimizer";
      if (!decides || field.key == "dataset.data_dir") continue;
      if (!same_value(field, wanted, recorded)) {
        refuse(fmt::format("is of another experiment: its {} is {}, not {}", field.key,
                           parameter_text(field, recorded), parameter_text(field, wanted)));
      }
    }
  }

  void progress(const TrainingProgress& p, const Experiment& experiment, std::int64_t batches,
                std::int64_t samples) const {
    require(p.epoch >= 1 && p.epoch <= experiment.training.epochs + 1,
            fmt::format("is in epoch {} of a training of {}", p.epoch,
                        experiment.training.epochs));
    require(p.batch >= 0 && p.batch <= batches,
            fmt::format("is after batch {} of an epoch of {}", p.batch, batches));
    require(p.step == (p.epoch - 1) * batches + p.batch,
            fmt::format("has made {} steps, which {} batches an epoch do not add up to", p.step,
                        batches));
    const std::int64_t seen = std::min(samples, p.batch * experiment.training.batch_size);
    require(p.seen == seen && p.correct >= 0 && p.correct <= p.seen,
            fmt::format("has {} of {} samples right after batch {}", p.correct, p.seen, p.batch));
    require(std::isfinite(p.loss_sum), "has a loss that is not finite");
    for (const double seconds : {p.train_seconds, p.total_seconds}) {
      require(seconds >= 0 && seconds < 1e12, "has trained for an impossible time");
    }
  }

  void like(const std::string& name, const Tensor& wanted, const Tensor& found) const {
    require(found.sizes() == wanted.sizes() && found.scalar_type() == wanted.scalar_type(),
            fmt::format("has another network: the shape of '{}' differs", name));
  }
};

}  // namespace

TrainingState Trainer::state() const {
  TrainingState state = weights_of(*network_);
  Experiment plain = experiment_;
  plain.title.clear();  // of any length; it decides nothing
  plain.dataset.data_dir.clear();
  state.experiment = to_json(plain);
  state.progress = progress_;
  for (std::size_t i = 0; i < optimized_.size(); ++i) {
    const OptimizerState& slot = optimizer_->states()[i];
    state.optimizer[optimized_[i]] = {slot.step, copy_of(slot.first), copy_of(slot.second)};
  }
  if (const std::string bad = not_finite(state); !bad.empty()) {
    throw Error(Error::Kind::numerical, bad,
                fmt::format("is no longer finite in epoch {}", progress_.epoch),
                "lower the learning rate or the firing-rate regularisation; the last good checkpoint is kept");
  }
  return state;
}

Trainer::Replacement Trainer::replacement_of(const TrainingState& state,
                                             const std::string& origin) const {
  const Judge judge{origin};
  if (const std::string bad = not_finite(state); !bad.empty()) {
    judge.refuse(fmt::format("holds values that are not finite in '{}'", bad));
  }
  Replacement found;
  auto& [tensors, taken] = found;
  for (const auto& [name, tensor] : network_->trained_tensors()) tensors.emplace(name, tensor);
  for (const auto& [name, tensor] : network_->kept_tensors()) tensors.emplace(name, tensor);
  judge.require(tensors.size() == state.network.size(),
                fmt::format("has another network: {} tensors, not {}", state.network.size(),
                            tensors.size()));
  for (const auto& [name, own] : tensors) {
    auto given = state.network.find(name);
    // "delay0.delays" was "delay0" in versions before lists of layers.
    if (given == state.network.end() && name.ends_with(".delays")) {
      given = state.network.find(name.substr(0, name.find('.')));
    }
    judge.require(given != state.network.end(),
                  fmt::format("has another network: it has no '{}'", name));
    judge.like(name, own, given->second);
    taken.emplace(name, given->second);
  }
  for (const LayerDescription& layer : network_->description().layers) {
    const auto delays = taken.find(layer.id + ".delays");
    if (layer.kind != "fixed_delay" || delays == taken.end() || delays->second.numel() == 0) continue;
    const auto longest = layer.values.find("longest");
    const auto* most = longest == layer.values.end()
                           ? nullptr
                           : std::get_if<std::int64_t>(&longest->second);
    judge.require(delays->second.min().item<std::int64_t>() >= 0 &&
                      (most == nullptr || delays->second.max().item<std::int64_t>() <= *most),
                  fmt::format("has delays out of range in '{}'", delays->first));
  }
  return found;
}

void Trainer::restore_weights(const TrainingState& state, const std::string& origin) {
  const auto [tensors, taken] = replacement_of(state, origin);
  const torch::NoGradGuard no_grad;
  for (const auto& [name, own] : tensors) Tensor(own).copy_(taken.at(name));
}

void Trainer::restore(const TrainingState& state, const std::string& origin) {
  const Judge judge{origin};
  judge.require(state.progress.has_value(), "holds weights alone, not where a training stands");
  judge.same_experiment(experiment_, state.experiment);
  judge.progress(*state.progress, experiment_, batches_, data_.train->samples());
  const auto [tensors, taken] = replacement_of(state, origin);
  std::vector<OptimizerState> slots;
  for (const std::string& name : optimized_) {
    const Tensor& parameter = tensors.at(name);
    const auto found = state.optimizer.find(name);
    judge.require(found != state.optimizer.end(),
                  fmt::format("has no state of the optimiser for '{}'", name));
    const OptimizerState& slot = found->second;
    judge.require(slot.step >= 0 && slot.step <= state.progress->step,
                  fmt::format("has an optimiser of {} steps in a training of {}", slot.step,
                              state.progress->step));
    OptimizerState& mine = slots.emplace_back();
    mine.step = slot.step;
    const auto take = [&](const Tensor& moment, Tensor& into) {
      if (!moment.defined()) return;
      judge.like(name, parameter, moment);
      into = moment.to(parameter.device()).clone();
    };
    take(slot.first, mine.first);
    take(slot.second, mine.second);
    judge.require(mine.step == 0 || experiment_.training.optimizer == "sgd" ||
                      (mine.first.defined() && mine.second.defined()),
                  fmt::format("has no moments of the optimiser for '{}'", name));
  }
  const torch::NoGradGuard no_grad;
  for (const auto& [name, own] : tensors) torch::Tensor(own).copy_(taken.at(name));
  optimizer_->restore(std::move(slots));
  progress_ = *state.progress;
}

}  // namespace paralif
