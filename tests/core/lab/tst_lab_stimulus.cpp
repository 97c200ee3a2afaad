// Stimuli: values of every shape, tables from files, and what is refused.
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <fstream>

#include "core/lab/stimulus.h"
#include "datasets/error.h"

using namespace paralif;
using namespace paralif::lab;

class TestLabStimulus : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;

  std::string file(const std::string& text) {
    const std::string path = folder_.filePath("stimulus.csv").toStdString();
    std::ofstream(path) << text;
    return path;
  }

 private Q_SLOTS:
  void segmentsAddUp() {
    Stimulus stimulus;
    stimulus.duration_s = 0.02;
    stimulus.baseline = 0.5;
    stimulus.segments = {level(0.005, 0.010, 1.0), ramp(0.008, 0.012, 0.0, 3.0)};
    const auto values = values_of(stimulus);
    QCOMPARE(values.size(), std::size_t{20});
    QCOMPARE(values[4], 0.5);
    QCOMPARE(values[5], 1.5);
    QCOMPARE(values[9], 2.5);   // 0.5 + 1 + 1
    QCOMPARE(values[11], 3.5);  // the ramp's last step is its end
    QCOMPARE(values[12], 0.5);
  }

  void rampMayReachBeyondTheEnd() {
    Stimulus stimulus;
    stimulus.duration_s = 0.01;
    stimulus.segments = {ramp(-0.002, 0.019, 0.0, 20.0)};
    const auto values = values_of(stimulus);
    QCOMPARE(values[0], 2.0);
    QCOMPARE(values[9], 11.0);
  }

  void noiseHasItsMoments() {
    Stimulus stimulus;
    stimulus.duration_s = 20.0;
    Segment segment = level(0.0, 20.0, 1.0);
    segment.shape = SegmentShape::noise;
    segment.to = 2.0;
    stimulus.segments = {segment};
    const auto values = values_of(stimulus);
    double mean = 0.0;
    double square = 0.0;
    for (const double v : values) mean += v / 20000.0;
    for (const double v : values) square += (v - mean) * (v - mean) / 20000.0;
    QVERIFY(std::abs(mean - 1.0) < 0.06);
    QVERIFY(std::abs(std::sqrt(square) - 2.0) < 0.05);
    QVERIFY(values == values_of(stimulus));
    stimulus.segments[0].seed = 2;
    QVERIFY(values != values_of(stimulus));
  }

  void poissonHasItsRate() {
    Stimulus stimulus;
    stimulus.duration_s = 20.0;
    Segment segment = level(0.0, 20.0, 1.0);
    segment.shape = SegmentShape::poisson;
    segment.frequency_hz = 50.0;
    stimulus.segments = {segment};
    double spikes = 0.0;
    for (const double v : values_of(stimulus)) spikes += v;
    QVERIFY(std::abs(spikes - 1000.0) < 4.0 * std::sqrt(1000.0));
  }

  void wavesSwingAtTheirFrequency() {
    Stimulus stimulus;
    stimulus.duration_s = 1.0;
    Segment segment = level(0.0, 1.0, 0.0);
    segment.shape = SegmentShape::sine;
    segment.to = 1.0;
    segment.frequency_hz = 5.0;
    const auto crossings = [&] {
      stimulus.segments = {segment};
      const auto values = values_of(stimulus);
      int count = 0;
      for (std::size_t t = 1; t < values.size(); ++t) count += values[t - 1] < 0 && values[t] >= 0;
      return count;
    };
    QCOMPARE(crossings(), 4);  // the fifth is at the end
    segment.shape = SegmentShape::chirp;
    segment.frequency_end_hz = 25.0;
    QVERIFY(std::abs(crossings() - 14) <= 1);  // 15 on average
  }

  void pointsAreJoinedByLines() {
    Stimulus stimulus;
    stimulus.duration_s = 0.01;
    Segment segment = level(0.0, 0.01, 0.0);
    segment.shape = SegmentShape::points;
    segment.points = {{0.002, 0.0}, {0.006, 2.0}};
    stimulus.segments = {segment};
    const auto values = values_of(stimulus);
    QCOMPARE(values[0], 0.0);
    QVERIFY(std::abs(values[4] - 1.0) < 1e-12);
    QCOMPARE(values[9], 2.0);
  }

  void presetsAreSound() {
    QCOMPARE(stimulus_presets().size(), std::size_t{9});
    for (const Stimulus& stimulus : stimulus_presets()) {
      validate(stimulus);
      double largest = 0.0;
      for (const double v : values_of(stimulus)) largest = std::max(largest, std::abs(v));
      QVERIFY2(largest > 0.0, stimulus.title.c_str());
    }
  }

  void readsTables() {
    const Stimulus timed = stimulus_from_csv(file("time_s,current\n0,0\n0.01,1.5\n0.05,-1\n"));
    QCOMPARE(timed.steps(), 51);
    QVERIFY(std::abs(values_of(timed)[10] - 1.5) < 1e-12);
    const Stimulus plain = stimulus_from_csv(file("1\n2\n3\r\n\n"));
    QVERIFY((values_of(plain) == std::vector<double>{1.0, 2.0, 3.0}));
    QVERIFY((values_of(stimulus_from_csv(file("0;1\n0.001;2"))) == std::vector<double>{1.0, 2.0}));
    // As other programs write them: a byte order mark, decimal commas, blanks, names of columns.
    const std::vector<double> half{0.5, 1.5};
    QVERIFY((values_of(stimulus_from_csv(file("\xEF\xBB\xBF" "0;0,5\n0,001;1,5\n"))) == half));
    QVERIFY((values_of(stimulus_from_csv(file("  0.000   0.5\n  0.001   +1.5\n"))) == half));
    QVERIFY((values_of(stimulus_from_csv(file("time_ms,current\n0,0.5\n1,1.5\n"))) == half));
    QVERIFY((values_of(stimulus_from_csv(file("current;t (ms)\n0,5;0\n1,5;1\n"))) == half));
    QVERIFY((values_of(stimulus_from_csv(file("current\n0,5\n1,5\n"))) == half));
  }

  void refusesTables_data() {
    QTest::addColumn<QString>("text");
    QTest::newRow("one decimal or two columns") << "1,5\n2,5\n";
    QTest::newRow("words") << "a\nb\n";
    QTest::newRow("clock") << "12:05,1\n12:06,2\n";
    QTest::newRow("word later") << "1\n2\nx\n";
    QTest::newRow("backwards") << "0,1\n0.02,1\n0.01,1\n";
    QTest::newRow("ragged") << "0,1\n0.02\n";
    QTest::newRow("wide") << "0,1,2\n";
    QTest::newRow("infinite") << "0,1\n0.1,inf\n";
    QTest::newRow("far") << "0,1\n1e300,1\n";
    QTest::newRow("long") << "0,1\n99999,1\n";
    QTest::newRow("negative time") << "-1,1\n0,1\n";
  }
  void refusesTables() {
    QFETCH(QString, text);
    const std::string path = file(text.toStdString());
    try {
      stimulus_from_csv(path);
      QFAIL("accepted");
    } catch (const Error& error) {
      QCOMPARE(error.kind(), Error::Kind::file);
      QVERIFY(QString(error.what()).contains("line"));
    }
  }

  void refusesImpossibleStimuli() {
    Stimulus stimulus;
    stimulus.duration_s = 1e9;
    QVERIFY_EXCEPTION_THROWN(validate(stimulus), Error);
    stimulus.duration_s = 0.1;
    stimulus.time_step_s = 0.0;
    QVERIFY_EXCEPTION_THROWN(validate(stimulus), Error);
    stimulus.time_step_s = 1e-3;
    stimulus.segments = {level(0.05, 0.01, 1.0)};
    QVERIFY_EXCEPTION_THROWN(validate(stimulus), Error);
    stimulus.segments = {level(0.0, 0.05, 1e300)};
    QVERIFY_EXCEPTION_THROWN(validate(stimulus), Error);
    stimulus.segments = {level(0.0, 1e300, 1.0)};
    QVERIFY_EXCEPTION_THROWN(validate(stimulus), Error);
  }
};

QTEST_GUILESS_MAIN(TestLabStimulus)
#include "tst_lab_stimulus.moc"
