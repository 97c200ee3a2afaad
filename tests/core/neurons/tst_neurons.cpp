// Neurons: the three backends agree, forward and backward, for every mode and setting.
#include <torch/fft.h>
#include <torch/types.h>

#include <QTest>

#include "core/neurons/neuron_layer.h"
#include "datasets/error.h"

using namespace paralif;
using torch::Tensor;

namespace {

struct Pass {
  Tensor output, membrane, grad_input;
  std::map<std::string, Tensor> gradients;
};

Pass pass_of(NeuronSettings settings, Backend backend, const Tensor& input) {
  settings.backend = backend;
  torch::manual_seed(3);
  NeuronLayer layer(settings);
  layer.to(torch::kFloat64);
  const Tensor x = input.clone().set_requires_grad(true);
  const NeuronOutput out = layer.forward(x, 77, true);
  torch::manual_seed(5);
  const Tensor weight = torch::randn(out.output.sizes(), torch::kFloat64);
  (out.output * weight).sum().backward();
  Pass result{out.output.detach(), out.membrane, x.grad(), {}};
  for (const auto& p : layer.named_parameters()) {
    if (p.value().grad().defined()) result.gradients[p.key()] = p.value().grad();
  }
  return result;
}

bool near(const Tensor& a, const Tensor& b) {
  return torch::allclose(a.reshape({-1}), b.reshape({-1}), 1e-7, 1e-9);
}

}  // namespace

