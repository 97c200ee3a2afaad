// Medians and quartiles against values worked out by hand and by numpy.
#include <QTest>

#include <cmath>

#include "core/experiments/trials.h"
#include "core/timing/timing_estimate.h"
#include "core/timing/timing_statistics.h"

using namespace paralif;

class TestTimingStatistics : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void quartiles_data() {
    QTest::addColumn<QList<double>>("values");
    QTest::addColumn<QList<double>>("expected");  // first quartile, median, third quartile
    QTest::newRow("one") << QList<double>{3} << QList<double>{3, 3, 3};
    QTest::newRow("two") << QList<double>{4, 2} << QList<double>{2.5, 3, 3.5};
    QTest::newRow("five") << QList<double>{5, 1, 4, 2, 3} << QList<double>{2, 3, 4};
    QTest::newRow("even") << QList<double>{1, 2, 3, 4} << QList<double>{1.75, 2.5, 3.25};
    // numpy.percentile([7, 1, 3, 10, 2, 8], [25, 50, 75])
    QTest::newRow("numpy") << QList<double>{7, 1, 3, 10, 2, 8} << QList<double>{2.25, 5, 7.75};
    QTest::newRow("outlier") << QList<double>{1, 1, 1, 1, 1000} << QList<double>{1, 1, 1};
  }
  void quartiles() {
    QFETCH(QList<double>, values);
    QFETCH(QList<double>, expected);
    const Spread spread = spread_of({values.begin(), values.end()});
    QCOMPARE(spread.first_quartile, expected[0]);
    QCOMPARE(spread.median, expected[1]);
    QCOMPARE(spread.third_quartile, expected[2]);
    QCOMPARE(spread.least, *std::min_element(values.begin(), values.end()));
    QCOMPARE(spread.most, *std::max_element(values.begin(), values.end()));
  }

  void nothingMeasured() {
    const Spread spread = spread_of({});
    QVERIFY(std::isnan(spread.median));
    QVERIFY(std::isnan(spread.first_quartile));
    QCOMPARE(spread.relative(), 0.0);
  }

  void relativeSpread() {
    QCOMPARE(spread_of({1, 2, 3, 4, 5}).relative(), 2.0 / 3.0);
    QCOMPARE(spread_of({2, 2, 2}).relative(), 0.0);
  }

  void shortPassesFillATrial() {
    QCOMPARE(passes_of_trial(0.01), 1000);
    QCOMPARE(passes_of_trial(1.0), 10);
    QCOMPARE(passes_of_trial(20.0), 1);
    QCOMPARE(passes_of_trial(0.0), 1);
    QCOMPARE(visit_ms(20.0), 20.0);
    QCOMPARE(visit_ms(1.0), 11.0);
  }

  void aBudgetLeavesThreeTrials() {
    TimingPlan plan;
    plan.trials = 10;
    QCOMPARE(trials_within(plan, 5000.0), 10);
    plan.budget_s = 6.0;
    QCOMPARE(trials_within(plan, 1000.0), 6);
    QCOMPARE(trials_within(plan, 5000.0), 3);
    QCOMPARE(trials_within(plan, 1.0), 10);
    plan.trials = 2;
    QCOMPARE(trials_within(plan, 5000.0), 2);
  }

  void estimatesGrowWithTheWork() {
    TimingPoint point{{"LIF", "sequential"}, {}, 1, 100, 128};
    const double once = estimated_ms(point);
    point.steps = 1000;
    QVERIFY(estimated_ms(point) > 8 * once && estimated_ms(point) < 12 * once);
    point.curve.pass = TimingPass::forward_backward;
    const double thousand = estimated_ms(point);
    point.steps = 10000;
    QVERIFY2(estimated_ms(point) > 15 * thousand, "backward grows faster than the length");
    QVERIFY(estimated_bytes(point) > 10000 * 128 * 4 * 4);
    QCOMPARE(least_bytes(point), 10000.0 * 128 * 16);
  }
};

QTEST_GUILESS_MAIN(TestTimingStatistics)
#include "tst_timing_statistics.moc"
