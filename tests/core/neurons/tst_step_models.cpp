// Neuron models written as one step: the pass against plain Torch operations, its kernels for the
// GPU run on the host, values by channel, and a model that another library registers.
#include <torch/types.h>

#include <QTest>

#include "core/exchange/nir_export.h"
#include "core/kernels/cuda/passes.h"
#include "core/kernels/fused_model.h"
#include "core/layers/layer_kind.h"
#include "core/layers/layer_kinds.h"
#include "core/networks/network.h"
#include "core/neurons/reference_forms.h"
#include "core/neurons/step_neurons.h"
#include "core/timing/timing_plan.h"
#include "datasets/error.h"
#include "tests/core/neurons/toy_sweeps.h"

using namespace paralif;
using torch::Tensor;

namespace {

SpikeRule smooth() {
  SpikeRule rule;
  rule.surrogate = Surrogate::atan;
  rule.surrogate_scale = 2.0;
  return rule;
}

struct Steps {
  Tensor spikes, membrane;
};

/// ALIF in single Torch operations; `c` is (4, N).
Steps alif_by_steps(const Tensor& x, const Tensor& c, bool fires) {
  const Tensor beta = c[0], theta = c[1], rho = c[2], kappa = c[3];
  Tensor v = torch::zeros_like(x.select(1, 0));
  Tensor a = torch::zeros_like(v);
  std::vector<Tensor> spikes, membranes;
  for (std::int64_t t = 0; t < x.size(1); ++t) {
    const Tensor u = beta * v + (1 - beta) * x.select(1, t);
    const Tensor level = theta + kappa * a;
    const Tensor s = fires ? reference::heaviside(u - level, smooth()) : torch::zeros_like(u);
    v = u - s.detach() * level;
    a = rho * a + (1 - rho) * s;
    spikes.push_back(s);
    membranes.push_back(v);
  }
  return {torch::stack(spikes, 1), torch::stack(membranes, 1)};
}

/// CubaLIF in single Torch operations; `c` is (5, N).
Steps cuba_by_steps(const Tensor& x, const Tensor& c, bool fires) {
  Tensor v = torch::zeros_like(x.select(1, 0));
  Tensor i = torch::zeros_like(v);
  std::vector<Tensor> spikes, membranes;
  for (std::int64_t t = 0; t < x.size(1); ++t) {
    i = c[0] * i + x.select(1, t);
    const Tensor u = c[1] * v + c[2] * i;
    const Tensor s = fires ? reference::heaviside(u - c[3], smooth()) : torch::zeros_like(u);
    v = (1 - s.detach()) * u + s.detach() * c[4];
    spikes.push_back(s);
    membranes.push_back(v);
  }
  return {torch::stack(spikes, 1), torch::stack(membranes, 1)};
}

struct Reference {
  const char* model;
  Steps (*by_steps)(const Tensor& x, const Tensor& c, bool fires);
  std::vector<double> coefficients;
};

const std::vector<Reference>& references() {
  static const std::vector<Reference> all{
      {"ALIF", alif_by_steps, {0.9, 0.3, 0.97, 1.8}},
      {"CubaLIF", cuba_by_steps, {0.8, 0.9, 0.12, 0.3, -0.4}}};
  return all;
}

Tensor coefficients(std::int64_t neurons, std::size_t model = 0) {
  const Tensor each = torch::tensor(references()[model].coefficients, torch::kFloat64);
  const Tensor spread = torch::linspace(0.9, 1.0, neurons, torch::kFloat64);
  return each.unsqueeze(1) * spread;
}

Tensor input_of(std::int64_t batch, std::int64_t steps, std::int64_t neurons) {
  torch::manual_seed(11);
  return torch::randn({batch, steps, neurons}, torch::kFloat64) + 0.8;
}

LayerDescription neurons_of(const std::string& model) {
  return {"n", "neuron", {{"model", model}}};
}

}  // namespace