class TestNeurons : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void backendsAgree_data() {
    QTest::addColumn<NeuronSettings>("settings");
    const auto row = [](const std::string& name, NeuronSettings s) {
      s.neurons = 5;
      s.tau_mem_s = {0.008};
      s.tau_syn_s = {0.004};
      s.threshold = {0.1};
      s.learn_threshold = true;
      s.learn_tau = true;
      QTest::newRow(name.c_str()) << s;
    };
    for (const SpikeMode mode : spike_modes()) {
      for (const bool recurrent : {false, true}) {
        for (const bool fires : {true, false}) {
          if (!recurrent && !fires) continue;
          NeuronSettings s;
          s.mode = mode;
          s.recurrent = recurrent;
          s.recurrent_fire = fires;
          row(std::string(to_string(mode)) + (recurrent ? " recurrent" : "") +
                  (fires ? "" : " relu"),
              s);
        }
      }
    }
    for (const bool recurrent : {false, true}) {
      for (const double refractory : {0.0, 0.003}) {
        for (const Surrogate surrogate : {Surrogate::fastsig, Surrogate::atan}) {
          NeuronSettings s;
          s.model = NeuronModel::lif;
          s.recurrent = recurrent;
          s.refractory_s = refractory;
          s.surrogate = surrogate;
          row(std::string("LIF") + (recurrent ? " recurrent" : "") +
                  (refractory > 0 ? " refractory" : "") +
                  (surrogate == Surrogate::atan ? " atan" : ""),
              s);
        }
      }
    }
    NeuronSettings readout;
    readout.fire = false;
    row("read-out", readout);
  }
  void backendsAgree() {
    QFETCH(NeuronSettings, settings);
    torch::manual_seed(11);
    const Tensor x = torch::randn({3, 37, 5}, torch::kFloat64) + 0.3;
    const Pass expected = pass_of(settings, Backend::sequential, x);
    QVERIFY(expected.grad_input.abs().sum().item<double>() > 0);
    for (const Backend backend : {Backend::fft, Backend::fused}) {
      if (backend == Backend::fft && settings.model == NeuronModel::lif) continue;
      const Pass pass = pass_of(settings, backend, x);
      QVERIFY(near(pass.membrane, expected.membrane));
      QVERIFY((pass.output == expected.output).all().item<bool>() || !settings.fire);
      QVERIFY(near(pass.output, expected.output));
      QVERIFY(near(pass.grad_input, expected.grad_input));
      QCOMPARE(pass.gradients.size(), expected.gradients.size());
      for (const auto& [name, gradient] : expected.gradients) {
        QVERIFY2(near(pass.gradients.at(name), gradient), name.c_str());
      }
    }
  }

  void absentTimeConstantsPassThrough() {
    NeuronSettings s;
    s.neurons = 2;
    s.fire = false;
    s.tau_mem_s = {};
    s.tau_syn_s = {};
    const Tensor x = torch::randn({1, 9, 2});
    for (const Backend e : {Backend::sequential, Backend::fft, Backend::fused}) {
      s.backend = e;
      QVERIFY(torch::allclose(NeuronLayer(s).forward(x).output, x, 1e-5, 1e-6));
    }
  }

  void refractoryNeuronsKeepQuiet() {
    NeuronSettings s;
    s.model = NeuronModel::lif;
    s.neurons = 1;
    s.refractory_s = 0.005;
    s.tau_mem_s = {};
    s.tau_syn_s = {};
    const Tensor spikes = NeuronLayer(s).forward(torch::full({1, 40, 1}, 2.0)).output;
    // One spike every five steps and no faster.
    QCOMPARE(spikes.sum().item<int>(), 8);
  }

  void learntDecaysStartWhereTheyAreSaidTo() {
    NeuronSettings s;
    s.neurons = 1;
    s.tau_mem_s = {0.02};
    s.learn_tau = true;
    const double truth = std::exp(-1e-3 / 0.02);
    QVERIFY(std::abs(NeuronLayer(s).beta().item<double>() - truth) < 1e-6);
    s.decay_init = DecayInit::reference;
    const double published = 1 / (1 + std::exp(-truth));
    QVERIFY(std::abs(NeuronLayer(s).beta().item<double>() - published) < 1e-6);
  }

  // Membranes of both filters after one input of 1, by the formula: with decays a and b,
  // V[n] = (1 - b) * sum of a^i b^(n - i).
  static std::vector<double> impulse_response(double a, double b, int steps) {
    std::vector<double> values;
    double current = 0.0;
    double membrane = 0.0;
    for (int t = 0; t < steps; ++t) {
      current = a * current + (t == 0 ? 1.0 : 0.0);
      membrane = b * membrane + (1 - b) * current;
      values.push_back(membrane);
    }
    return values;
  }

  void zeroIsNotNone_data() {
    QTest::addColumn<bool>("lif");
    QTest::addColumn<bool>("reference");
    QTest::addColumn<bool>("learnt");
    for (const bool lif : {false, true}) {
      for (const bool reference : {false, true}) {
        for (const bool learnt : {false, true}) {
          QTest::addRow("%s, %s, %s", lif ? "LIF" : "ParaLIF", reference ? "reference" : "logit",
                        learnt ? "learnt" : "fixed")
              << lif << reference << learnt;
        }
      }
    }
  }
  void zeroIsNotNone() {
    QFETCH(bool, lif);
    QFETCH(bool, reference);
    QFETCH(bool, learnt);
    NeuronSettings s;
    s.model = lif ? NeuronModel::lif : NeuronModel::paralif;
    s.neurons = 1;
    s.fire = false;
    s.learn_tau = learnt;
    s.decay_init = reference ? DecayInit::reference : DecayInit::logit;
    s.tau_mem_s = {0.0};
    s.tau_syn_s = {};
    const Tensor x = torch::zeros({1, 8, 1});
    x[0][0][0] = 1.0;
    // sigmoid(0) = 0.5 where it is learnt; a fixed decay is exp(-dt / 0) = 0.
    const auto expected = impulse_response(0.0, learnt ? 0.5 : 0.0, 8);
    for (const Backend e : {Backend::sequential, Backend::fft, Backend::fused}) {
      if (lif && e == Backend::fft) continue;
      s.backend = e;
      NeuronLayer layer(s);
      QCOMPARE(layer.named_parameters().contains("beta"), learnt);
      QVERIFY(!layer.named_parameters().contains("alpha"));
      const Tensor membrane = layer.forward(x).output;
      for (int t = 0; t < 8; ++t) {
        QVERIFY(std::abs(membrane[0][t][0].item<double>() - expected[std::size_t(t)]) < 1e-6);
      }
      if (!learnt) continue;
      QCOMPARE(layer.named_parameters()["beta"].item<double>(), 0.0);
      // dV[1]/dp at p = 0, where b = 0.5: V[1] = b (1 - b), so that it is (1 - 2 b) b (1 - b) = 0;
      // dV[0]/dp = -b (1 - b) = -0.25.
      membrane[0][0][0].backward();
      QVERIFY(std::abs(layer.named_parameters()["beta"].grad().item<double>() + 0.25) < 1e-6);
    }
  }

  void aZeroSynapseIsLearntToo() {
    NeuronSettings s;
    s.neurons = 3;
    s.fire = false;
    s.learn_tau = true;
    s.tau_mem_s = {0.0, 0.02, 0.0};  // one a neuron
    s.tau_syn_s = {0.0};
    const NeuronLayer layer(s);
    QVERIFY(std::abs(layer.alpha().item<double>() - 0.5) < 1e-7);
    const Tensor beta = layer.beta();
    QVERIFY(std::abs(beta[0].item<double>() - 0.5) < 1e-7);
    QVERIFY(std::abs(beta[1].item<double>() - std::exp(-0.05)) < 1e-6);
  }

  void aThresholdOrScaleOfZeroIsOne() {
    NeuronSettings s;
    s.neurons = 1;
    s.threshold = {0.0};
    s.tau_mem_s = {};
    s.tau_syn_s = {};
    const Tensor x = torch::tensor({0.0F, 0.01F, -0.01F}).reshape({1, 3, 1});
    const Tensor spikes = NeuronLayer(s).forward(x).output;
    QVERIFY(torch::equal(spikes.flatten(), torch::tensor({0.0F, 1.0F, 0.0F})));
    QCOMPARE(rule_of(s).surrogate_scale, 100.0);
    s.surrogate_scale = 0.0;
    QCOMPARE(rule_of(s).surrogate_scale, 0.0);
    s.surrogate_scale = -1.0;
    QVERIFY_EXCEPTION_THROWN(NeuronLayer{s}, Error);
  }

  void stochasticSpikesFollowTheirKey() {
    NeuronSettings s;
    s.mode = SpikeMode::sb;
    s.neurons = 50;
    NeuronLayer layer(s);
    const Tensor x = torch::zeros({4, 100, 50});
    const Tensor a = layer.forward(x, 1).output;
    QVERIFY(torch::equal(a, layer.forward(x, 1).output));
    QVERIFY(!torch::equal(a, layer.forward(x, 2).output));
    // sigmoid(0) = 1/2, within four standard errors.
    QVERIFY(std::abs(a.mean().item<double>() - 0.5) < 4 * 0.5 / std::sqrt(double(a.numel())));
  }

  void impossibleSettingsAreRefused() {
    const auto refused = [](auto change) {
      NeuronSettings s;
      s.neurons = 3;
      change(s);
      try {
        NeuronLayer layer(s);
      } catch (const Error& error) {
        return error.kind() == Error::Kind::setting;
      }
      return false;
    };
    QVERIFY(refused([](NeuronSettings& s) { s.neurons = 0; }));
    QVERIFY(refused([](NeuronSettings& s) { s.threshold = {1.0, 2.0}; }));
    QVERIFY(refused([](NeuronSettings& s) { s.tau_mem_s = {-1.0}; }));
    QVERIFY(refused([](NeuronSettings& s) { s.time_step_s = 0; }));
    QVERIFY(refused([](NeuronSettings& s) {
      s.model = NeuronModel::lif;
      s.backend = Backend::fft;
    }));
  }
};

QTEST_GUILESS_MAIN(TestNeurons)
#include "tst_neurons.moc"
