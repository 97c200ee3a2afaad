// Recorded epochs of a run in the Train workspace: moved through, played, and left again.
#include <QComboBox>
#include <QLabel>
#include <QSlider>
#include <QTest>
#include <QToolButton>
#include <filesystem>
#include <fstream>

#include "app/studio/file_commands.h"
#include "app/studio/main_window.h"
#include "app/studio/message_bar.h"
#include "app/studio/replay_bar.h"
#include "app/studio/session_controller.h"
#include "app/studio/train_workspace.h"
#include "core/experiments/experiment_file.h"
#include "core/runs/new_run.h"
#include "core/runs/run_files.h"
#include "tests/app/isolated.h"
#include "widgets/views/player_bar.h"
#include "widgets/views/raster_view.h"
#include "tests/finished_run.h"

using namespace paralif;
namespace fs = std::filesystem;

class TestReplay : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<testing::IsolatedHome> home_;
  std::unique_ptr<MainWindow> window_;
  fs::path run_;

  template <typename T>
  T* part(const char* name = nullptr) {
    return window_->train().findChild<T*>(name);
  }
  QSlider& slider() { return *part<ReplayBar>()->findChild<QSlider*>(); }
  QString place() {
    QStringList all;
    for (const QLabel* label : part<PlayerBar>("replayPlayer")->findChildren<QLabel*>()) all << label->text();
    return all.join(' ');
  }
  QString caption(const char* dock) { return window_->train().captionOf(dock); }

  /// Five epochs, of which 1, 3 and 5 were recorded; the spike of epoch n is at step n.
  void makeRun() {
    run_ = home_->path("runs/five").toStdString();
    testing::saveFinishedRun(run_, testing::tinyExperiment(5));
    testing::saveMetrics(run_, 5);
    for (const std::int64_t epoch : {1, 3, 5}) {
      run_files::EpochRecord record;
      SampleProbe probe;
      probe.steps = 20;
      probe.time_step_s = 1e-3;
      probe.epoch = epoch;
      LayerActivity layer;
      layer.name = "hidden 1";
      layer.neurons = 16;
      layer.spikes = {{static_cast<std::int32_t>(epoch), 2}};
      probe.layers = {layer};
      MembraneTrace trace;
      trace.layer = 1;
      trace.name = "class 0";
      trace.membrane.assign(20, 0.5F);
      probe.readout = {trace, trace, trace};
      record.probe = probe;
      record.confusion = ConfusionMatrix{3, epoch, {1, 0, 0, 0, 1, 0, 0, 0, 1}};
      run_files::write_epoch(run_, epoch, record);
    }
  }
  void open() {
    window_->files().openPath(QString::fromStdString(run_.string()));
    QTRY_COMPARE(window_->controller().recordedEpochs().size(), std::size_t{3});
    QTRY_VERIFY(part<ReplayBar>()->isVisible());
  }

 private Q_SLOTS:
  void init() {
    home_ = std::make_unique<testing::IsolatedHome>();
    makeRun();
    StudioOptions options;
    options.ask = false;
    options.remember = false;
    window_ = std::make_unique<MainWindow>(options);
    window_->show();
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
  }
  void cleanup() {
    window_.reset();
    home_.reset();
  }

  void hiddenWithoutARun() { QVERIFY(!part<ReplayBar>()->isVisible()); }

  void movesThroughTheEpochs() {
    open();
    QCOMPARE(slider().value(), 2);
    QVERIFY(place().contains("as it was left"));
    slider().setValue(0);
    QTRY_COMPARE(window_->controller().replayedEpoch(), std::int64_t{1});
    QVERIFY2(place().contains("epoch 1 of 5"), qPrintable(place()));
    QVERIFY2(caption("dock.raster").startsWith("epoch 1"), qPrintable(caption("dock.raster")));
    QVERIFY2(caption("dock.confusion").startsWith("epoch 1"), qPrintable(caption("dock.confusion")));
    const auto probe = window_->train().raster().plot().raster().probe();
    QCOMPARE(probe->layers[0].spikes[0].step, std::int32_t{1});
    slider().setFocus();
    QTest::keyClick(&slider(), Qt::Key_Right);
    QTRY_COMPARE(window_->controller().replayedEpoch(), std::int64_t{3});
    QVERIFY(caption("dock.raster").startsWith("epoch 3"));
    QTest::keyClick(&slider(), Qt::Key_Right);
    QTRY_COMPARE(window_->controller().replayedEpoch(), std::int64_t{0});
    QVERIFY(caption("dock.raster").startsWith("epoch 5"));
    QCOMPARE(window_->controller().series().epochs.size(), std::size_t{5});
  }

  void manyWishesEndAtTheNewest() {
    open();
    for (int i = 0; i < 50; ++i) slider().setValue(i % 2);
    slider().setValue(1);
    QTRY_COMPARE(window_->controller().replayedEpoch(), std::int64_t{3});
    QTest::qWait(100);
    QCOMPARE(window_->controller().replayedEpoch(), std::int64_t{3});
  }

  void plays() {
    open();
    auto* speed = part<QComboBox>("replaySpeed");
    speed->setCurrentIndex(speed->count() - 1);
    part<PlayerBar>("replayPlayer")->toggle();
    QTRY_COMPARE(window_->controller().replayedEpoch(), std::int64_t{1});
    QTRY_COMPARE(window_->controller().replayedEpoch(), std::int64_t{3});
    QTRY_COMPARE(window_->controller().replayedEpoch(), std::int64_t{0});
  }

  void anotherSampleEndsIt() {
    open();
    slider().setValue(0);
    QTRY_COMPARE(window_->controller().replayedEpoch(), std::int64_t{1});
    window_->train().raster().setSample(4);
    QTRY_COMPARE(window_->controller().replayedEpoch(), std::int64_t{0});
    QCOMPARE(slider().value(), 2);
  }

  void aDamagedEpochIsToldAndTheRestStays() {
    std::ofstream(run_files::epoch_file(run_, 3)) << "no HDF5";
    open();
    slider().setValue(1);
    auto* messages = window_->findChild<MessageBar*>();
    QTRY_VERIFY2(messages->sentence().contains("0003.h5"), qPrintable(messages->sentence()));
    slider().setValue(0);
    QTRY_COMPARE(window_->controller().replayedEpoch(), std::int64_t{1});
  }

  void aTrainingThatHasEndedCanBeReplayedAndANewOneHidesIt() {
    window_->files().take(testing::tinyExperiment(3));
    window_->startTraining();
    QTRY_COMPARE_WITH_TIMEOUT(window_->controller().state(), SessionState::finished, 60000);
    QTRY_VERIFY(!window_->controller().recordedEpochs().empty());
    QCOMPARE(window_->controller().recordedEpochs().back(), std::int64_t{3});
    open();
    slider().setValue(0);
    QTRY_COMPARE(window_->controller().replayedEpoch(), std::int64_t{1});
    window_->startTraining();
    QTRY_VERIFY(!part<ReplayBar>()->isVisible());
    QCOMPARE(window_->controller().replayedEpoch(), std::int64_t{0});
    QTRY_COMPARE_WITH_TIMEOUT(window_->controller().state(), SessionState::finished, 60000);
  }
};

QTEST_MAIN(TestReplay)
#include "tst_replay.moc"
