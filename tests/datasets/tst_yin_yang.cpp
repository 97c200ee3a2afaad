// The Yin-Yang points against recorded ones, and numpy's generator against known numbers.
#include <QTest>

#include <cmath>

#include "datasets/hdf5_file.h"
#include "datasets/numpy_random.h"
#include "datasets/yin_yang.h"

using namespace paralif;

class TestYinYang : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void drawsAsNumpyDoes() {
    NumpyRandom random(42);  // numpy.random.RandomState(42)
    QCOMPARE(random.uniform(), 0.3745401188473625);
    QCOMPARE(random.uniform(), 0.9507143064099162);
    QCOMPARE(random.uniform(), 0.7319939418114051);
    NumpyRandom whole(0);
    for (int i = 0; i < 1000; ++i) QVERIFY(whole.integer(3) < 3);
  }

  void pointsAreThePublishedOnes() {
    const Hdf5Reader file(PARALIF_SOURCE_DIR "/tests/golden/yinyang.h5");
    for (const YinYangSplit split : {yin_yang_train, yin_yang_test}) {
      const std::string group = "size64_seed" + std::to_string(split.seed);
      const auto values = file.floats(group + "/values").values;
      const auto labels = file.integers(group + "/labels").values;
      const auto points = yin_yang_points(split.size, split.seed);
      QCOMPARE(points.size(), split.size);
      for (std::size_t i = 0; i < labels.size(); ++i) {
        QCOMPARE(std::int64_t(points[i].label), labels[i]);
        for (std::size_t k = 0; k < 4; ++k) QCOMPARE(points[i].values[k], values[4 * i + k]);
      }
    }
  }

  void classesAreWhereTheFigureHasThem() {
    QCOMPARE(yin_yang_class(0.25, 0.5), YinYangClass::dot);
    QCOMPARE(yin_yang_class(0.75, 0.5), YinYangClass::dot);
    QVERIFY(yin_yang_class(0.5, 0.95) != yin_yang_class(0.5, 0.05));
    QVERIFY(!yin_yang_inside(0.01, 0.01));
    QVERIFY(yin_yang_inside(0.5, 0.5));
  }
};

QTEST_GUILESS_MAIN(TestYinYang)
#include "tst_yin_yang.moc"
