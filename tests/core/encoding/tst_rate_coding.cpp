// Points as spike trains.
#include <QTest>

#include <cmath>

#include "core/encoding/yin_yang_source.h"
#include "datasets/error.h"
#include "datasets/samples/sample_data.h"
#include "tests/datasets/temporary.h"

using namespace paralif;

class TestRateCoding : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void firesAtTheRateOfTheValue() {
    const std::array<float, 4> point{0.0F, 0.25F, 0.75F, 1.0F};
    const std::int64_t id = 3;
    constexpr std::int64_t steps = 20000;
    const SpikeBatch batch = rate_coded({&point, 1}, {&id, 1}, steps, 99);
    std::array<double, 4> rate{};
    for (const std::int32_t unit : batch.unit) rate[std::size_t(unit)] += 1.0 / steps;
    QCOMPARE(rate[0], 0.0);
    QVERIFY(std::abs(rate[1] - 0.25) < 4 * std::sqrt(0.25 * 0.75 / steps));
    QVERIFY(std::abs(rate[2] - 0.75) < 4 * std::sqrt(0.25 * 0.75 / steps));
    QVERIFY(std::abs(rate[3] - 1.0) < 1e-9);
  }

  void dependsOnDrawAndSampleOnly() {
    const YinYangSource source(yin_yang_test, 50);
    const std::vector<std::int64_t> some{5, 9, 2};
    const std::vector<std::int64_t> one{9};
    const SpikeBatch batch = source.batch(some, 7);
    const SpikeBatch alone = source.batch(one, 7);
    const auto first = std::size_t(batch.row_start[50]);
    const auto last = std::size_t(batch.row_start[100]);
    QVERIFY(std::equal(batch.unit.begin() + std::ptrdiff_t(first),
                       batch.unit.begin() + std::ptrdiff_t(last), alone.unit.begin(),
                       alone.unit.end()));
    QVERIFY(source.batch(one, 8).unit != alone.unit);
    QCOMPARE(batch.labels[1], source.label(9));
    QCOMPARE(batch.row_start.size(), std::size_t(3 * 50 + 1));
  }

  void drawsTrainsOnceWhereAskedTo() {
    const std::vector<std::int64_t> some{5, 9, 2};
    DatasetSettings settings;
    settings.name = "yinyang";
    settings.steps = 50;
    const DataSplit anew = open_data(settings);
    QVERIFY(anew.train->batch(some, 7).unit != anew.train->batch(some, 8).unit);
    settings.redraw = false;
    const DataSplit once = open_data(settings);
    QVERIFY(once.train->batch(some, 7).unit == once.train->batch(some, 8).unit);
    QVERIFY(once.test->batch(some, 7).unit == once.test->batch(some, 8).unit);
    QVERIFY(once.train->batch(some, 7).unit != once.test->batch(some, 7).unit);
    QCOMPARE(once.train->samples(), anew.train->samples());
    QCOMPARE(once.test->label(9), anew.test->label(9));
  }

  void drawsOwnPointsOnceToo() {
    const TemporaryFolder folder;
    write_sample_data("points", folder.path());
    DatasetSettings settings;
    settings.name = "points";
    settings.data_dir = folder.path().string();
    settings.redraw = false;
    const DataSplit once = open_data(settings);
    const std::vector<std::int64_t> some{5, 9, 2};
    QVERIFY(once.train->batch(some, 7).unit == once.train->batch(some, 8).unit);
  }

  void unknownDatasetsAreNamed() {
    DatasetSettings settings;
    settings.name = "nonsense";
    QVERIFY_EXCEPTION_THROWN((void)open_data(settings), Error);
  }
};

QTEST_GUILESS_MAIN(TestRateCoding)
#include "tst_rate_coding.moc"
