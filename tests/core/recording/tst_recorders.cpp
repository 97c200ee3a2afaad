// What the recorders see agrees with counts made by hand.
#include <torch/types.h>

#include <ATen/CPUGeneratorImpl.h>

#include <QTest>
#include <numeric>

#include "core/experiments/published_networks.h"
#include "core/layers/layer_kind.h"
#include "core/networks/dense_input.h"
#include "core/recording/layer_hints.h"
#include "core/recording/observer.h"
#include "core/recording/recorder.h"
#include "tests/core/training/made_source.h"
#include "tests/records.h"
#include "tests/weights_of.h"

using namespace paralif;

namespace {

constexpr std::int64_t classes = 3;

Experiment with(NetworkDescription network) {
  Experiment e;
  e.network.layers = std::move(network);
  e.training.epochs = 2;
  e.training.batch_size = 16;
  e.training.learning_rate = 2e-2;
  return e;
}

Experiment convolutions() {
  PlifNet net;
  net.side = 8;
  net.channels = 6;
  net.classes = classes;
  net.neuron.model = "PLIF";
  Experiment e = with(plif_net(net));
  e.training.loss = "spike_count";
  return e;
}

Experiment delays() {
  DelayNet net;
  net.hidden = 12;
  net.blocks = 1;
  net.classes = classes;
  net.taps = 5;
  net.padding_before = 4;
  net.padding_after = 2;
  net.sigma = 2.0;
  Experiment e = with(delay_net(net));
  e.training.loss = "cumsum";
  e.training.delay_learning_rate = 0.2;
  return e;
}

/// One layer of neurons between two linear ones.
NetworkDescription dense(double threshold) {
  const std::int64_t seven = 7;
  const std::int64_t outputs = classes;
  return {{{"in", "linear", {{"units", seven}}},
           {"n", "neuron", {{"model", std::string("ParaLIF-T")}, {"threshold", threshold}}},
           {"out", "linear", {{"units", outputs}}}}};
}

double sum(const RecordArray& array) {
  return std::accumulate(array.values.begin(), array.values.end(), 0.0);
}

const Record& of(const Records& records, const char* id) { return *records.at(id); }

std::shared_ptr<LayerModule> made(const LayerDescription& layer, const SignalShape& input) {
  LayerMaking making;
  making.input = input;
  making.generator = at::make_generator<at::CPUGeneratorImpl>(std::uint64_t{7});
  return find_layer_kind(layer.kind)->make(layer, making);
}

}  // namespace

