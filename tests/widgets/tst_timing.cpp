// Views of the running-time comparison, fed with results made by hand.
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

#include "core/timing/timing_files.h"
#include "core/timing/timing_presets.h"
#include "datasets/error.h"
#include "tests/core/timing/small_results.h"
#include "widgets/theme/words.h"
#include "widgets/timing/timing_export.h"
#include "widgets/timing/timing_form.h"
#include "widgets/timing/timing_plot.h"
#include "widgets/timing/timing_table.h"

using namespace paralif;

class TestTiming : public QObject {
  Q_OBJECT

 private:
  static TimingBaseline lif() { return {{"LIF", "sequential"}, {}}; }
  template <typename T>
  static T* child(TimingForm& form, const char* name) {
    return form.findChild<T*>(name);
  }
  static TimingForm* form() { return new TimingForm({TimingDevice{}, {"cuda:0", 0}}, 2); }

 private Q_SLOTS:
  void readingsSayTimeSpeedAndBytes() {
    const TimingResults results = testing::smallResults();
    const TimingResult* fused = find_point(results, {"ParaLIF-T", "fused"}, {}, 100);
    const QString text = readingOf(results, *fused, lif());
    QVERIFY2(text.contains("10.0 µs"), qPrintable(text));
    QVERIFY2(text.contains("100 × as fast as LIF sequential"), qPrintable(text));
    // 128 x 100 floats read and written in 10 µs.
    QVERIFY2(text.contains("10.2 GB/s"), qPrintable(text));
    QVERIFY2(text.contains("102 % of a copy"), qPrintable(text));
    const QString slow = readingOf(results, results.points[0], {{"ParaLIF-T", "fused"}, {}});
    QVERIFY2(slow.contains("100 × as slow"), qPrintable(slow));
    const QString failed = readingOf(results, results.points[5], lif());
    QVERIFY2(failed.contains("out of memory") && !failed.contains("GB/s"), qPrintable(failed));
  }

  void plotShowsLinesBandsAndCrosses() {
    TimingPlot plot;
    plot.resize(700, 420);
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    plot.setBaseline(lif());
    plot.setResults(testing::smallResults());
    QCOMPARE(plot.lines(), 2);
    QCOMPARE(plot.pointsOf(0), 3);
    QCOMPARE(plot.pointsOf(1), 2);
    QCOMPARE(plot.failedPoints(), 1);
    const QString reading = plot.readingAt(plot.pixelOf(2));
    QVERIFY2(reading.contains("100 steps"), qPrintable(reading));
    QVERIFY(reading.contains("LIF sequential"));
    plot.setLogSteps(false);
    plot.setLogTime(false);
    QCOMPARE(plot.xAxis->scaleType(), QCPAxis::stLinear);
    QCOMPARE(plot.yAxis->range().lower, 0.0);
    QVERIFY(plot.readingAt(plot.pixelOf(4)).contains("1000 steps"));
    plot.addOverlay("colleague", testing::smallResults());
    QCOMPARE(plot.lines(), 4);
    QCOMPARE(plot.failedPoints(), 2);
    plot.clearOverlays();
    QCOMPARE(plot.lines(), 2);
    QString csv;
    QTextStream out(&csv);
    plot.writeCsv(out);
    QCOMPARE(csv.count('\n'), 7);
  }

  void emptyPlotStands() {
    TimingPlot plot;
    plot.resize(300, 200);
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    plot.markPoint(5);
    QCOMPARE(plot.lines(), 0);
    QVERIFY(!plot.readingAt({150, 100}).contains("nan"));
  }

  void tableSortsAndRepeats() {
    TimingTable table;
    table.resize(800, 300);
    table.show();
    QVERIFY(QTest::qWaitForWindowExposed(&table));
    table.setResults(testing::smallResults(), lif());
    QSignalSpy repeated(&table, &TimingTable::repeatRequested);
    QSignalSpy chosen(&table, &TimingTable::pointChosen);
    table.view().setFocus();
    table.view().sortByColumn(TimingTableModel::steps, Qt::DescendingOrder);
    table.view().selectRow(0);
    QCOMPARE(chosen.count(), 1);
    QVERIFY(chosen.last()[0].toLongLong() >= 4);
    QTest::keyClick(&table.view(), Qt::Key_R);
    QCOMPARE(repeated.count(), 0);  // nothing to measure with
    table.setRepeatable(true);
    QTest::keyClick(&table.view(), Qt::Key_R);
    QCOMPARE(repeated.count(), 1);
    QCOMPARE(repeated[0][0], chosen.last()[0]);
  }

