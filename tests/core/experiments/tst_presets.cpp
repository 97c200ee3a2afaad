// Presets can run as they are, and the published ones are the published ones.
#include <QTest>

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
    const Experiment gestures = best_configuration("dvsgesture", true);
    QVERIFY(gestures.network.recurrent);
    QVERIFY(gestures.network.hidden == (std::vector<std::int64_t>{128}));
    QCOMPARE(gestures.dataset.window_s, 5e-3);
    QCOMPARE(gestures.training.batch_size, 16);
    QCOMPARE(best_configuration("yinyang", false).dataset.steps, 10000);
    QVERIFY_EXCEPTION_THROWN((void)best_configuration("yinyang", true), Error);
    QVERIFY_EXCEPTION_THROWN((void)best_configuration("mnist", false), Error);
  }
};

QTEST_GUILESS_MAIN(TestPresets)
#include "tst_presets.moc"