class TestRecorders : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void idsAreUnique() {
    std::set<std::string_view> ids;
    for (const Recorder* recorder : recorders()) QVERIFY(ids.insert(recorder->id()).second);
  }

  void silentAndSaturatedNeuronsAreCounted_data() {
    QTest::addColumn<double>("threshold");
    QTest::addColumn<float>("silent");
    QTest::addColumn<float>("saturated");
    QTest::newRow("out of reach") << 1e6 << 7.0F << 0.0F;
    QTest::newRow("below everything") << -1e6 << 0.0F << 7.0F;
  }

  void silentAndSaturatedNeuronsAreCounted() {
    QFETCH(double, threshold);
    QFETCH(float, silent);
    QFETCH(float, saturated);
    const Experiment e = with(dense(threshold));
    const DataSplit data = testing::made_data({20}, classes, 10);
    Trainer trainer(e, data);
    Observer observer(trainer, e);
    const Records records = observer.look();
    const Record& layers = of(records, "layers");
    QVERIFY((layers.labels == std::vector<std::string>{"n", "out"}));
    QCOMPARE(layers.find("neurons")->values[0], 7.0F);
    QCOMPARE(layers.find("silent")->values[0], silent);
    QCOMPARE(layers.find("saturated")->values[0], saturated);
    QCOMPARE(layers.find("rate")->values[0], saturated / 7.0F);
    QCOMPARE(layers.find("spikes")->values[0], saturated * 10.0F);
    // 3 outputs for each spike; on the way to the neurons 7 for each input.
    QCOMPARE(layers.find("synaptic_operations")->values[1], saturated * 10.0F * 3.0F);
    std::vector<std::int64_t> all(16);
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::int64_t>(i) * 30 / 16;
    const auto events = double(data.test->batch(all, trainer.test_draw()).events());
    QCOMPARE(double(layers.find("synaptic_operations")->values[0]), double(float(events / 16.0 * 7.0)));
    QVERIFY(std::isnan(layers.find("gradient_norm")->values[0]));  // nothing was trained yet
    const auto hints = layer_hints(layers, {"Hidden 1"});
    QCOMPARE(hints.size(), std::size_t{1});
    QVERIFY(hints[0].text.starts_with("Hidden 1: 7 of 7 neurons "));
    QCOMPARE(hints[0].key, std::string(silent > 0 ? "0 silent" : "0 saturated"));
  }

  void gradientNormsAreThoseOfTheLastBatch() {
    const Experiment e = with(dense(0.1));
    const DataSplit data = testing::made_data({20}, classes, 10);
    Trainer trainer(e, data);
    trainer.train_batch();
    Observer observer(trainer, e);
    const Records records = observer.look();
    const auto& norms = of(records, "layers").find("gradient_norm")->values;
    const auto weights = testing::weights_of(trainer.network());
    for (std::size_t i = 0; i < 2; ++i) {
      QCOMPARE(norms[i], weights[i].grad().norm().item<float>());
      QVERIFY(norms[i] > 0.0F);
    }
  }

  void operationsOfConvolutionsAreExact_data() {
    QTest::addColumn<int>("stride");
    QTest::addColumn<int>("padding");
    QTest::addColumn<int>("groups");
    QTest::newRow("plain") << 1 << 1 << 1;
    QTest::newRow("strided") << 2 << 1 << 1;
    QTest::newRow("unpadded, grouped") << 1 << 0 << 2;
  }

  void operationsOfConvolutionsAreExact() {
    QFETCH(int, stride);
    QFETCH(int, padding);
    QFETCH(int, groups);
    const std::int64_t channels = 4;
    const SignalShape shape{3, {2, 5, 6}};
    const auto layer = made({"c",
                             "conv2d",
                             {{"channels", channels},
                              {"stride", std::int64_t{stride}},
                              {"padding", std::int64_t{padding}},
                              {"groups", std::int64_t{groups}}}},
                            shape);
    torch::manual_seed(3);
    const torch::Tensor x = (torch::rand({2, 3, 2, 5, 6}) < 0.3).to(torch::kFloat32);
    double counted = 0.0;
    for (std::int64_t row = 0; row < 5; ++row) {
      for (std::int64_t column = 0; column < 6; ++column) {
        const auto active = x.select(4, column).select(3, row).count_nonzero().item<double>();
        for (std::int64_t ky = 0; ky < 3; ++ky) {
          for (std::int64_t kx = 0; kx < 3; ++kx) {
            const std::int64_t y = row + padding - ky;
            const std::int64_t z = column + padding - kx;
            const std::int64_t height = (5 + 2 * padding - 3) / stride + 1;
            const std::int64_t width = (6 + 2 * padding - 3) / stride + 1;
            if (y < 0 || z < 0 || y % stride != 0 || z % stride != 0) continue;
            if (y / stride >= height || z / stride >= width) continue;
            counted += active * double(channels) / groups;
          }
        }
      }
    }
    QCOMPARE(layer->synaptic_operations(x), counted);
  }

  void featureMapsHoldEverySpikeOfTheSample() {
    const Experiment e = convolutions();
    const DataSplit data = testing::made_data({2, 8, 8}, classes, 20);
    Trainer trainer(e, data);
    trainer.train_batch();
    Observer observer(trainer, e);
    observer.set_request({.sample = 5, .neurons = {}, .map_side = 0});
    const Records records = observer.look();
    const Record& maps = of(records, "feature_maps");
    QCOMPARE(maps.sample, 5);
    const auto probe = testing::spikesIn(records);
    const RecordArray* input = maps.find("input");
    QVERIFY((input->shape == std::vector<std::int64_t>{10, 2, 8, 8}));  // windows of two steps
    QCOMPARE(sum(*input), double(probe->layers[0].spikes.size()));
    const auto& hidden = trainer.network().hidden();
    QVERIFY(hidden[0].shape.features.size() == 3);
    const RecordArray* first = maps.find(hidden[0].id);
    QVERIFY(first != nullptr);
    QCOMPARE(sum(*first), double(probe->layers[1].spikes.size()));
    const RecordArray* kernels = of(records, "kernels").find("conv_fc_0");
    QVERIFY(kernels == nullptr || kernels->shape.size() == 4);
    QVERIFY(!of(records, "kernels").arrays.empty());
  }

  void delaysLeaveTheirStart() {
    const Experiment e = delays();
    const DataSplit data = testing::made_data({20}, classes, 10);
    Trainer trainer(e, data);
    Observer observer(trainer, e);
    std::string name;
    const Records before = observer.look();
    for (const RecordArray& array : of(before, "constants").arrays) {
      if (name.empty() && array.name.ends_with(".delay.edges")) name = array.name.substr(0, array.name.size() - 6);
    }
    QVERIFY(!name.empty());
    const Record& start = of(before, "constants");
    QVERIFY(start.find(name + ".now")->values == start.find(name + ".start")->values);
    QCOMPARE(sum(*start.find(name + ".now")), 20.0 * 12.0);
    for (int i = 0; i < 3; ++i) trainer.train_batch();
    const Records after = observer.look();
    const Record& later = of(after, "constants");
    QVERIFY(later.find(name + ".now")->values != later.find(name + ".start")->values);
    QVERIFY(later.find(name + ".start")->values == start.find(name + ".start")->values);
    // Delays of 5 taps: whole steps from 0 to 4 in the middles of bins.
    const auto& edges = later.find(name + ".edges")->values;
    QVERIFY(edges.front() >= -0.5F && edges.back() <= 4.5F);
  }

  void timeConstantsAreThoseOfTheSettings() {
    Experiment e;
    e.network.hidden = {8};
    e.neuron.tau_mem_s = 0.02;
    e.training.epochs = 1;
    const DataSplit data = testing::made_data({20}, classes, 10);
    Trainer trainer(e, data);
    Observer observer(trainer, e);
    const Records records = observer.look();
    const std::string id = of(records, "layers").labels[0];
    const RecordArray* tau = of(records, "constants").find(id + ".tau_mem.mean");
    QVERIFY(tau != nullptr);
    QVERIFY(std::abs(tau->values[0] - 0.02F) < 1e-5F);
    QVERIFY(std::abs(tau->values[1] - 0.02F) < 1e-5F);
  }
};

QTEST_GUILESS_MAIN(TestRecorders)
#include "tst_recorders.moc"
