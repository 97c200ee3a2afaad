// How much of a dataset is used, and how many of its training samples are masked.
#include <QTest>
#include <cmath>
#include <map>

#include "core/encoding/spike_source.h"
#include "datasets/samples/sample_data.h"
#include "tests/datasets/temporary.h"

using namespace paralif;

class TestDataShares : public QObject {
  Q_OBJECT

 private:
  TemporaryFolder folder_;

  [[nodiscard]] DatasetSettings settings() const {
    DatasetSettings s;
    s.name = "heidelberg";
    s.window_s = 10e-3;
    s.data_dir = folder_.path().string();
    return s;
  }
  static std::int64_t eventsOf(const SpikeSource& source, std::int64_t sample, std::uint64_t draw) {
    const std::vector<std::int64_t> one{sample};
    return source.batch(one, draw).events();
  }

 private Q_SLOTS:
  void initTestCase() { write_sample_data("heidelberg", folder_.path()); }

  void aShareOfBothSetsIsUsed() {
    const DataSplit whole = open_data(settings());
    DatasetSettings half = settings();
    half.data_ratio = 0.5;
    const DataSplit part = open_data(half);
    QCOMPARE(part.train->samples(), whole.train->samples() / 2);
    QCOMPARE(part.test->samples(), whole.test->samples() / 2);
    std::map<std::int64_t, int> classes;
    for (std::int64_t i = 0; i < part.train->samples(); ++i) ++classes[part.train->label(i)];
    QCOMPARE(std::int64_t(classes.size()), whole.train->classes());
    // Always the same ones, and a validation part is of them.
    QCOMPARE(eventsOf(*open_data(half).test, 3, 1), eventsOf(*part.test, 3, 1));
    half.validation = 0.25;
    const DataSplit kept = open_data(half);
    QCOMPARE(kept.train->samples() + kept.validation->samples(), part.train->samples());
    QCOMPARE(kept.test->samples(), part.test->samples());
  }

  /// With masks of all steps at most, a masked sample has fewer events.
  void masksComeAsOftenAsAsked() {
    DatasetSettings s = settings();
    s.augmentation = true;
    s.shift = 0.0;
    s.scale = 0.0;
    const DataSplit plain = open_data(s);
    s.time_mask = 1.0;
    for (const double chance : {0.0, 0.65, 1.0}) {
      s.mask_probability = chance;
      const DataSplit masked = open_data(s);
      int fewer = 0;
      for (std::uint64_t draw = 0; draw < 200; ++draw) {
        fewer += eventsOf(*masked.train, 0, draw) < eventsOf(*plain.train, 0, draw) ? 1 : 0;
      }
      QVERIFY2(std::abs(fewer / 200.0 - chance) < 0.12, qPrintable(QString::number(fewer)));
    }
  }
};

QTEST_GUILESS_MAIN(TestDataShares)
#include "tst_data_shares.moc"
