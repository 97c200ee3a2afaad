// Networks from lists of layers: they train, go on exactly, and say what does not fit.
#include <torch/types.h>

#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <map>

#include "core/experiments/published_networks.h"
#include "core/kernels/cpu/sweeps.h"
#include "core/training/checkpoint.h"
#include "core/training/state_file.h"
#include "core/training/trainer.h"
#include "datasets/error.h"
#include "tests/core/training/made_source.h"

using namespace paralif;

namespace {

constexpr std::int64_t classes = 3;

std::string error_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

struct Case {
  const char* name;
  Experiment experiment;
  std::vector<std::int64_t> features;
  std::int64_t steps;
};

Experiment with(NetworkDescription network) {
  Experiment e;
  e.network.layers = std::move(network);
  e.training.epochs = 30;
  e.training.batch_size = 16;
  e.training.optimizer = "adam";
  e.training.learning_rate = 2e-2;
  e.training.schedule = "cosine";
  return e;
}

std::vector<Case> cases() {
  PlifNet plif;
  plif.side = 8;
  plif.channels = 6;
  plif.classes = classes;
  plif.dropout = 0.05;
  plif.neuron.model = "PLIF";
  Experiment conv = with(plif_net(plif));
  conv.training.loss = "spike_count";
  conv.training.drop_last = true;
  conv.training.epochs = 60;
  conv.training.learning_rate = 5e-3;

  plif.neuron = {};
  plif.neuron.tau_mem_s = 0.0;
  plif.neuron.learn_tau = true;
  plif.neuron.tau_init = "reference";
  Experiment parallel = with(plif_net(plif));
  parallel.training.loss = "mse_rate";

  DelayNet delays;
  delays.hidden = 12;
  delays.blocks = 1;
  delays.classes = classes;
  delays.taps = 5;
  delays.padding_before = 4;
  delays.padding_after = 2;
  delays.sigma = 2.0;
  delays.dropout = 0.1;
  delays.neuron.model = "SJ-LIF";
  Experiment delayed = with(delay_net(delays));
  delayed.training.loss = "cumsum";
  delayed.training.schedule = "one_cycle";
  delayed.training.weight_decay = 1e-5;

  SequentialCifar10 sequential;
  sequential.channels = 6;
  sequential.groups = 1;
  sequential.convolutions = 1;
  sequential.length = 8;
  sequential.hidden = 16;
  sequential.classes = classes;
  sequential.neuron.tau_mem_s = 0.02;
  Experiment columns = with(sequential_cifar10(sequential));
  columns.training.optimizer = "adamw";
  columns.training.label_smoothing = 0.1;

  return {{"plif_net of PLIF", conv, {2, 8, 8}, 6},
          {"plif_net of ParaLIF", parallel, {2, 8, 8}, 6},
          {"learned delays", delayed, {20}, 10},
          {"sequential images", columns, {3, 8}, 8}};
}

}  // namespace

class TestNetworkTraining : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void learns_data() {
    QTest::addColumn<int>("index");
    int index = 0;
    for (const Case& c : cases()) QTest::newRow(c.name) << index++;
  }

  void learns() {
    QFETCH(int, index);
    const Case c = cases()[std::size_t(index)];
    const DataSplit data = testing::made_data(c.features, classes, c.steps);
    Trainer trainer(c.experiment, data);
    double first = 0.0;
    double accuracy = 0.0;
    while (!trainer.finished()) {
      while (!trainer.epoch_trained()) trainer.train_batch();
      const EpochMetrics metrics = trainer.finish_epoch().metrics;
      if (metrics.epoch == 1) first = metrics.train_loss;
      if (metrics.epoch == c.experiment.training.epochs) {
        QVERIFY2(metrics.train_loss < 0.9 * first,
                 qPrintable(QString("%1 after %2").arg(metrics.train_loss).arg(first)));
        accuracy = metrics.test_accuracy;
      }
      QCOMPARE(metrics.layer_rates.size(), trainer.network().hidden().size());
    }
    QVERIFY2(accuracy > 0.6, qPrintable(QString::number(accuracy)));
  }

  void goesOnExactly_data() { learns_data(); }

  void goesOnExactly() {
    QFETCH(int, index);
    const Case c = cases()[std::size_t(index)];
    const DataSplit data = testing::made_data(c.features, classes, c.steps);
    QTemporaryDir dir;
    const std::filesystem::path file = dir.filePath("c.h5").toStdString();
    Trainer whole(c.experiment, data);
    whole.train_batch();
    whole.train_batch();
    write_state(file, whole.state());
    Trainer resumed(c.experiment, data);
    restore_checkpoint(resumed, file);
    while (!whole.epoch_trained()) {
      QCOMPARE(resumed.train_batch().loss, whole.train_batch().loss);
    }
    const TestResult a = whole.finish_epoch();
    const TestResult b = resumed.finish_epoch();
    QCOMPARE(a.metrics.test_loss, b.metrics.test_loss);
    QVERIFY(a.confusion.counts == b.confusion.counts);
  }

  void delaysMoveWithinTheirTaps() {
    const Case c = cases()[2];
    const DataSplit data = testing::made_data(c.features, classes, c.steps);
    Trainer trainer(c.experiment, data);
    const auto positions = [&] {
      for (const auto& [name, tensor] : trainer.network().trained_tensors()) {
        if (name == "model_0.P") return tensor.detach().clone();
      }
      return torch::Tensor();
    };
    const torch::Tensor before = positions();
    while (!trainer.epoch_trained()) trainer.train_batch();
    const torch::Tensor after = positions();
    QVERIFY(!torch::equal(before, after));
    QVERIFY(after.abs().max().item<double>() <= 2.0);
  }

  /// The same network learns with rounded products where the processor has them; elsewhere it is
  /// refused, and says so.
  void bfloat16IsComputedOrRefused() {
    Case one = cases().front();
    const DataSplit data = testing::made_data(one.features, classes, one.steps);
    one.experiment.precision = "bfloat16";
    if (!cpu::has_bfloat16()) {
      const std::string error = error_of([&] { const Trainer refused(one.experiment, data); });
      QVERIFY2(error.find("no instructions for bfloat16") != std::string::npos, error.c_str());
      return;
    }
    Trainer rounded(one.experiment, data);
    one.experiment.precision = "float32";
    Trainer exact(one.experiment, data);
    const double loss = rounded.train_batch().loss;
    const double expected = exact.train_batch().loss;
    QVERIFY2(std::abs(loss - expected) < 0.1 * expected, qPrintable(QString("%1 %2").arg(loss).arg(expected)));
  }

  void saysWhatDoesNotFit() {
    const Case c = cases()[0];
    const auto begin = [&](const std::vector<std::int64_t>& features, std::int64_t of) {
      const DataSplit data = testing::made_data(features, of, c.steps);
      return error_of([&] { Trainer trainer(c.experiment, data); });
    };
    QCOMPARE(begin({2, 8, 8}, classes), std::string());
    const std::string other = begin({2, 8, 8}, 4);
    QVERIFY2(other.find("gives 3 units, but the data has 4 classes") != std::string::npos,
             other.c_str());
    QVERIFY2(other.find("\"vote\"") != std::string::npos, other.c_str());
    const std::string sound = begin({700}, classes);
    QVERIFY2(sound.starts_with("layer 1, conv2d \"conv_0\": "), sound.c_str());
  }
};

QTEST_GUILESS_MAIN(TestNetworkTraining)
#include "tst_network_training.moc"
