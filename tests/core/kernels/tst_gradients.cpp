// Gradients of the fused passes against finite differences in float64. A spike has no derivative;
// training sees the slope of a smooth function instead. So the differences are taken of a layer
// whose spikes are that function's values, with the resets of LIF held where they happened.
#include "core/kernels/fused.h"
#include "tests/core/kernels/passes.h"

#include <QTest>

#include <cmath>

using namespace paralif;
using namespace paralif::testing;
using torch::Tensor;

namespace {

/// The function whose slope the rule uses, of z = u - threshold, its change, or u.
Tensor smooth(const Tensor& z, const SpikeRule& rule, const Tensor& noise) {
  switch (rule.spike_function) {
    case SpikeFunction::bernoulli: return 0.5 * z * z;
    case SpikeFunction::gumbel: return torch::sigmoid(2 * z + torch::log(noise) - torch::log1p(-noise));
    default: break;
  }
  const double scale = rule.surrogate_scale;
  if (rule.surrogate == Surrogate::atan) return torch::atan(M_PI_2 * scale * z) / M_PI;
  return z / (scale * z.abs() + 1);
}

Tensor squashed(const Tensor& m, Squash squash) {
  if (squash == Squash::sigmoid) return torch::sigmoid(m);
  if (squash == Squash::tanh) return torch::tanh(m);
  if (squash == Squash::relu_tanh) return torch::relu(torch::tanh(m));
  return m;
}

struct Parameters {
  Tensor input, alpha, beta, threshold;  ///< effective values, not the stored logits
};

/// ParaLIF and LIF step by step, each step's spike replaced by the smooth function. `resets` are
/// the spikes of the true forward pass (LIF).
Tensor smooth_spikes(const Parameters& p, const NeuronSettings& s, const Tensor& noise,
                     const Tensor& resets) {
  const SpikeRule rule = rule_of(s);
  Tensor current = torch::zeros_like(p.input.select(1, 0));
  Tensor v = current.clone();
  Tensor previous = current.clone();
  Tensor wait = current.clone();
  std::vector<Tensor> steps;
  for (std::int64_t t = 0; t < p.input.size(1); ++t) {
    current = p.alpha * current + p.input.select(1, t);
    Tensor drive = (1 - p.beta) * current;
    if (s.model == NeuronModel::lif) {
      const Tensor fired = resets.select(1, t);
      wait = wait - 1;
      drive = drive * (wait <= 0).to(torch::kFloat64);
      const Tensor u = p.beta * v + drive;
      steps.push_back(smooth(u - p.threshold, rule, {}));
      v = u * (1 - fired);
      wait = torch::where(fired > 0, torch::full_like(wait, s.refractory_s / s.time_step_s), wait);
      continue;
    }
    v = p.beta * v + drive;
    const Tensor u = squashed(v, rule.squash);
    Tensor z = rule.uses_threshold() ? u - p.threshold : u;
    if (rule.spike_function == SpikeFunction::delta) z = z - previous;
    steps.push_back(smooth(z, rule, rule.stochastic() ? noise.select(1, t) : Tensor()));
    previous = u;
  }
  return torch::stack(steps, 1);
}

/// Central differences of f at every element of `at`, changed in place.
Tensor differences(Tensor at, const std::function<double()>& f) {
  constexpr double h = 1e-6;
  Tensor result = torch::empty_like(at);
  double* const values = at.data_ptr<double>();
  for (std::int64_t i = 0; i < at.numel(); ++i) {
    const double centre = values[i];
    values[i] = centre + h;
    const double above = f();
    values[i] = centre - h;
    const double below = f();
    values[i] = centre;
    result.data_ptr<double>()[i] = (above - below) / (2 * h);
  }
  return result;
}

NeuronSettings small_neuron(bool per_neuron) {
  NeuronSettings s = quick_neuron(2);
  s.surrogate_scale = 3;
  if (per_neuron) {
    s.tau_mem_s = {0.008, 0.003};
    s.tau_syn_s = {0.004, 0.005};
    s.threshold = {0.1, 0.2};
  }
  return s;
}

}  // namespace

