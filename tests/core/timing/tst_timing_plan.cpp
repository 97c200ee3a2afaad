// Plans: points, presets, lengths and devices as text, and what is refused.
#include <QTest>

#include "core/timing/timing_estimate.h"
#include "core/timing/timing_presets.h"
#include "datasets/error.h"

using namespace paralif;

using Lengths = std::vector<std::int64_t>;

class TestTimingPlan : public QObject {
  Q_OBJECT

 private:
  static TimingPlan good() { return timing_preset("published").plan; }

 private Q_SLOTS:
  void presetsCanBeMeasured() {
    for (const TimingPreset& preset : timing_presets()) {
      QVERIFY2(problems_of(preset.plan).empty(), preset.id.c_str());
      QVERIFY(!preset.description.empty());
      QVERIFY(estimated_seconds(preset.plan) > 0.0);
    }
    QVERIFY(estimated_seconds(good()) < 60.0);
    QVERIFY_EXCEPTION_THROWN(timing_preset("nonsense"), Error);
  }

  void publishedIsAsPublished() {
    const TimingPlan plan = good();
    // numpy.linspace(10, 5000, 10, dtype=int)
    QVERIFY((plan.lengths == Lengths{10, 564, 1118, 1673, 2227, 2782, 3336, 3891, 4445, 5000}));
    QCOMPARE(plan.batch, 1);
    QCOMPARE(plan.neurons, 128);
    QCOMPARE(plan.trials, 5);
    QCOMPARE(points_of(plan).size(), std::size_t{70});
    QCOMPARE(points_of(plan).front().steps, 10);
    QCOMPARE(points_of(plan).back().steps, 5000);
  }

  void readsLengths_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<qint64>>("expected");
    QTest::newRow("one") << "7" << QList<qint64>{7};
    QTest::newRow("list") << "100, 10 1000;10" << QList<qint64>{10, 100, 1000};
    QTest::newRow("linear") << "linear:10:50:5" << QList<qint64>{10, 20, 30, 40, 50};
    QTest::newRow("log") << "log:10:1000:3" << QList<qint64>{10, 100, 1000};
    QTest::newRow("words") << "log 10..1000 x 3" << QList<qint64>{10, 100, 1000};
    QTest::newRow("one of a range") << "linear:10:50:1" << QList<qint64>{50};
    QTest::newRow("crowded") << "log:1:3:10" << QList<qint64>{1, 2, 3};
  }
  void readsLengths() {
    QFETCH(QString, text);
    QFETCH(QList<qint64>, expected);
    const Lengths lengths = lengths_from(text.toStdString());
    QCOMPARE(QList<qint64>(lengths.begin(), lengths.end()), expected);
    QVERIFY(lengths_from(lengths_text(lengths)) == lengths);
  }

  void refusesLengths_data() {
    QTest::addColumn<QString>("text");
    for (const char* text : {"", "ten", "0", "-5", "1.5", "10,,x", "log:10:5", "log:50:10:3",
                             "linear:1:1000:1000", "99999999999999999999", "log"}) {
      QTest::newRow(text) << text;
    }
  }
  void refusesLengths() {
    QFETCH(QString, text);
    QVERIFY_EXCEPTION_THROWN(lengths_from(text.toStdString()), Error);
  }

  void devicesAsText() {
    QVERIFY((timing_device("cpu") == TimingDevice{"cpu", 0}));
    QVERIFY((timing_device("cpu:2") == TimingDevice{"cpu", 2}));
    QVERIFY((timing_device("cuda:1") == TimingDevice{"cuda:1", 0}));
    for (const char* text : {"cpu", "cpu:3", "cuda", "cuda:0"}) {
      QCOMPARE(to_string(timing_device(text)), std::string(text));
    }
    for (const char* text : {"", "gpu", "cpu:0", "cpu:x", "cpu:", "cuda:-1", "cpu:99999"}) {
      QVERIFY_EXCEPTION_THROWN(timing_device(text), Error);
    }
  }

  void curvesAsText() {
    for (const char* text : {"LIF:sequential", "ParaLIF-T:fft:forward+backward"}) {
      QCOMPARE(curve_text(timing_curve(text)), std::string(text));
    }
    QVERIFY(timing_curve("LIF:fused").pass == TimingPass::forward);
    for (const char* text : {"", "LIF", "LIF:fused:sideways", "LIF:fused:"}) {
      QVERIFY_EXCEPTION_THROWN(timing_curve(text), Error);
    }
  }

  void refusesPlans() {
    const auto refused = [](auto change) {
      TimingPlan plan = good();
      change(plan);
      const auto problems = problems_of(plan);
      return problems.empty() ? std::string() : problems.front().field;
    };
    QCOMPARE(refused([](TimingPlan& p) { p.curves.clear(); }), std::string("curves"));
    QCOMPARE(refused([](TimingPlan& p) { p.curves = {{"LIF", "fft"}}; }), std::string("curves"));
    QCOMPARE(refused([](TimingPlan& p) { p.curves = {{"HH", "fused"}}; }), std::string("curves"));
    QCOMPARE(refused([](TimingPlan& p) { p.curves.push_back(p.curves[0]); }),
             std::string("curves"));
    QCOMPARE(refused([](TimingPlan& p) { p.devices.clear(); }), std::string("devices"));
    QCOMPARE(refused([](TimingPlan& p) { p.batch = 0; }), std::string("batch"));
    QCOMPARE(refused([](TimingPlan& p) { p.neurons = -1; }), std::string("neurons"));
    QCOMPARE(refused([](TimingPlan& p) { p.threads = -1; }), std::string("threads"));
    QCOMPARE(refused([](TimingPlan& p) { p.trials = 0; }), std::string("trials"));
    QCOMPARE(refused([](TimingPlan& p) { p.lengths.clear(); }), std::string("lengths"));
    QCOMPARE(refused([](TimingPlan& p) { p.lengths = {5, 5}; }), std::string("lengths"));
    QCOMPARE(refused([](TimingPlan& p) { p.lengths = {0, 5}; }), std::string("lengths"));
    QCOMPARE(refused([](TimingPlan& p) { p.batch = p.neurons = 100000; }), std::string("lengths"));
    QCOMPARE(refused([](TimingPlan& p) { p.limit_s = 0; }), std::string("limit"));
    QCOMPARE(refused([](TimingPlan&) {}), std::string());
    TimingPlan bad = good();
    bad.trials = 0;
    QVERIFY_EXCEPTION_THROWN(validate(bad), Error);
  }

  void commandLines() {
    QCOMPARE(command_line_of(good()),
             std::string("paralif timing --preset published --device cpu"));
    TimingPlan plan = good();
    plan.trials = 7;
    plan.devices = {{"cpu", 2}};
    const std::string line = command_line_of(plan);
    QVERIFY(line.find("--curve ParaLIF-T:fused") != std::string::npos);
    QVERIFY(line.find("--device cpu:2") != std::string::npos);
    QVERIFY(line.find("--lengths linear:10:5000:10 --trials 7 --budget 6") != std::string::npos);
  }
};

QTEST_GUILESS_MAIN(TestTimingPlan)
#include "tst_timing_plan.moc"
