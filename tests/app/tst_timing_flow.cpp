// The whole Running time workspace by mouse and keys: measure, pause, cancel, repeat, keep, share.
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QTableView>
#include <QTest>
#include <QToolBar>

#include <algorithm>

#include "app/studio/main_window.h"
#include "app/studio/message_bar.h"
#include "app/studio/timing_controller.h"
#include "app/studio/timing_workspace.h"
#include "app/studio/workspace_bar.h"
#include "core/timing/timing_files.h"
#include "tests/app/isolated.h"
#include "widgets/timing/timing_form.h"
#include "widgets/timing/timing_plot.h"
#include "widgets/timing/timing_table.h"

using namespace paralif;

namespace {

constexpr int patienceMs = 60000;

}  // namespace

class TestTimingFlow : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<testing::IsolatedHome> home_;
  std::unique_ptr<MainWindow> window_;

  TimingWorkspace& timing() { return window_->timing(); }
  TimingState state() { return timing().controller().state(); }
  const TimingResults& results() { return timing().plot().results(); }
  void click(const char* name) {
    auto* action = timing().findChild<QAction*>(name);
    QVERIFY(action != nullptr);
    QWidget* button = timing().findChild<QToolBar*>("toolbar.timing")->widgetForAction(action);
    QVERIFY(button != nullptr);
    QTest::mouseClick(button, Qt::LeftButton);
  }
  static TimingPlan small() {
    TimingPlan plan;
    plan.curves = {{"LIF", "sequential"}, {"ParaLIF-T", "fft"}, {"ParaLIF-T", "fused"}};
    plan.lengths = {10, 50, 100};
    plan.neurons = 16;
    plan.trials = 3;
    return plan;
  }
  /// Long enough to be met while it runs.
  static TimingPlan slow() {
    TimingPlan plan = small();
    plan.curves = {{"LIF", "sequential", TimingPass::forward_backward}};
    plan.devices = {{"cpu", 1}};
    plan.lengths = {1500, 2000};
    plan.neurons = 128;
    plan.trials = 500;
    return plan;
  }
  void measureSmall() {
    timing().form().setPlan(small());
    click("timing.start");
    QTRY_VERIFY_WITH_TIMEOUT(state() == TimingState::finished, patienceMs);
  }

 private Q_SLOTS:
  void init() {
    home_ = std::make_unique<testing::IsolatedHome>();
    StudioOptions options;
    options.remember = false;
    options.ask = false;
    options.size = {1280, 800};
    window_ = std::make_unique<MainWindow>(options);
    window_->show();
    window_->activateWindow();
    QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
    QVERIFY(window_->workspaces().showNamed("Running time"));
    QVERIFY(timing().isVisible());
  }
  void cleanup() {
    window_.reset();
    home_.reset();
  }

  void measuresAndKeeps() {
    QVERIFY(timing().findChild<QLabel*>("timing.status")->text().contains("Nothing measured"));
    QVERIFY(!timing().findChild<QAction*>("timing.figure")->isEnabled());
    measureSmall();
    QCOMPARE(timing().plot().lines(), 3);
    QCOMPARE(timing().plot().pointsOf(0), 3);
    QCOMPARE(timing().table().view().model()->rowCount(), 9);
    const QString folder = QString::fromStdString(timing().controller().latest().folder);
    QVERIFY(QFileInfo(folder + "/timing.json").exists());
    QVERIFY(folder.startsWith(home_->path("runs")));
    QVERIFY(timing().findChild<QLabel*>("timing.status")->text().contains(folder));
  }

  void readsSpeedUpsWithMouseAndTable() {
    measureSmall();
    TimingPlot& plot = timing().plot();
    plot.follow();
    QTest::mouseMove(&plot, plot.pixelOf(8).toPoint());
    QTRY_VERIFY(plot.findChild<QLabel*>("readout")->isVisible());
    const QString reading = plot.findChild<QLabel*>("readout")->text();
    QVERIFY2(reading.contains("100 steps"), qPrintable(reading));
    QVERIFY2(reading.contains("as LIF sequential") && reading.contains("GB/s"),
             qPrintable(reading));
    auto* baseline = timing().findChild<QComboBox*>("timing.baseline");
    QCOMPARE(baseline->count(), 3);
    baseline->setFocus();
    QTest::keyClick(baseline, Qt::Key_Down);
    timing().table().view().setFocus();
    timing().table().view().selectRow(0);
    const QString text = timing().findChild<QLabel*>("timing.reading")->text();
    QVERIFY2(text.contains("as ParaLIF-T fft"), qPrintable(text));
  }

  void pausesGoesOnAndCancels() {
    timing().form().setPlan(slow());
    QTest::keyClick(&timing().plot(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(timing().controller().latest().trials_done > 0, patienceMs);
    QVERIFY(!timing().form().widget()->isEnabled());
    click("timing.pause");
    QTRY_VERIFY_WITH_TIMEOUT(state() == TimingState::paused, patienceMs);
    const std::size_t before = timing().controller().latest().trials_done;
    QTest::qWait(300);
    QCOMPARE(timing().controller().latest().trials_done, before);
    click("timing.start");
    QTRY_VERIFY_WITH_TIMEOUT(timing().controller().latest().trials_done > before, patienceMs);
    QElapsedTimer clock;
    clock.start();
    click("timing.cancel");
    QTRY_VERIFY_WITH_TIMEOUT(state() == TimingState::cancelled, patienceMs);
    qInfo("cancelled after %lld ms", clock.elapsed());
    QVERIFY(clock.elapsed() <= 500);
    QVERIFY(timing().form().widget()->isEnabled());
    QVERIFY(!results().points[0].trials_ms.empty());
    QVERIFY(!timing().controller().latest().folder.empty());
  }

  void answersWhileItMeasures() {
    timing().form().setPlan(slow());
    click("timing.start");
    QTRY_VERIFY_WITH_TIMEOUT(timing().controller().latest().trials_done > 0, patienceMs);
    QElapsedTimer sinceLast;
    std::vector<double> lateMs;
    QTimer timer;
    timer.setTimerType(Qt::PreciseTimer);
    connect(&timer, &QTimer::timeout, this, [&] {
      lateMs.push_back(std::max(0.0, double(sinceLast.nsecsElapsed()) * 1e-6 - 5.0));
      sinceLast.restart();
    });
    sinceLast.start();
    timer.start(5);
    QTest::qWait(2000);
    timer.stop();
    std::ranges::sort(lateMs);
    QVERIFY(lateMs.size() > 20);
    qInfo("event loop: median %.1f ms, 99 %% within %.1f ms, worst %.1f ms late",
          lateMs[lateMs.size() / 2], lateMs[lateMs.size() * 99 / 100], lateMs.back());
    QVERIFY(lateMs.back() < 250.0);
  }

  void measuresOnePointAgain() {
    measureSmall();
    const auto before = results();
    auto& view = timing().table().view();
    view.setFocus();
    view.selectRow(4);
    const auto chosen = std::size_t(timing().table().chosen());
    QTest::keyClick(&view, Qt::Key_R);
    QTRY_VERIFY_WITH_TIMEOUT(
        state() == TimingState::finished && results().points[chosen].trials_ms.size() == 3 &&
            results().points[chosen].trials_ms != before.points[chosen].trials_ms,
        patienceMs);
    QVERIFY(results().points[chosen == 0 ? 1 : 0].trials_ms ==
            before.points[chosen == 0 ? 1 : 0].trials_ms);
  }

  void exportsOpensAndOverlays() {
    measureSmall();
    for (const char* name : {"f.svg", "f.pdf", "f.png"}) {
      timing().exportFigure(home_->path(name));
      QVERIFY2(QFileInfo(home_->path(name)).size() > 1000, name);
    }
    for (const char* name : {"d.csv", "d.h5"}) {
      timing().exportData(home_->path(name));
      QVERIFY2(QFileInfo(home_->path(name)).size() > 100, name);
    }
    timing().overlay(home_->path("d.h5"));
    QCOMPARE(timing().plot().lines(), 6);
    click("timing.clear");
    QCOMPARE(timing().plot().lines(), 3);
    timing().form().setPlan(slow());
    timing().open(QString::fromStdString(timing().controller().latest().folder));
    QCOMPARE(timing().form().plan().lengths.size(), std::size_t{3});
    QCOMPARE(timing().plot().pointsOf(0), 3);
    QVERIFY(!timing().controller().canRepeat());
  }

  void listsEarlierResults() {
    measureSmall();
    QMenu* menu = timing().findChild<QAction*>("timing.overlay")->menu();
    Q_EMIT menu->aboutToShow();
    QCOMPARE(menu->actions().size(), 3);  // the one, a line, and the way to files
    menu->actions().front()->trigger();
    QCOMPARE(timing().plot().lines(), 6);
  }

  void saysWhatCannotBeWritten() {
    measureSmall();
    timing().exportFigure("/no/such/folder/f.pdf");
    QVERIFY(window_->messages().sentence().contains("/no/such/folder/f.pdf"));
    timing().exportData("/no/such/folder/d.csv");
    QVERIFY(window_->messages().sentence().contains("d.csv"));
    timing().exportData("/dev/full");
    QVERIFY(window_->messages().sentence().contains("/dev/full"));
    timing().overlay("/no/such/file.json");
    QVERIFY(window_->messages().sentence().contains("file.json"));
    timing().setRoot("/dev/full");
    click("timing.start");
    QTRY_VERIFY_WITH_TIMEOUT(state() == TimingState::finished, patienceMs);
    QVERIFY(window_->messages().sentence().contains("/dev/full"));
    QCOMPARE(results().points[0].trials_ms.size(), std::size_t{3});
  }

  void aMissingDeviceIsAMarkedPoint() {
    TimingPlan plan = small();
    plan.devices = {{"cpu", 0}, {"cuda:63", 0}};
    timing().form().setPlan(plan);
    click("timing.start");
    QTRY_VERIFY_WITH_TIMEOUT(state() == TimingState::finished, patienceMs);
    QCOMPARE(timing().plot().failedPoints(), 9);
    QVERIFY(timing().findChild<QLabel*>("timing.warning")->text().contains("9 of 18"));
  }

  void refusesABadForm() {
    auto* lengths = timing().form().findChild<QLineEdit*>("timing.lengths");
    lengths->setFocus();
    lengths->selectAll();
    QTest::keyClicks(lengths, "many");
    QVERIFY(!timing().findChild<QAction*>("timing.start")->isEnabled());
    timing().start();
    QVERIFY(window_->messages().sentence().contains("many"));
    QVERIFY(state() == TimingState::idle);
  }

  void copiesTheCommandLine() {
    timing().form().setPlan(small());
    click("timing.command");
    const QString line = QApplication::clipboard()->text();
    QVERIFY(line.startsWith("paralif timing "));
    QVERIFY(line.contains("--lengths 10,50,100 --trials 3"));
  }

  void axesBetweenLogAndLinear() {
    measureSmall();
    QTest::keyClick(&timing().plot(), Qt::Key_Y, Qt::AltModifier);
    QVERIFY(!timing().plot().logTime());
    QTest::keyClick(&timing().plot(), Qt::Key_X, Qt::AltModifier);
    QVERIFY(!timing().plot().logSteps());
    QCOMPARE(timing().plot().yAxis->scaleType(), QCPAxis::stLinear);
  }
};

QTEST_MAIN(TestTimingFlow)
#include "tst_timing_flow.moc"