class TestGradients : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void matchFiniteDifferences_data() {
    QTest::addColumn<NeuronSettings>("settings");
    for (const bool per_neuron : {false, true}) {
      const std::string suffix = per_neuron ? ", one a neuron" : "";
      for (const Surrogate surrogate : {Surrogate::fastsig, Surrogate::atan}) {
        const std::string name = (surrogate == Surrogate::atan ? " atan" : "") + suffix;
        for (const SpikeMode mode : spike_modes()) {
          if (surrogate == Surrogate::atan && !rule_of(mode).uses_threshold()) continue;
          NeuronSettings s = small_neuron(per_neuron);
          s.mode = mode;
          s.surrogate = surrogate;
          QTest::newRow((std::string(to_string(mode)) + name).c_str()) << s;
        }
        for (const double refractory : {0.0, 0.003}) {
          NeuronSettings s = small_neuron(per_neuron);
          s.model = NeuronModel::lif;
          s.surrogate = surrogate;
          s.refractory_s = refractory;
          QTest::newRow((std::string(refractory > 0 ? "LIF refractory" : "LIF") + name).c_str())
              << s;
        }
      }
      NeuronSettings readout = small_neuron(per_neuron);
      readout.fire = false;
      QTest::newRow(("read-out" + suffix).c_str()) << readout;
    }
  }
  void matchFiniteDifferences() {
    QFETCH(NeuronSettings, settings);
    // 70 steps: the backward pass crosses a block.
    torch::manual_seed(9);
    Tensor x = torch::randn({1, 70, 2}, torch::kFloat64) * 0.5 + 0.15;
    const LayerPass fused = pass_of(settings, Backend::fused, x);
    torch::manual_seed(5);
    const Tensor grad = torch::randn(fused.output.sizes(), torch::kFloat64);
    settings.backend = Backend::fused;
    torch::manual_seed(3);
    NeuronLayer layer(settings);
    layer.to(torch::kFloat64);
    Tensor alpha = layer.alpha().detach().clone();
    Tensor beta = layer.beta().detach().clone();
    Tensor threshold = layer.threshold().detach().clone();
    const Tensor noise = noise_of(settings, x);
    const auto loss = [&] {
      const torch::NoGradGuard no_grad;
      const Parameters p{x, alpha, beta, threshold};
      if (settings.fire) {
        return (smooth_spikes(p, settings, noise, fused.output) * grad).sum().item<double>();
      }
      return (membrane(p) * grad).sum().item<double>();
    };
    QVERIFY(near(fused.grad_input, differences(x, loss), 1e-6));
    // Decays are stored through a sigmoid.
    const Tensor d_alpha = differences(alpha, loss) * alpha * (1 - alpha);
    const Tensor d_beta = differences(beta, loss) * beta * (1 - beta);
    QVERIFY(near(fused.gradients.at("alpha"), d_alpha, 1e-6));
    QVERIFY(near(fused.gradients.at("beta"), d_beta, 1e-6));
    if (settings.fire && rule_of(settings).uses_threshold()) {
      QVERIFY(near(fused.gradients.at("threshold"), differences(threshold, loss), 1e-6));
    }
  }

 private:
  static Tensor membrane(const Parameters& p) {
    Tensor current = torch::zeros_like(p.input.select(1, 0));
    Tensor v = current.clone();
    std::vector<Tensor> steps;
    for (std::int64_t t = 0; t < p.input.size(1); ++t) {
      current = p.alpha * current + p.input.select(1, t);
      v = p.beta * v + (1 - p.beta) * current;
      steps.push_back(v);
    }
    return torch::stack(steps, 1);
  }

  /// The draws that pass_of's key gives.
  static Tensor noise_of(const NeuronSettings& settings, const Tensor& x) {
    return rule_of(settings).stochastic() ? rule_noise(x.sizes(), 77, x.options()) : Tensor();
  }
};

QTEST_GUILESS_MAIN(TestGradients)
#include "tst_gradients.moc"