class TstStepModels : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { registerToy(); }

  void agreesWithPlainOperations_data() {
    QTest::addColumn<int>("model");
    QTest::addColumn<bool>("fires");
    QTest::addColumn<int>("neurons");
    for (int model = 0; model < 2; ++model) {
      const char* name = references()[std::size_t(model)].model;
      QTest::addRow("%s fires, whole tiles", name) << model << true << 64;
      QTest::addRow("%s fires, a rest", name) << model << true << 37;
      QTest::addRow("%s read-out", name) << model << false << 5;
    }
  }
  void agreesWithPlainOperations() {
    QFETCH(int, model);
    QFETCH(bool, fires);
    QFETCH(int, neurons);
    const Reference& reference = references()[std::size_t(model)];
    const Tensor x = input_of(3, 60, neurons).set_requires_grad(true);
    const Tensor c = coefficients(neurons, std::size_t(model)).set_requires_grad(true);
    const Tensor plain_x = x.detach().clone().set_requires_grad(true);
    const Tensor plain_c = c.detach().clone().set_requires_grad(true);
    const auto pass = fused_model(*step_model(reference.model), x, c, {fires, smooth(), true});
    const Steps plain = reference.by_steps(plain_x, plain_c, fires);
    QVERIFY(torch::allclose(pass.membrane, plain.membrane, 1e-9, 1e-12));
    torch::manual_seed(5);
    const Tensor weight = torch::randn(x.sizes(), torch::kFloat64);
    if (fires) {
      QVERIFY(torch::equal(pass.spikes, plain.spikes));
      QVERIFY(pass.spikes.mean().item<double>() > 0.02);
      (pass.spikes * weight + 0.3 * pass.membrane).sum().backward();
      (plain.spikes * weight + 0.3 * plain.membrane).sum().backward();
    } else {
      (pass.membrane * weight).sum().backward();
      (plain.membrane * weight).sum().backward();
    }
    QVERIFY(torch::allclose(x.grad(), plain_x.grad(), 1e-7, 1e-9));
    QVERIFY(torch::allclose(c.grad(), plain_c.grad(), 1e-7, 1e-9));
  }

  void gpuKernelsAgreeOnTheHost() {
    const Tensor x = input_of(2, 40, 9);
    const Tensor c = coefficients(9);
    const Tensor states = torch::zeros({2, 2, 40, 9}, torch::kFloat64);
    const Tensor spikes = torch::zeros_like(x);
    cpu::ModelForward<double> forward;
    forward.shape = {2, 40, 9};
    forward.input = x.data_ptr<double>();
    forward.coefficients = c.data_ptr<double>();
    forward.spikes = spikes.data_ptr<double>();
    forward.states = states.data_ptr<double>();
    cuda::model_forward(step_model("ALIF")->gpu_place, forward, nullptr);
    const Tensor known_x = x.clone().set_requires_grad(true);
    const Tensor known_c = c.clone().set_requires_grad(true);
    const auto pass = fused_model(*step_model("ALIF"), known_x, known_c, {true, smooth(), true});
    QVERIFY(torch::equal(spikes, pass.spikes));
    QVERIFY(torch::allclose(states[0], pass.membrane, 1e-9, 1e-12));
    pass.spikes.sum().backward();
    const Tensor ones = torch::ones_like(x);
    const Tensor to_x = torch::zeros_like(x);
    const Tensor to_c = torch::zeros({4, 2, 9}, torch::kFloat64);
    cpu::ModelBackward<double> backward;
    backward.shape = forward.shape;
    backward.rule = smooth();
    backward.grad_spikes = ones.data_ptr<double>();
    backward.input = x.data_ptr<double>();
    backward.coefficients = c.data_ptr<double>();
    backward.states = states.data_ptr<double>();
    backward.grad_input = to_x.data_ptr<double>();
    backward.grad_coefficients = to_c.data_ptr<double>();
    cuda::model_backward(step_model("ALIF")->gpu_place, backward, nullptr);
    QVERIFY(torch::allclose(to_x, known_x.grad(), 1e-9, 1e-12));
    QVERIFY(torch::allclose(to_c.sum(1), known_c.grad(), 1e-9, 1e-12));
  }

  void learnedValuesAreOneALayerAChannelOrANeuron() {
    // 3 channels of 4 neurons: the gradient of a channel's value is the sum of its neurons'.
    StepNeuronSettings s;
    s.neurons = 12;
    s.learn_values = s.learn_decays = true;
    s.rule = smooth();
    const auto gradients = [&](std::int64_t shares) {
      s.shares = shares;
      StepNeurons layer(s);
      layer.to(torch::kFloat64);
      layer.forward(input_of(2, 50, 12)).output.sum().backward();
      std::vector<Tensor> all;
      for (const auto& p : layer.named_parameters()) all.push_back(p.value().grad().reshape({-1}));
      return torch::stack(all);
    };
    const Tensor neuron = gradients(12);
    QCOMPARE(neuron.size(0), 4);
    QVERIFY(torch::allclose(gradients(3), neuron.reshape({4, 3, 4}).sum(2), 1e-9, 1e-12));
    QVERIFY(torch::allclose(gradients(1), neuron.sum(1, true), 1e-9, 1e-12));
    QCOMPARE(s.learned(), 4);
  }

  void thresholdsOfLifAreOneAChannelToo() {
    LayerDescription lif{"n", "neuron",
                         {{"model", std::string("LIF")},
                          {"learn_threshold", true},
                          {"learn_tau", true},
                          {"share", std::string("channel")}}};
    const NetworkDescription net{{lif}};
    Network network(net, SignalShape{10, {3, 4}}, 1);
    std::map<std::string, std::int64_t> sizes;
    for (const auto& p : network.named_parameters()) sizes[p.key()] = p.value().numel();
    QCOMPARE(sizes.size(), std::size_t{3});  // threshold, alpha, beta
    for (const auto& [name, size] : sizes) QCOMPARE(size, 3);
    const LayerCost cost = find_layer_kind("neuron")->cost(lif, {SignalShape{10, {3, 4}}, {}});
    QCOMPARE(cost.parameters, 9);
    network.forward(torch::rand({2, 10, 3, 4})).readout.sum().backward();
    for (const auto& p : network.named_parameters()) {
      QVERIFY2(p.value().grad().defined(), p.key().c_str());
    }
  }

  void aRegisteredModelIsAChoiceEverywhere() {
    const LayerKind& kind = *find_layer_kind("neuron");
    const auto facts = kind.parameters();
    const auto has = [&](std::string_view key) {
      return std::ranges::any_of(facts, [&](const auto& f) { return f.key == key; });
    };
    QVERIFY(std::ranges::find(facts.front().choices, "Toy") != facts.front().choices.end());
    QVERIFY(has("toy_gain"));
    QVERIFY(kind.applies(neurons_of("Toy"), "toy_gain"));
    QVERIFY(!kind.applies(neurons_of("ALIF"), "toy_gain"));
    QVERIFY(kind.applies(neurons_of("ALIF"), "adaptation"));
    QVERIFY(!kind.applies(neurons_of("LIF"), "adaptation"));
    QVERIFY(std::ranges::find(timing_neurons(), "Toy") != timing_neurons().end());
    QVERIFY(std::ranges::find(timing_neurons(), "ALIF") != timing_neurons().end());
  }

  void aRegisteredModelTrains() {
    LayerDescription toy = neurons_of("Toy");
    toy.values["toy_gain"] = 1.0;
    toy.values["learn_threshold"] = true;
    Network network({{toy}}, SignalShape{20, {6}}, 1);
    const Tensor x = torch::full({1, 20, 6}, 0.35F);
    const Tensor out = network.forward(x).readout;
    // 0.35 a step, threshold 1, the rest is kept: 6 spikes in 20 steps.
    QCOMPARE(out.sum().item<double>(), 36.0);
    out.sum().backward();
    QCOMPARE(network.named_parameters().size(), std::size_t{2});
    for (const auto& p : network.named_parameters()) {
      QVERIFY(p.value().grad().abs().item<double>() > 0.0);
    }
  }

  /// As its facts say: v = v + g x, fires above the threshold; its soft reset is not NIR's.
  void aRegisteredModelLeavesAsAGraph() {
    LayerDescription toy = neurons_of("Toy");
    toy.values["toy_gain"] = 0.4;
    toy.values["threshold"] = 1.5;
    Network network({{toy}}, SignalShape{20, {3}}, 1);
    QVERIFY_EXCEPTION_THROWN((void)to_nir(network, 1e-3), Error);
    std::vector<std::string> notes;
    const NirGraph graph = to_nir(network, 1e-3, &notes);
    QCOMPARE(notes.size(), std::size_t{1});
    QVERIFY(QString::fromStdString(notes[0]).contains("resets softly"));
    const NirNode& node = graph.nodes.at(1);
    QCOMPARE(node.type, std::string("IF"));
    QCOMPARE(node.values.at("r").values, std::vector<double>(3, double(0.4F)));
    QCOMPARE(node.values.at("v_threshold").values, std::vector<double>(3, 1.5));
    QVERIFY(!node.values.contains("tau"));
  }

  void aValueOutOfItsRangeIsNamed() {
    StepNeuronSettings s;
    s.values["tau_adapt"] = -1.0;
    try {
      StepNeurons layer(s);
      QFAIL("was taken");
    } catch (const Error& error) {
      QCOMPARE(QString::fromStdString(error.subject()), QString("tau_adapt"));
    }
  }
};

QTEST_GUILESS_MAIN(TstStepModels)
#include "tst_step_models.moc"
