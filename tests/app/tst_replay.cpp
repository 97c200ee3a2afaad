// Recorded epochs of a run in the Train workspace: moved through, played, and left again.
#include <QBuffer>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QSignalSpy>
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
#include "datasets/error.h"
#include "tests/app/isolated.h"
#include "widgets/plots/animated_png.h"
#include "widgets/views/player_bar.h"
#include "widgets/views/raster_view.h"
#include "tests/finished_run.h"
#include "tests/records.h"
#include "widgets/records/weights_view.h"

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
  WeightsPlot::Spread weights() { return part<WeightsView>()->plot().spreads().at(0); }

  /// Five epochs, of which 1, 3 and 5 were recorded; the spike of epoch n is at step n.
  void makeRun() {
    run_ = home_->path("runs/five").toStdString();
    testing::saveFinishedRun(run_, testing::tinyExperiment(5));
    testing::saveMetrics(run_, 5);
    for (const std::int64_t epoch : {1, 3, 5}) {
      Records records;
      SampleProbe probe;
      probe.steps = 20;
      probe.time_step_s = 1e-3;
      probe.epoch = epoch;
      LayerActivity layer;
      layer.id = "hidden 1";
      layer.neurons = 16;
      layer.spikes = {{static_cast<std::int32_t>(epoch), 2}};
      probe.layers = {layer};
      MembraneTrace trace;
      trace.layer = 1;
      trace.membrane.assign(20, 0.5F);
      probe.readout = {trace, trace, trace};
      testing::put(records, probe);
      testing::put(records, ConfusionMatrix{3, epoch, {1, 0, 0, 0, 1, 0, 0, 0, 1}});
      Record weights;
      weights.epoch = epoch;
      weights.labels = {"1"};
      weights.arrays = {{"0.counts", {2}, {1.0F, float(epoch)}}, {"0.range", {2}, {-1.0F, 1.0F}}};
      records["weights"] = std::make_shared<const Record>(weights);
      run_files::write_epoch(run_, epoch, records);
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
    QVERIFY2(caption("dock.weights").startsWith("epoch 1"), qPrintable(caption("dock.weights")));
    QCOMPARE(weights().counts, (std::vector<float>{1.0F, 1.0F}));
    slider().setFocus();
    QTest::keyClick(&slider(), Qt::Key_Right);
    QTRY_COMPARE(window_->controller().replayedEpoch(), std::int64_t{3});
    QVERIFY(caption("dock.raster").startsWith("epoch 3"));
    QCOMPARE(weights().counts, (std::vector<float>{1.0F, 3.0F}));
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

  /// Three recorded epochs: three pictures of the raster that differ, in one file or one each.
  void exportsPictures() {
    open();
    part<QComboBox>("replaySpeed")->setCurrentIndex(0);
    auto* bar = part<ReplayBar>();
    QSignalSpy done(bar, &ReplayBar::exported);
    QWidget* view = &window_->train().raster();
    const QString file = home_->path("epochs.png");
    bar->exportPictures(view, file, false);
    QTRY_COMPARE(done.size(), 1);
    QCOMPARE(window_->controller().replayedEpoch(), std::int64_t{0});
    QVERIFY(place().contains("as it was left"));
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    const QByteArray bytes = written.readAll();
    QCOMPARE(bytes.count("fcTL"), 3);
    QCOMPARE(bytes.count("fdAT"), 2);
    QCOMPARE(QImage(file).size(), view->grab().size());  // any reader shows the first

    const QString folder = home_->path("pictures");
    bar->exportPictures(view, folder, true);
    QTRY_COMPARE(done.size(), 2);
    const QImage one(folder + "/epoch-0001.png");
    const QImage three(folder + "/epoch-0003.png");
    QVERIFY(!one.isNull() && !three.isNull() && one != three);
    QCOMPARE(QDir(folder).entryList(QDir::Files).size(), 3);

    // Who looks elsewhere ends it, and nothing is left behind.
    const QString given = home_->path("given_up.png");
    bar->exportPictures(view, given, false);
    slider().setValue(1);
    QTRY_COMPARE(window_->controller().replayedEpoch(), std::int64_t{0});
    QTest::qWait(100);
    QCOMPARE(done.size(), 2);
    QVERIFY(!QFile::exists(given));

    QSignalSpy failed(bar, &ReplayBar::failed);
    bar->exportPictures(view, home_->path("no/such/folder/epochs.png"), false);
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(failed[0][0].toString().contains("epochs.png"));
    slider().setValue(0);
    QTRY_COMPARE(window_->controller().replayedEpoch(), std::int64_t{1});
  }

  void framesOfOneFormAreAnimated() {
    const auto png = [](const QImage& image) {
      QByteArray bytes;
      QBuffer buffer(&bytes);
      buffer.open(QIODevice::WriteOnly);
      image.save(&buffer, "PNG");
      return bytes;
    };
    QImage red(8, 6, QImage::Format_RGB32);
    red.fill(Qt::red);
    QImage blue = red;
    blue.fill(Qt::blue);
    const QByteArray file = animatedPng({png(red), png(blue)}, 200);
    QCOMPARE(QImage::fromData(file).convertToFormat(QImage::Format_RGB32), red);
    QVERIFY(file.indexOf("acTL") < file.indexOf("IDAT"));
    QVERIFY(file.endsWith(QByteArray::fromHex("0000000049454e44ae426082")));
    QVERIFY_EXCEPTION_THROWN(animatedPng({}, 200), Error);
    QVERIFY_EXCEPTION_THROWN(animatedPng({"no picture"}, 200), Error);
    QVERIFY_EXCEPTION_THROWN(animatedPng({png(red), png(blue.scaled(4, 4))}, 200), Error);
    QVERIFY_EXCEPTION_THROWN(animatedPng({png(red).left(40)}, 200), Error);
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
    QTRY_COMPARE(window_->controller().recordedEpochs().back(), std::int64_t{5});
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