  void formMakesAndTakesPlans() {
    const std::unique_ptr<TimingForm> f(form());
    QVERIFY(f->problems().isEmpty());
    QVERIFY(child<QLabel>(*f, "timing.estimate")->text().contains("70 points"));
    for (const TimingPreset& preset : timing_presets()) {
      f->setPlan(preset.plan);
      TimingPlan plan = f->plan();
      plan.title = preset.plan.title;
      QVERIFY2(plan == preset.plan, preset.id.c_str());
      QCOMPARE(child<QComboBox>(*f, "timing.preset")->currentText(),
               textOf(preset.title));
    }
    TimingPlan own = timing_presets().front().plan;
    own.devices = {{"cpu", 1}, {"cuda:7", 0}};  // of another machine
    own.lengths = {3, 5};
    own.curves = {{"ParaLIF-GS", "fft", TimingPass::forward_backward}};
    f->setPlan(own);
    TimingPlan plan = f->plan();
    plan.title = own.title;
    QVERIFY(plan == own);
  }

  void formIsEditedByKeys() {
    const std::unique_ptr<TimingForm> f(form());
    f->resize(300, 700);
    f->show();
    QVERIFY(QTest::qWaitForWindowExposed(f.get()));
    auto* lengths = child<QLineEdit>(*f, "timing.lengths");
    lengths->setFocus();
    lengths->selectAll();
    QTest::keyClicks(lengths, "10, twenty");
    QVERIFY(f->problems().value(0).contains("twenty"));
    QVERIFY(child<QLabel>(*f, "timing.problem")->isVisible());
    lengths->selectAll();
    QTest::keyClicks(lengths, "10, 20");
    QVERIFY(f->problems().isEmpty());
    QVERIFY((f->plan().lengths == std::vector<std::int64_t>{10, 20}));
    QCOMPARE(child<QComboBox>(*f, "timing.preset")->currentText(), QString("Own choice"));
    auto* curves = child<QTreeWidget>(*f, "timing.curves");
    curves->setFocus();
    curves->setCurrentItem(curves->topLevelItem(0)->child(1), 1);
    QTest::keyClick(curves, Qt::Key_Space);
    QVERIFY(std::ranges::count(f->plan().curves, TimingCurve{"LIF", "fused"}) == 1);
    QTest::keyClick(curves, Qt::Key_Right);
    QTest::keyClick(curves, Qt::Key_Space);
    const TimingCurve both{"LIF", "fused", TimingPass::forward_backward};
    QVERIFY(std::ranges::count(f->plan().curves, both) == 1);
    auto* devices = child<QListWidget>(*f, "timing.devices");
    for (int i = 0; i < devices->count(); ++i) devices->item(i)->setCheckState(Qt::Unchecked);
    QVERIFY(!f->problems().isEmpty());
  }

  void exportsEveryKind() {
    QTemporaryDir dir;
    const TimingResults results = testing::smallResults();
    for (const char* name : {"a.svg", "a.pdf", "a.png"}) {
      exportTimingFigure(dir.filePath(name), results, {}, {{"other", results}});
      QVERIFY2(QFileInfo(dir.filePath(name)).size() > 1000, name);
    }
    QVERIFY(QImage(dir.filePath("a.png")).width() > 2000);
    for (const char* name : {"a.csv", "a.h5", "a.json"}) {
      exportTimingData(dir.filePath(name), results);
      QVERIFY2(QFileInfo(dir.filePath(name)).size() > 100, name);
    }
    QVERIFY(testing::sameTimings(read_timing(dir.filePath("a.h5").toStdString()), results));
    QVERIFY_EXCEPTION_THROWN(exportTimingFigure(dir.filePath("a.bmp"), results, {}), Error);
    QVERIFY_EXCEPTION_THROWN(exportTimingData(dir.filePath("a.xls"), results), Error);
    QVERIFY_EXCEPTION_THROWN(exportTimingFigure("/no/such/folder/a.pdf", results, {}), Error);
    QVERIFY_EXCEPTION_THROWN(exportTimingData("/no/such/folder/a.h5", results), Error);
  }
};

QTEST_MAIN(TestTiming)
#include "tst_timing.moc"
