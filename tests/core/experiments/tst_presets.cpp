// Presets can run as they are, and the published ones are the published ones.
#include <QTest>
#include <algorithm>

#include "core/experiments/fields.h"
#include "core/experiments/presets.h"
#include "datasets/error.h"

using namespace paralif;

class TestPresets : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void allAreGood() {
    QVERIFY(presets().size() >= 5);
    for (const Preset& preset : presets()) {
      QVERIFY2(problems_of(preset.experiment).empty(), preset.id.c_str());
      QVERIFY(!preset.description.empty());
    }
  }

  void bestConfigurations() {
    const Experiment speech = best_configuration("heidelberg", false);
    QVERIFY(speech.network.hidden == (std::vector<std::int64_t>{128, 128, 128}));
    QCOMPARE(speech.training.epochs, 200);
    QVERIFY(speech.dataset.augmentation);
    for (const Preset& preset : presets()) {
      if (!preset.experiment.network.layers.layers.empty()) continue;  // have their own
      QCOMPARE(preset.experiment.training.schedule, std::string("step"));
      QCOMPARE(preset.experiment.training.schedule_step_epochs, 25);
      QCOMPARE(preset.experiment.training.schedule_gamma, 0.5);
    }
    const Experiment gestures = best_configuration("dvsgesture", true);
    QVERIFY(gestures.network.recurrent.all(true));
    QVERIFY(gestures.network.hidden == (std::vector<std::int64_t>{128}));
    QCOMPARE(gestures.dataset.window_s, 5e-3);
    QCOMPARE(gestures.training.batch_size, 16);
    QCOMPARE(best_configuration("yinyang", false).dataset.steps, 10000);
    QVERIFY_EXCEPTION_THROWN((void)best_configuration("yinyang", true), Error);
    QVERIFY_EXCEPTION_THROWN((void)best_configuration("mnist", false), Error);
  }

  void publishedNetworksHaveTheirTrainings() {
    const auto preset = [](const char* id) {
      return std::ranges::find(presets(), std::string(id), &Preset::id)->experiment;
    };
    const Experiment digits = preset("plif-net-nmnist");
    QCOMPARE(*digits.dataset.bins, 10);
    QCOMPARE(digits.dataset.polarity, std::string("both"));
    QCOMPARE(digits.training.batch_size, 64);
    QCOMPARE(digits.training.epochs, 100);
    QCOMPARE(digits.training.loss, std::string("mse_rate"));
    QVERIFY(digits.training.drop_last);
    const Experiment columns = preset("sequential-cifar10");
    QCOMPARE(columns.training.optimizer, std::string("sgd"));
    QCOMPARE(columns.training.learning_rate, 0.1);
    QCOMPARE(columns.training.schedule, std::string("cosine"));
    QCOMPARE(columns.training.label_smoothing, 0.1);
    const Experiment delays = preset("delays-heidelberg");
    QCOMPARE(delays.training.schedule, std::string("one_cycle"));
    QCOMPARE(delays.training.learning_rate, 5e-3);
    QCOMPARE(delays.training.delay_learning_rate, 0.1);
    QCOMPARE(delays.dataset.group_units, 5);
    QCOMPARE(delays.dataset.padding, std::string("end"));
    for (const Preset& one : presets()) {
      QVERIFY2(problems_of(one.experiment).empty(), one.id.c_str());
    }
  }

  void publishedDefaults() {
    const Experiment plain = published_defaults();
    QCOMPARE(plain.dataset.name, std::string("heidelberg"));
    QCOMPARE(plain.neuron.name, std::string("ParaLIF-D"));
    QCOMPARE(plain.training.epochs, 200);
    QVERIFY(plain.network.hidden == (std::vector<std::int64_t>{128, 128, 128}));
    Experiment exact = plain;
    restore_published(exact);
    QCOMPARE(exact.neuron.tau_init, std::string("reference"));
    QVERIFY(!exact.dataset.redraw);
  }
};

QTEST_GUILESS_MAIN(TestPresets)
#include "tst_presets.moc"
