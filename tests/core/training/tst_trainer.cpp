// The trainer: exact continuation, test metrics, schedule, and every kind of network.
#include <torch/torch.h>

#include <QTemporaryDir>
#include <QTest>

#include "core/kernels/interruption.h"
#include "core/training/checkpoint.h"
#include "core/training/state_file.h"
#include "core/training/trainer.h"
#include "datasets/error.h"

using namespace paralif;

namespace {

Experiment small() {
  Experiment experiment;
  experiment.dataset.steps = 12;
  experiment.network.hidden = {10, 6};
  experiment.training.epochs = 4;
  return experiment;
}

}  // namespace

class TestTrainer : public QObject {
  Q_OBJECT

 private:
  DataSplit data_;

 private Q_SLOTS:
  void initTestCase() { data_ = open_data(small().dataset); }

  void continuesExactly() {
    QTemporaryDir dir;
    const std::filesystem::path file = dir.filePath("c.h5").toStdString();
    Trainer whole(small(), data_);
    for (int i = 0; i < 30; ++i) whole.train_batch();
    write_state(file, whole.state());
    Trainer resumed(small(), data_);
    restore_checkpoint(resumed, file);
    QCOMPARE(resumed.progress().step, 30);
    while (!whole.epoch_trained()) {
      QCOMPARE(resumed.train_batch().loss, whole.train_batch().loss);
    }
    const TestResult a = whole.finish_epoch();
    const TestResult b = resumed.finish_epoch();
    QCOMPARE(a.metrics.train_loss, b.metrics.train_loss);
    QCOMPARE(a.metrics.test_loss, b.metrics.test_loss);
    QVERIFY(a.confusion.counts == b.confusion.counts);
    QCOMPARE(resumed.progress().epoch, 2);
  }

  void everyNetworkTrains_data() {
    QTest::addColumn<QString>("neuron");
    QTest::addColumn<bool>("recurrent");
    for (const char* neuron :
         {"LIF", "LIF-LT", "ParaLIF-T", "ParaLIF-D", "ParaLIF-SB", "ParaLIF-TRT", "ReLU"}) {
      for (const bool recurrent : {false, true}) {
        if (recurrent && std::string(neuron) == "ReLU") continue;
        QTest::newRow((std::string(neuron) + (recurrent ? " recurrent" : "")).c_str())
            << neuron << recurrent;
      }
    }
  }
  void everyNetworkTrains() {
    QFETCH(QString, neuron);
    QFETCH(bool, recurrent);
    Experiment e = small();
    e.neuron.name = neuron.toStdString();
    e.network.recurrent = recurrent;
    e.neuron.learn_tau = true;
    e.neuron.threshold = 0.1;  // TRT squashes below 1
    e.network.delay_max = 3;
    e.training.reg_threshold = 0.01;
    e.training.reg_threshold_recurrent = 0.01;
    e.training.debug = true;
    Trainer trainer(e, data_);
    QCOMPARE(trainer.batches_per_epoch(), 2);
    const torch::Tensor before = trainer.network().weight(0).detach().clone();
    trainer.train_batch();
    trainer.train_batch();
    QVERIFY(!torch::equal(before, trainer.network().weight(0)));
    const TestResult result = trainer.finish_epoch();
    QCOMPARE(result.metrics.layer_rates.size(), std::size_t{2});
  }

  void theRateFollowsItsSchedule() {
    Experiment e = small();
    e.training.debug = true;
    e.training.scheduler = true;
    e.training.scheduler_epochs = 2;
    e.training.scheduler_factor = 0.5;
    Trainer trainer(e, data_);
    std::vector<double> rates;
    while (!trainer.finished()) {
      rates.push_back(trainer.learning_rate());
      while (!trainer.epoch_trained()) trainer.train_batch();
      trainer.finish_epoch();
    }
    QVERIFY(rates == (std::vector<double>{1e-3, 1e-3, 5e-4, 5e-4}));
  }

  void everySampleIsSeenOnce() {
    const auto order = epoch_order(1000, 7);
    auto sorted = order;
    std::ranges::sort(sorted);
    for (std::size_t i = 0; i < sorted.size(); ++i) QCOMPARE(sorted[i], std::int64_t(i));
    QVERIFY(order != sorted);
    QVERIFY(order != epoch_order(1000, 8));
  }

  void interruptionChangesNothing() {
    Trainer trainer(small(), data_);
    Trainer other(small(), data_);
    trainer.train_batch();
    other.train_batch();
    {
      const std::atomic<bool> stop{true};
      const InterruptionScope scope(stop);
      QVERIFY_EXCEPTION_THROWN(trainer.train_batch(), Interrupted);
    }
    QCOMPARE(trainer.progress().step, 1);
    QCOMPARE(trainer.train_batch().loss, other.train_batch().loss);
  }
};

QTEST_GUILESS_MAIN(TestTrainer)
#include "tst_trainer.moc"
