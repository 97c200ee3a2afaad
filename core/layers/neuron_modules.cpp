#include "core/layers/neuron_modules.h"

#include "core/neurons/multi_step_lif.h"
#include "core/neurons/neuron_layer.h"

namespace paralif {
namespace {

/// (B, T, C, space...) as (B, T, units) where neurons do not see each other.
class SpikingModule : public LayerModule {
 public:
  explicit SpikingModule(bool fires) : fires_(fires) {}

  [[nodiscard]] bool has_neurons() const override { return true; }
  [[nodiscard]] bool fires() const override { return fires_; }

 protected:
  static torch::Tensor back(const torch::Tensor& flat, const torch::Tensor& x) {
    return flat.defined() ? flat.reshape(x.sizes()) : flat;
  }
  static torch::Tensor remember(const NeuronOutput& out, const torch::Tensor& x, LayerPass& pass) {
    pass.trace.output = back(out.output, x);
    if (pass.want_membranes) {
      pass.trace.membrane = back(out.membrane, x);
      pass.trace.input = x.detach();
    }
    return pass.trace.output;
  }

 private:
  bool fires_;
};

/// LIF and ParaLIF as published. With recurrence every channel feeds all channels of its place.
class PublishedModule final : public SpikingModule {
 public:
  PublishedModule(const NeuronSettings& s, torch::Generator generator)
      : SpikingModule(s.fire),
        neuron_(register_module("neuron",
                                std::make_shared<NeuronLayer>(s, std::move(generator)))) {}

  [[nodiscard]] const NeuronLayer* neurons() const override { return neuron_.get(); }

  torch::Tensor forward(const torch::Tensor& x, LayerPass& pass) override {
    if (!neuron_->settings().recurrent || x.dim() == 3) {
      const NeuronOutput out = neuron_->forward(x.flatten(2), pass.noise_key, pass.want_membranes);
      pass.trace.feedback = back(out.feedback, x);
      return remember(out, x, pass);
    }
    // (B, T, C, P) to (B P, T, C)
    const torch::Tensor places = x.flatten(3).permute({0, 3, 1, 2});
    const torch::Tensor rows = places.reshape({-1, x.size(1), x.size(2)});
    const NeuronOutput out = neuron_->forward(rows, pass.noise_key, pass.want_membranes);
    const auto restored = [&](const torch::Tensor& y) {
      return y.defined() ? y.reshape(places.sizes()).permute({0, 2, 3, 1}).reshape(x.sizes()) : y;
    };
    pass.trace.output = restored(out.output);
    pass.trace.feedback = restored(out.feedback);
    if (pass.want_membranes) {
      pass.trace.membrane = restored(out.membrane);
      pass.trace.input = x.detach();
    }
    return pass.trace.output;
  }

  [[nodiscard]] std::vector<LayerConstant> constants() const override {
    const NeuronSettings& s = neuron_->settings();
    const auto tau_of = [&](const torch::Tensor& decay) {
      return -s.time_step_s / torch::log(decay.detach());
    };
    std::vector<LayerConstant> all;
    if (!s.tau_mem_s.empty()) all.push_back({"tau_mem", tau_of(neuron_->beta())});
    if (!s.tau_syn_s.empty()) all.push_back({"tau_syn", tau_of(neuron_->alpha())});
    if (s.fire && rule_of(s).uses_threshold()) {
      all.push_back({"threshold", neuron_->threshold().detach()});
    }
    return all;
  }

  void set_backend(Backend backend) override {
    // The reset makes LIF nonlinear: it has no FFT form.
    const bool fft = backend == Backend::fft && neuron_->settings().model == NeuronModel::lif;
    neuron_->set_backend(fft ? Backend::sequential : backend);
  }
  void set_agreement(Agreement agreement) override { neuron_->set_agreement(agreement); }

 private:
  std::shared_ptr<NeuronLayer> neuron_;
};

class MultiStepModule final : public SpikingModule {
 public:
  explicit MultiStepModule(const MultiStepLifSettings& s)
      : SpikingModule(s.fire), neuron_(register_module("neuron", std::make_shared<MultiStepLif>(s))) {}

  torch::Tensor forward(const torch::Tensor& x, LayerPass& pass) override {
    const torch::Tensor flat = x.flatten(2);
    return remember(
        by_steps_ ? neuron_->forward_by_steps(flat) : neuron_->forward(flat, pass.want_membranes),
        x, pass);
  }

  [[nodiscard]] std::vector<LayerConstant> constants() const override {
    return {{"tau", 1.0 / neuron_->rate().detach()}};
  }

  void set_backend(Backend backend) override {
    by_steps_ = backend == Backend::sequential;
  }

 private:
  std::shared_ptr<MultiStepLif> neuron_;
  bool by_steps_ = false;
};

/// A model written as one step; it has one way to be computed.
class StepModule final : public SpikingModule {
 public:
  explicit StepModule(const StepNeuronSettings& s)
      : SpikingModule(s.fire), neuron_(register_module("neuron", std::make_shared<StepNeurons>(s))) {}

  torch::Tensor forward(const torch::Tensor& x, LayerPass& pass) override {
    return remember(neuron_->forward(x.flatten(2), pass.want_membranes), x, pass);
  }

  [[nodiscard]] std::vector<LayerConstant> constants() const override {
    std::vector<LayerConstant> all;
    for (const auto& [name, values] : neuron_->values()) all.push_back({name, values});
    return all;
  }

 private:
  std::shared_ptr<StepNeurons> neuron_;
};

class ReluModule final : public LayerModule {
 public:
  [[nodiscard]] bool has_neurons() const override { return true; }
  [[nodiscard]] bool fires() const override { return true; }

  torch::Tensor forward(const torch::Tensor& x, LayerPass& pass) override {
    pass.trace.output = torch::relu(x);
    if (pass.want_membranes) pass.trace.membrane = x.detach();
    return pass.trace.output;
  }
};

}  // namespace

std::shared_ptr<LayerModule> neuron_module(const NeuronKindSettings& s, const LayerMaking& making,
                                           bool recurrent) {
  if (s.is_relu()) return std::make_shared<ReluModule>();
  if (s.is_multi_step()) return std::make_shared<MultiStepModule>(multi_step_settings(s));
  const std::int64_t neurons = recurrent ? making.input.channels() : making.input.units();
  const std::int64_t channels = making.input.channels();
  if (s.is_step()) {
    return std::make_shared<StepModule>(step_settings(s, neurons, channels));
  }
  return std::make_shared<PublishedModule>(published_settings(s, neurons, channels, recurrent),
                                           making.generator);
}

}  // namespace paralif
