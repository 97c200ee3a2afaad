// The fused passes over several blocks and tiles: against the other backends on odd sizes, and
// the properties of the filter.
#include "core/kernels/threads.h"
#include "tests/core/kernels/passes.h"

#include <QTest>

using namespace paralif;
using namespace paralif::testing;
using torch::Tensor;

class TestFusedPasses : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { use_threads(2); }

  void agreeOnOddSizes_data() {
    QTest::addColumn<NeuronSettings>("settings");
    QTest::addColumn<std::vector<std::int64_t>>("shape");
    const std::vector<std::vector<std::int64_t>> shapes{{1, 1, 1}, {2, 65, 3}, {3, 150, 85}};
    const auto rows = [&](const std::string& name, NeuronSettings s) {
      for (const auto& shape : shapes) {
        s.neurons = shape[2];
        QTest::newRow((name + " x " + std::to_string(shape[1])).c_str()) << s << shape;
      }
    };
    for (const SpikeMode mode : spike_modes()) {
      NeuronSettings s = quick_neuron(1);
      s.mode = mode;
      rows(std::string(to_string(mode)), s);
    }
    for (const SpikeMode mode : {SpikeMode::d, SpikeMode::td, SpikeMode::gs, SpikeMode::t}) {
      NeuronSettings s = quick_neuron(1);
      s.mode = mode;
      s.recurrent = true;
      rows(std::string(to_string(mode)) + " recurrent", s);
      s.agreement = Agreement::published_sequential;
      rows(std::string(to_string(mode)) + " recurrent from rest", s);
    }
    for (const double refractory : {0.0, 0.0035}) {
      NeuronSettings s = quick_neuron(1);
      s.model = NeuronModel::lif;
      s.refractory_s = refractory;
      rows(refractory > 0 ? "LIF refractory" : "LIF", s);
    }
  }
  void agreeOnOddSizes() {
    QFETCH(NeuronSettings, settings);
    QFETCH(std::vector<std::int64_t>, shape);
    torch::manual_seed(11);
    const Tensor x = torch::randn(shape, torch::kFloat64) + 0.3;
    const Backend oracle = settings.model == NeuronModel::lif || shape[1] == 1
                                  ? Backend::sequential
                                  : Backend::fft;
    const LayerPass expected = pass_of(settings, oracle, x);
    const LayerPass fused = pass_of(settings, Backend::fused, x);
    QVERIFY(torch::equal(fused.output, expected.output));
    QVERIFY(near(fused.membrane, expected.membrane));
    QVERIFY(near(fused.grad_input, expected.grad_input));
    QCOMPARE(fused.gradients.size(), expected.gradients.size());
    for (const auto& [name, gradient] : expected.gradients) {
      QVERIFY2(near(fused.gradients.at(name), gradient), name.c_str());
    }
    // What is not asked for changes nothing.
    const LayerPass without = pass_of(settings, Backend::fused, x, false);
    QVERIFY(same(fused, without));
  }

  void takeInputInAnyLayout() {
    for (const NeuronModel model : {NeuronModel::lif, NeuronModel::paralif}) {
      NeuronSettings s = quick_neuron(20);
      s.model = model;
      torch::manual_seed(2);
      const Tensor plain = torch::randn({3, 90, 20});
      const Tensor turned = plain.permute({2, 0, 1}).contiguous().permute({1, 2, 0});
      const Tensor spread = torch::zeros({3, 180, 40}).slice(1, 0, 180, 2).slice(2, 0, 40, 2);
      spread.copy_(plain);
      QVERIFY(!turned.is_contiguous() && !spread.is_contiguous());
      const LayerPass expected = pass_of(s, Backend::fused, plain);
      QVERIFY(same(pass_of(s, Backend::fused, turned), expected));
      QVERIFY(same(pass_of(s, Backend::fused, spread), expected));
    }
  }

  void singlePrecisionFollowsDouble() {
    for (const SpikeMode mode : {SpikeMode::t, SpikeMode::sb, SpikeMode::trt}) {
      NeuronSettings s = quick_neuron(70);
      s.mode = mode;
      s.surrogate_scale = 2;
      torch::manual_seed(2);
      const Tensor x = torch::randn({2, 200, 70}, torch::kFloat64);
      const LayerPass wide = pass_of(s, Backend::fused, x);
      const LayerPass narrow = pass_of(s, Backend::fused, x.to(torch::kFloat32));
      QVERIFY(near(narrow.membrane.to(torch::kFloat64), wide.membrane, 1e-5));
      QVERIFY((narrow.output.to(torch::kFloat64) != wide.output).sum().item<int>() < 5);
      // All of it together: where a membrane grazes 0, a mode with a rectifier may part.
      const Tensor off = narrow.grad_input.to(torch::kFloat64) - wide.grad_input;
      QVERIFY(off.norm().item<double>() < 1e-2 * wide.grad_input.norm().item<double>());
    }
  }

  void filterIsLinearAndShiftInvariant() {
    NeuronSettings s = quick_neuron(70);
    s.fire = false;
    const auto filtered = [&](const Tensor& x) {
      return pass_of(s, Backend::fused, x).output;
    };
    torch::manual_seed(4);
    const Tensor a = torch::randn({2, 200, 70}, torch::kFloat64);
    const Tensor b = torch::randn({2, 200, 70}, torch::kFloat64);
    QVERIFY(near(filtered(2.0 * a - 3.0 * b), 2.0 * filtered(a) - 3.0 * filtered(b), 1e-12));
    const Tensor late = torch::constant_pad_nd(a.slice(1, 0, 163), {0, 0, 37, 0}, 0);
    QVERIFY(near(filtered(late).slice(1, 37, 200), filtered(a).slice(1, 0, 163), 1e-12));
  }

  void chunkedEqualsPlain_data() {
    QTest::addColumn<int>("mode");
    for (const SpikeMode mode : spike_modes()) {
      QTest::newRow(std::string(to_string(mode)).c_str()) << static_cast<int>(mode);
    }
  }
  void chunkedEqualsPlain() {
    // One sample of few neurons is cut in time; two of them are not.
    QFETCH(int, mode);
    NeuronSettings s = quick_neuron(7);
    s.mode = static_cast<SpikeMode>(mode);
    torch::manual_seed(6);
    const Tensor one = torch::randn({1, 2500, 7}, torch::kFloat64);
    const auto run = [&](const Tensor& x, bool fire) {
      NeuronSettings settings = s;
      settings.fire = fire;
      torch::manual_seed(3);
      NeuronLayer layer(settings);
      layer.to(torch::kFloat64);
      const Tensor input = x.clone().set_requires_grad(true);
      const NeuronOutput out = layer.forward(input, 5, true);
      torch::manual_seed(8);
      Tensor grad = torch::zeros_like(out.output);
      grad.select(0, 0).copy_(torch::randn({2500, 7}, torch::kFloat64));
      out.output.backward(grad);
      LayerPass pass{out.output.detach().slice(0, 0, 1), out.membrane.slice(0, 0, 1),
                     input.grad().slice(0, 0, 1), {}};
      for (const auto& p : layer.named_parameters()) {
        if (p.value().grad().defined()) pass.gradients[p.key()] = p.value().grad();
      }
      return pass;
    };
    for (const bool fire : {true, false}) {
      const LayerPass chunked = run(one, fire);
      const LayerPass plain = run(torch::cat({one, torch::zeros_like(one)}, 0), fire);
      QVERIFY(near(chunked.membrane, plain.membrane, 1e-12));
      QVERIFY(near(chunked.output, plain.output, 1e-12));
      QVERIFY(near(chunked.grad_input, plain.grad_input, 1e-9));
      QCOMPARE(chunked.gradients.size(), plain.gradients.size());
      for (const auto& [name, gradient] : plain.gradients) {
        QVERIFY2(near(chunked.gradients.at(name), gradient, 1e-9), name.c_str());
      }
    }
  }

  void anyNumberOfThreadsGivesTheSame() {
    std::vector<NeuronSettings> all;
    for (const SpikeMode mode : {SpikeMode::t, SpikeMode::d, SpikeMode::sb, SpikeMode::gs}) {
      all.push_back(quick_neuron(100));
      all.back().mode = mode;
      all.push_back(quick_neuron(33));
      all.back().mode = mode;
      all.back().recurrent = true;
    }
    all.push_back(quick_neuron(100));
    all.back().model = NeuronModel::lif;
    for (const NeuronSettings& s : all) {
      for (const std::int64_t batch : {1, 5}) {
        torch::manual_seed(2);
        const Tensor x = torch::randn({batch, 1300, s.neurons});
        use_threads(1);
        const LayerPass one = pass_of(s, Backend::fused, x);
        for (const int threads : {2, 5}) {
          use_threads(threads);
          use_blas_threads(1);  // its products round by its own count
          QVERIFY(same(pass_of(s, Backend::fused, x), one));
        }
      }
    }
  }
};

QTEST_GUILESS_MAIN(TestFusedPasses)
#include "tst_fused_passes.moc"
