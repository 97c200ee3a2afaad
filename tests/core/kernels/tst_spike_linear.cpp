// Linear layers of spikes: event by event, scanned and dense give the same as Torch's own.
#include <torch/types.h>

#include <QTest>

#include "core/kernels/spike_linear.h"
#include "core/kernels/threads.h"
#include "core/networks/dense_input.h"
#include "core/networks/dense_network.h"
#include "core/networks/network.h"
#include "tests/core/kernels/passes.h"
#include "tests/weights_of.h"

using namespace paralif;
using paralif::testing::near;
using torch::Tensor;

namespace {

struct Product {
  Tensor output, grad_input, grad_weight, grad_bias;
};

Product product_of(const std::function<Tensor(const Tensor&, const Tensor&, const Tensor&)>& linear,
                   const Tensor& input, std::int64_t outputs) {
  torch::manual_seed(1);
  const auto options = input.options().requires_grad(false);
  const Tensor x = input.detach().clone().set_requires_grad(true);
  const Tensor weight = torch::randn({outputs, input.size(-1)}, options).set_requires_grad(true);
  const Tensor bias = torch::randn({outputs}, options).set_requires_grad(true);
  const Tensor y = linear(x, weight, bias);
  y.backward(torch::randn(y.sizes(), options));
  return {y.detach(), x.grad(), weight.grad(), bias.grad()};
}

bool agree(const Product& a, const Product& b, double relative) {
  return near(a.output, b.output, relative) && near(a.grad_weight, b.grad_weight, relative) &&
         near(a.grad_bias, b.grad_bias, relative) &&
         (!a.grad_input.defined() || near(a.grad_input, b.grad_input, relative));
}

SpikeBatch random_batch(std::int64_t samples, std::int64_t steps, std::int64_t inputs,
                        double density, bool counted) {
  torch::manual_seed(21);
  SpikeBatch batch;
  batch.samples = samples;
  batch.steps = steps;
  batch.inputs = inputs;
  const Tensor fires = torch::rand({samples * steps, inputs}) < density;
  batch.row_start.push_back(0);
  for (std::int64_t row = 0; row < fires.size(0); ++row) {
    const bool* const set = fires.data_ptr<bool>() + row * inputs;
    for (std::int32_t unit = 0; unit < inputs; ++unit) {
      if (!set[unit]) continue;
      batch.unit.push_back(unit);
      if (counted) batch.value.push_back(static_cast<float>(1 + (unit + row) % 3));
    }
    batch.row_start.push_back(batch.events());
  }
  return batch;
}

}  // namespace

class TestSpikeLinear : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { use_threads(2); }

  void everyFormAgrees_data() {
    QTest::addColumn<std::vector<std::int64_t>>("shape");
    QTest::addColumn<int>("outputs");
    QTest::newRow("one value") << std::vector<std::int64_t>{1, 1, 1} << 1;
    QTest::newRow("odd") << std::vector<std::int64_t>{3, 37, 19} << 5;
    QTest::newRow("wide") << std::vector<std::int64_t>{2, 101, 130} << 149;
    QTest::newRow("hidden") << std::vector<std::int64_t>{4, 50, 128} << 128;
    QTest::newRow("many rows") << std::vector<std::int64_t>{9, 500, 33} << 20;
  }
  void everyFormAgrees() {
    QFETCH(std::vector<std::int64_t>, shape);
    QFETCH(int, outputs);
    for (const auto type : {torch::kFloat64, torch::kFloat32}) {
      torch::manual_seed(7);
      const Tensor fires = (torch::rand(shape) < 0.15).to(type);
      const Tensor input = fires * torch::randint(1, 4, shape).to(type);
      const double relative = type == torch::kFloat64 ? 1e-12 : 2e-5;
      const Product expected = product_of(
          [](const Tensor& x, const Tensor& w, const Tensor& b) { return torch::linear(x, w, b); },
          input, outputs);
      for (const bool sparse : {true, false}) {
        const Product ours = product_of(
            [&](const Tensor& x, const Tensor& w, const Tensor& b) {
              return spike_linear(x, w, b, sparse);
            },
            input, outputs);
        QVERIFY(agree(ours, expected, relative));
      }
    }
  }

  void eventsAgreeWithTheirMatrix() {
    for (const bool counted : {false, true}) {
      const SpikeBatch batch = random_batch(3, 60, 70, 0.05, counted);
      const Tensor dense = dense_input(batch);
      QVERIFY(dense.sum().item<double>() > 100);
      Product expected = product_of(
          [](const Tensor& x, const Tensor& w, const Tensor& b) { return torch::linear(x, w, b); },
          dense, 40);
      Product ours = product_of(
          [&](const Tensor&, const Tensor& w, const Tensor& b) {
            return event_linear(batch, w, b);
          },
          dense, 40);
      QVERIFY(!ours.grad_input.defined());
      QVERIFY(agree(ours, expected, 2e-5));
    }
  }

  void emptyRowsGiveTheBias() {
    SpikeBatch batch = random_batch(2, 10, 8, 0.0, false);
    const Tensor bias = torch::randn({3});
    const Tensor y = event_linear(batch, torch::randn({3, 8}), bias);
    QVERIFY(torch::equal(y, bias.expand({2, 10, 3})));
  }

  void anyNumberOfThreadsGivesTheSame() {
    torch::manual_seed(3);
    const Tensor input = (torch::rand({10, 450, 90}) < 0.1).to(torch::kFloat32);
    const auto sparse = [](const Tensor& x, const Tensor& w, const Tensor& b) {
      return spike_linear(x, w, b, true);
    };
    use_threads(1);
    const Product one = product_of(sparse, input, 100);
    for (const int threads : {2, 3, 5}) {
      use_threads(threads);
      const Product many = product_of(sparse, input, 100);
      QVERIFY(torch::equal(many.output, one.output));
      QVERIFY(torch::equal(many.grad_input, one.grad_input));
      QVERIFY(torch::equal(many.grad_weight, one.grad_weight));
      QVERIFY(torch::equal(many.grad_bias, one.grad_bias));
    }
  }

  void networksTakeEventsAndMatricesAlike() {
    for (const double density : {0.02, 0.6}) {  // event by event, and as a matrix
      const SpikeBatch batch = random_batch(4, 80, 50, density, false);
      DenseNetworkSettings settings;
      settings.classes = 3;
      settings.hidden = {30, 20};
      settings.neuron.threshold = {0.05};
      settings.neuron.tau_mem_s = {0.01};
      settings.neuron.tau_syn_s = {0.01};
      Network network(dense_network(settings), {0, {50}}, 1);
      const auto gradient_of = [&](const NetworkOutput& out) {
        network.zero_grad();
        out.readout.square().mean().backward();
        return testing::weights_of(network)[0].grad().clone();
      };
      const NetworkOutput events = network.forward(batch, 9);
      const Tensor from_events = gradient_of(events);
      const NetworkOutput matrix = network.forward(dense_input(batch), 9);
      const Tensor from_matrix = gradient_of(matrix);
      QVERIFY(events.hidden[0].output.sum().item<double>() > 0);
      QVERIFY(near(events.readout.detach(), matrix.readout.detach(), 1e-4));
      QVERIFY(near(from_events, from_matrix, 1e-3));
    }
  }
};

QTEST_GUILESS_MAIN(TestSpikeLinear)
#include "tst_spike_linear.moc"
