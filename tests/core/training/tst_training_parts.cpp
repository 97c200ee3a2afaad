// Optimisers, losses, delays, firing costs and checkpoints, each by itself.
#include <torch/nn/init.h>
#include <torch/nn/modules/linear.h>
#include <torch/types.h>

#include <QTest>

#include <cmath>
#include <map>

#include "core/layers/delay.h"
#include "core/networks/dense_input.h"
#include "core/networks/dense_network.h"
#include "core/networks/network.h"
#include "core/training/losses.h"
#include "core/training/optimizer.h"
#include "core/values/loss_names.h"
#include "datasets/error.h"
#include "tests/weights_of.h"

using namespace paralif;
using torch::Tensor;

class TestTrainingParts : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  /// Three steps by hand on f(w) = w^2, from the formulas of the papers.
  void optimisersFollowTheirFormulas() {
    const auto run = [](OptimizerKind kind, double momentum) {
      Tensor w = torch::tensor({2.0}, torch::kFloat64).set_requires_grad(true);
      OptimizerSettings settings;
      settings.kind = kind;
      settings.learning_rate = 0.1;
      settings.momentum = momentum;
      Optimizer optimizer({w}, settings);
      for (int i = 0; i < 3; ++i) {
        optimizer.zero_grad();
        w.square().sum().backward();
        optimizer.step();
      }
      return w.item<double>();
    };
    const auto by_hand = [](auto update) {
      double w = 2.0;
      for (int t = 1; t <= 3; ++t) w = update(w, 2 * w, t);
      return w;
    };
    double m = 0;
    double u = 0;
    QVERIFY(std::abs(run(OptimizerKind::adamax, 0) - by_hand([&](double w, double g, int t) {
                       m = 0.9 * m + 0.1 * g;
                       u = std::max(0.999 * u, std::abs(g) + 1e-8);
                       return w - 0.1 / (1 - std::pow(0.9, t)) * m / u;
                     })) < 1e-12);
    m = 0;
    double v = 0;
    QVERIFY(std::abs(run(OptimizerKind::adam, 0) - by_hand([&](double w, double g, int t) {
                       m = 0.9 * m + 0.1 * g;
                       v = 0.999 * v + 0.001 * g * g;
                       return w - 0.1 * (m / (1 - std::pow(0.9, t))) /
                                      (std::sqrt(v / (1 - std::pow(0.999, t))) + 1e-8);
                     })) < 1e-12);
    m = 0;
    QVERIFY(std::abs(run(OptimizerKind::sgd, 0.5) - by_hand([&](double w, double g, int t) {
                       m = t == 1 ? g : 0.5 * m + g;
                       return w - 0.1 * m;
                     })) < 1e-12);
  }

  void readOutsAreReduced() {
    const Tensor readout = torch::tensor({1.0, 5.0, 2.0, 0.0, 6.0, 1.0}).reshape({1, 3, 2});
    const auto same = [&](const char* name, double a, double b) {
      return torch::allclose(loss_named(name).scores(readout),
                             torch::tensor({{a, b}}, torch::kFloat32));
    };
    QVERIFY(same("mean", 3.0, 2.0));
    QVERIFY(same("max", 6.0, 5.0));
    QVERIFY(same("last", 6.0, 1.0));
    const Tensor sums = loss_named("cumsum").scores(readout);
    QVERIFY(std::abs(sums.sum().item<double>() - 3.0) < 1e-5);
    QVERIFY(same("spike_count", 9.0, 6.0));
    QVERIFY_THROWS_EXCEPTION(Error, (void)loss_named("median"));
    // What a form offers is what there is, in one order.
    std::vector<std::string> offered;
    std::vector<std::string> known;
    for (const ChoiceMeaning& loss : loss_names()) offered.push_back(loss.choice);
    for (const Loss& loss : losses()) known.push_back(loss.name);
    QCOMPARE(offered, known);
  }

  void delaysMoveEachUnit() {
    Tensor x = torch::zeros({1, 4, 3});
    x[0][1] = 1;
    const Tensor delays = torch::tensor({0, 1, 3}, torch::kInt64);
    const Tensor y = delayed(x, delays, 3);
    QCOMPARE(y.size(1), 7);
    for (std::int64_t unit = 0; unit < 3; ++unit) {
      QCOMPARE(y[0].select(1, unit).argmax().item<std::int64_t>(),
               1 + delays[unit].item<std::int64_t>());
      QCOMPARE(y[0].select(1, unit).sum().item<float>(), 1.0F);
    }
    auto generator = at::detail::createCPUGenerator(5);
    for (const char* distribution : {"normal", "uniform"}) {
      const Tensor drawn = random_delays(1000, 10, distribution, generator);
      QVERIFY(drawn.min().item<int>() >= 0);
      QVERIFY(drawn.max().item<int>() <= 10);
    }
  }

  void firingCostsOnlyItsExcess() {
    NetworkOutput output;
    output.readout = torch::zeros({1, 1, 1});
    Tensor spikes = torch::zeros({2, 10, 4});
    spikes.slice(1, 0, 5) = 1;  // half of the bins
    output.hidden.push_back({spikes, {}, {}, {}});
    QCOMPARE(rate_regularisation(output, 0.5, 4, false).item<float>(), 0.0F);
    QCOMPARE(rate_regularisation(output, 0.25, 4, false).item<float>(), 1.0F);  // (2 - 1)^2
    QCOMPARE(rate_regularisation(output, 0.25, 4, true).item<float>(), 0.0F);
  }

  void eventsBecomeDense() {
    SpikeBatch batch;
    batch.samples = 1;
    batch.steps = 3;
    batch.inputs = 4;
    batch.row_start = {0, 2, 2, 3};
    batch.unit = {0, 3, 1};
    Tensor dense = dense_input(batch);
    QCOMPARE(dense.sum().item<float>(), 3.0F);
    QCOMPARE(dense[0][0][3].item<float>(), 1.0F);
    QCOMPARE(dense[0][2][1].item<float>(), 1.0F);
    batch.value = {2.0F, 1.0F, 5.0F};
    QCOMPARE(dense_input(batch)[0][2][1].item<float>(), 5.0F);
  }

  void networksStartAsPublished() {
    DenseNetworkSettings settings;
    settings.classes = 3;
    settings.hidden = {400};
    settings.neuron.recurrent = true;
    const Network network(dense_network(settings), {0, {100}}, 0);
    const Tensor weight = testing::weights_of(network)[0];
    const double limit = std::sqrt(3.0 / 100.0);  // Kaiming uniform, gain 1, fan in
    QVERIFY(weight.abs().max().item<double>() <= limit);
    QVERIFY(weight.abs().max().item<double>() > 0.99 * limit);
    QVERIFY(std::abs(weight.mean().item<double>()) < 0.01 * limit);
    std::map<std::string, Tensor> tensors;
    for (const auto& [name, tensor] : network.trained_tensors()) tensors.emplace(name, tensor);
    QCOMPARE(tensors.at("0.bias").abs().sum().item<float>(), 0.0F);
    // A seed gives the numbers that Torch's own generator gave the published construction.
    torch::manual_seed(0);
    const auto published = [](std::int64_t inputs, std::int64_t outputs) {
      torch::nn::Linear linear(inputs, outputs);
      torch::nn::init::kaiming_uniform_(linear->weight, 0.0, torch::kFanIn, torch::kLinear);
      return linear->weight;
    };
    QVERIFY(torch::equal(tensors.at("0.weight"), published(100, 400)));
    QVERIFY(torch::equal(tensors.at("1.recurrent.weight"), published(400, 400)));
    QVERIFY(torch::equal(tensors.at("2.weight"), published(400, 3)));
  }
};

QTEST_GUILESS_MAIN(TestTrainingParts)
#include "tst_training_parts.moc"
