// The trainer: exact continuation, test metrics, schedule, and every kind of network.
#include <torch/types.h>

#include <QTemporaryDir>
#include <QTest>
#include <map>
#include <set>

#include "core/kernels/interruption.h"
#include "core/training/checkpoint.h"
#include "core/training/state_file.h"
#include "core/training/trainer.h"
#include "datasets/error.h"
#include "tests/weights_of.h"

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
    e.network.delay_max = {0, 3};
    e.training.reg_threshold = 0.01;
    e.training.reg_threshold_recurrent = 0.01;
    e.training.debug = true;
    Trainer trainer(e, data_);
    QCOMPARE(trainer.batches_per_epoch(), 2);
    const torch::Tensor before = testing::weights_of(trainer.network())[0].detach().clone();
    trainer.train_batch();
    trainer.train_batch();
    QVERIFY(!torch::equal(before, testing::weights_of(trainer.network())[0]));
    const TestResult result = trainer.finish_epoch();
    QCOMPARE(result.metrics.layer_rates.size(), std::size_t{2});
  }

  void theRateFollowsItsSchedule() {
    Experiment e = small();
    e.training.debug = true;
    e.training.schedule = "step";
    e.training.schedule_step_epochs = 2;
    e.training.schedule_gamma = 0.5;
    Trainer trainer(e, data_);
    std::vector<double> rates;
    while (!trainer.finished()) {
      rates.push_back(trainer.learning_rate());
      while (!trainer.epoch_trained()) trainer.train_batch();
      trainer.finish_epoch();
    }
    QVERIFY(rates == (std::vector<double>{1e-3, 1e-3, 5e-4, 5e-4}));
  }

  void newExperimentsHalveTheRateEvery25Epochs() {
    Experiment e = small();
    e.training.debug = true;
    e.training.epochs = 51;
    Trainer trainer(e, data_);
    std::vector<double> rates;
    while (!trainer.finished()) {
      while (!trainer.epoch_trained()) trainer.train_batch();
      rates.push_back(trainer.finish_epoch().metrics.learning_rate);
    }
    QCOMPARE(rates[24], 1e-3);
    QCOMPARE(rates[25], 5e-4);
    QCOMPARE(rates[49], 5e-4);
    QCOMPARE(rates[50], 2.5e-4);
    e.training.schedule = "none";
    QCOMPARE(Trainer(e, data_).learning_rate(), 1e-3);
  }

  void debugKeepsTheFirstSamples() {
    Experiment e = small();
    e.training.debug = true;
    e.training.batch_size = 16;
    Trainer trainer(e, data_);
    QCOMPARE(trainer.samples_of(*data_.train), 32);
    QCOMPARE(trainer.samples_of(*data_.test), 32);
    QCOMPARE(trainer.batches_per_epoch(), 2);
    while (!trainer.epoch_trained()) trainer.train_batch();
    QCOMPARE(trainer.progress().seen, 32);
    // The same few every epoch, and the same few of the test set.
    std::int64_t tested = 0;
    const TestResult result = trainer.finish_epoch();
    for (const std::int64_t count : result.confusion.counts) tested += count;
    QCOMPARE(tested, 32);
    std::vector<std::int64_t> expected(3);
    for (std::int64_t i = 0; i < 32; ++i) ++expected[std::size_t(data_.test->label(i))];
    for (std::size_t truth = 0; truth < 3; ++truth) {
      std::int64_t row = 0;
      for (std::size_t guess = 0; guess < 3; ++guess) {
        row += result.confusion.counts[truth * 3 + guess];
      }
      QCOMPARE(row, expected[truth]);
    }
  }

  void layersHaveSettingsOfTheirOwn() {
    Experiment e = small();
    e.neuron.learn_tau = true;
    e.neuron.tau_init = "reference";
    e.neuron.tau_mem_s = {0.0, std::nullopt, 0.02};
    e.network.recurrent = {false, true};
    e.network.delay_max = {0, 5};
    Trainer trainer(e, data_);
    std::map<std::string, torch::Tensor> parameters;
    for (const auto& [name, tensor] : trainer.network().trained_tensors()) parameters[name] = tensor;
    std::set<std::string> kept;
    for (const auto& [name, tensor] : trainer.network().kept_tensors()) kept.insert(name);
    QCOMPARE(parameters["1.beta"].item<double>(), 0.0);
    QVERIFY(!parameters.contains("3.beta"));
    QVERIFY(std::abs(parameters["5.beta"].item<double>() - std::exp(-0.05)) < 1e-6);
    QVERIFY(!parameters.contains("1.recurrent.weight"));
    QVERIFY(parameters.contains("3.recurrent.weight"));
    QVERIFY(!kept.contains("delay0.delays"));
    QVERIFY(kept.contains("delay1.delays"));
    const SpikeBatch batch = data_.test->batch(std::vector<std::int64_t>{0, 1}, 1);
    QCOMPARE(trainer.run(batch, false).readout.size(1), batch.steps + 5);
  }

  void validationIsAPartOfItsOwn() {
    Experiment e = small();
    e.dataset.validation = 0.1;
    const DataSplit data = open_data(e.dataset);
    QCOMPARE(data.train->samples() + data.validation->samples(), data_.train->samples());
    QCOMPARE(data.test->samples(), data_.test->samples());
    QVERIFY(!data_.validation);
    Trainer trainer(e, data);
    const EpochMetrics metrics = trainer.test().metrics;
    QVERIFY(metrics.validation_accuracy && metrics.validation_loss);
    Trainer plain(small(), data_);
    const EpochMetrics without = plain.test().metrics;
    QVERIFY(!without.validation_accuracy);
    QCOMPARE(without.test_accuracy, metrics.test_accuracy);  // untrained, and of the same set
  }

  void countsSpikesAsPublished() {
    Experiment e = small();
    e.network.recurrent = true;
    e.neuron.threshold = 0.05;
    e.training.batch_size = 300;  // 3 full batches and one of 100
    Trainer trainer(e, data_);
    const EpochMetrics m = trainer.test().metrics;
    std::vector<double> expected(2);
    std::vector<double> fed(2);
    for (std::int64_t first = 0; first < 1000; first += 300) {
      std::vector<std::int64_t> samples;
      for (std::int64_t i = first; i < std::min<std::int64_t>(1000, first + 300); ++i) {
        samples.push_back(i);
      }
      const auto output = trainer.run(data_.test->batch(samples, trainer.test_draw()), false);
      for (std::size_t layer = 0; layer < 2; ++layer) {
        const auto of = [](const torch::Tensor& spikes) {
          return spikes.mean(0).mean(0).sum().item<double>() / 4.0;
        };
        expected[layer] += of(output.hidden[layer].output);
        fed[layer] += of(output.hidden[layer].feedback);
      }
    }
    for (std::size_t layer = 0; layer < 2; ++layer) {
      QVERIFY(expected[layer] > 0 && fed[layer] > 0);
      QVERIFY(std::abs(m.layer_step_spikes[layer] - expected[layer]) < 1e-5);
      QVERIFY(std::abs(m.feedback_step_spikes[layer] - fed[layer]) < 1e-5);
    }
    e.neuron.name = "LIF";
    QVERIFY(Trainer(e, data_).test().metrics.feedback_step_spikes.empty());
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
