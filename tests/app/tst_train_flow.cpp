// The whole Train flow by mouse and keys: start, watch, pause, step, resume, stop, reset, continue.
#include <QComboBox>
#include <QLabel>
#include <QSpinBox>
#include <QTest>
#include <QToolBar>

#include <algorithm>

#include "app/studio/file_commands.h"
#include "app/studio/main_window.h"
#include "app/studio/message_bar.h"
#include "app/studio/session_controller.h"
#include "app/studio/studio_actions.h"
#include "app/studio/train_workspace.h"
#include "tests/app/isolated.h"
#include "widgets/form/experiment_form.h"
#include "widgets/views/curves_view.h"
#include "widgets/views/decision_map_view.h"
#include "widgets/views/membrane_view.h"
#include "widgets/views/raster_view.h"
#include "tests/records.h"

using namespace paralif;

namespace {

constexpr int patienceMs = 60000;

}  // namespace

class TestTrainFlow : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<testing::IsolatedHome> home_;
  std::unique_ptr<MainWindow> window_;

  SessionState state() { return window_->controller().state(); }
  const Records& records() { return window_->controller().latest().records; }
  std::size_t batches() { return window_->controller().series().batches.size(); }
  std::size_t epochs() { return window_->controller().series().epochs.size(); }
  void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
    QTest::keyClick(window_.get(), key, modifiers);
  }
  void click(QAction* action) {
    QWidget* button = window_->findChild<QToolBar*>("toolbar.main")->widgetForAction(action);
    QVERIFY(button != nullptr);
    QTest::mouseClick(button, Qt::LeftButton);
  }

 private Q_SLOTS:
  void init() {
    home_ = std::make_unique<testing::IsolatedHome>();
    StudioOptions options;
    options.remember = false;
    options.ask = false;
    options.size = {1280, 800};
    window_ = std::make_unique<MainWindow>(options);
    window_->files().take(testing::tinyExperiment(500));
    window_->show();
    window_->activateWindow();
    QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
  }
  void cleanup() {
    window_.reset();
    home_.reset();
  }

  void trainsUnderTheHand() {
    QVERIFY(window_->commands().start->isEnabled());
    QVERIFY(!window_->commands().stop->isEnabled());
    press(Qt::Key_F5);
    QTRY_VERIFY_WITH_TIMEOUT(epochs() >= 1, patienceMs);
    QCOMPARE(state(), SessionState::running);
    QVERIFY(window_->train().curves().plot().batchPoints() > 0);
    QVERIFY(window_->train().curves().plot().epochPoints() >= 1);
    QVERIFY(window_->train().findChild<QLabel*>("accuracyLabel")->text().contains('%'));
    QTRY_VERIFY_WITH_TIMEOUT(testing::spikesIn(records()) != nullptr, patienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(testing::mapIn(records()) != nullptr, patienceMs);
    QVERIFY(window_->train().raster().plot().raster().probe() != nullptr);
    QCOMPARE(window_->train().membranes().plot().strips(), 3);

    click(window_->commands().pause);
    QTRY_COMPARE_WITH_TIMEOUT(state(), SessionState::paused, patienceMs);
    QTest::qWait(100);
    const std::size_t before = batches();
    QTest::qWait(150);
    QCOMPARE(batches(), before);

    press(Qt::Key_F7);
    QTRY_COMPARE_WITH_TIMEOUT(batches(), before + 1, patienceMs);
    QTest::qWait(200);
    QCOMPARE(batches(), before + 1);
    QTRY_COMPARE_WITH_TIMEOUT(state(), SessionState::paused, patienceMs);

    click(window_->commands().start);
    QTRY_VERIFY_WITH_TIMEOUT(batches() > before + 5, patienceMs);
    QCOMPARE(state(), SessionState::running);

    QElapsedTimer clock;
    clock.start();
    press(Qt::Key_F5, Qt::ShiftModifier);
    QVERIFY(state() == SessionState::stopping || state() == SessionState::stopped);
    QTRY_COMPARE_WITH_TIMEOUT(state(), SessionState::stopped, patienceMs);
    qInfo("stopped after %lld ms", clock.elapsed());
    QVERIFY(clock.elapsed() <= 400);
    QVERIFY(window_->commands().start->isEnabled());
    QVERIFY(window_->train().curves().plot().batchPoints() > 0);

    press(Qt::Key_R, Qt::ControlModifier);
    QCOMPARE(state(), SessionState::idle);
    QCOMPARE(batches(), std::size_t{0});
    QCOMPARE(window_->train().curves().plot().batchPoints(), 0);
    QVERIFY(!window_->commands().reset->isEnabled());
  }

  void answersWhileItTrains() {
    press(Qt::Key_F5);
    QTRY_VERIFY_WITH_TIMEOUT(epochs() >= 1, patienceMs);
    // The latency of the event loop: how late a timer of 5 ms comes.
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
    QTest::qWait(3000);
    timer.stop();
    std::ranges::sort(lateMs);
    QVERIFY(lateMs.size() > 20);
    qInfo("event loop: median %.1f ms, 99 %% within %.1f ms, worst %.1f ms late",
          lateMs[lateMs.size() / 2], lateMs[lateMs.size() * 99 / 100], lateMs.back());
    QVERIFY(lateMs.back() < 250.0);
  }

  void stepsFromTheBeginning() {
    press(Qt::Key_F7);
    QTRY_COMPARE_WITH_TIMEOUT(batches(), std::size_t{1}, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(state(), SessionState::paused, patienceMs);
    QCOMPARE(batches(), std::size_t{1});
  }

  void zoomHoldsWhileItTrains() {
    press(Qt::Key_F5);
    QTRY_VERIFY_WITH_TIMEOUT(batches() > 5, patienceMs);
    CurvesPlot& plot = window_->train().curves().plot();
    const QPointF at = plot.axisRect(0)->rect().center();
    QWheelEvent wheel(at, plot.mapToGlobal(at), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&plot, &wheel);
    const QCPRange kept = plot.axisRect(0)->axis(QCPAxis::atBottom)->range();
    const std::size_t before = batches();
    QTRY_VERIFY_WITH_TIMEOUT(batches() > before + 10, patienceMs);
    QCOMPARE(plot.axisRect(0)->axis(QCPAxis::atBottom)->range(), kept);
    plot.setFocus();
    QTest::keyClick(&plot, Qt::Key_F);
    QVERIFY(plot.isFollowing());
  }

  void choosesSampleAndNeurons() {
    press(Qt::Key_F5);
    QTRY_VERIFY_WITH_TIMEOUT(testing::spikesIn(records()) != nullptr, patienceMs);
    auto* box = window_->train().findChild<QSpinBox*>("sampleBox");
    box->setValue(7);
    QTRY_COMPARE_WITH_TIMEOUT(testing::spikesIn(records())->sample, 7, patienceMs);
    window_->train().membranes().picker().setNeurons({{1, 5}});
    QTRY_COMPARE_WITH_TIMEOUT(testing::membranesIn(records())->traces.size(), std::size_t{1},
                              patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(window_->train().membranes().plot().strips(), 1, patienceMs);
  }

  void changedSettingsWaitForReset() {
    press(Qt::Key_F5);
    QTRY_VERIFY_WITH_TIMEOUT(batches() > 0, patienceMs);
    auto* note = window_->train().findChild<QLabel*>("formNote");
    QVERIFY(!note->isVisible());
    auto* epochsBox = window_->train().form().findChild<QWidget*>("training.epochs");
    epochsBox->setFocus();
    QTest::keyClick(epochsBox, Qt::Key_Up);
    QVERIFY(note->isVisible());
    QCOMPARE(window_->controller().experiment()->training.epochs, 500);
    press(Qt::Key_R, Qt::ControlModifier);
    QVERIFY(!note->isVisible());
    press(Qt::Key_F5);
    QCOMPARE(window_->controller().experiment()->training.epochs, 510);
  }

  void refusesBadSettingsAtTheField() {
    auto* box = window_->train().form().findChild<QWidget*>("training.batch_size");
    box->setFocus();
    QTest::keyClick(box, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(box, "0");
    window_->setFocus();
    press(Qt::Key_F5);
    QCOMPARE(state(), SessionState::idle);
    QVERIFY(window_->messages().sentence().contains("Batch size"));
    QVERIFY(box->hasFocus());
  }

  void finishesByItself() {
    window_->files().take(testing::tinyExperiment(2));
    press(Qt::Key_F5);
    QTRY_COMPARE_WITH_TIMEOUT(state(), SessionState::finished, patienceMs);
    QCOMPARE(epochs(), std::size_t{2});
    QVERIFY(window_->commands().start->isEnabled());
    QVERIFY(!window_->commands().stop->isEnabled());
  }
};

QTEST_MAIN(TestTrainFlow)
#include "tst_train_flow.moc"
