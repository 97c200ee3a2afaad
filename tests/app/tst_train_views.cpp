// Train's views belong to one run, one sample and one epoch: live, ended, recorded, of other data.
#include <QDockWidget>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>
#include <QToolBar>
#include <QToolButton>

#include <algorithm>
#include <filesystem>

#include "app/studio/file_commands.h"
#include "app/studio/main_window.h"
#include "app/studio/session_controller.h"
#include "app/studio/studio_actions.h"
#include "app/studio/train_form_note.h"
#include "app/studio/train_workspace.h"
#include "app/studio/workspace_bar.h"
#include "core/experiments/experiment_file.h"
#include "core/runs/run_files.h"
#include "tests/app/isolated.h"
#include "widgets/form/experiment_form.h"
#include "widgets/form/field_row.h"
#include "widgets/views/curves_view.h"
#include "widgets/views/decision_map_view.h"
#include "widgets/views/membrane_view.h"
#include "widgets/views/raster_view.h"
#include "tests/records.h"

using namespace paralif;

namespace {

constexpr int patienceMs = 60000;

}  // namespace

class TestTrainViews : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<testing::IsolatedHome> home_;
  std::unique_ptr<MainWindow> window_;

  TrainWorkspace& train() { return window_->train(); }
  const Snapshot& latest() { return window_->controller().latest(); }
  std::shared_ptr<const SampleProbe> spikes() { return testing::spikesIn(latest().records); }
  SessionState state() { return window_->controller().state(); }
  QDockWidget* mapDock() { return train().findChild<QDockWidget*>("dock.map"); }
  QSpinBox* sampleBox() { return train().findChild<QSpinBox*>("sampleBox"); }
  void press(Qt::Key key) { QTest::keyClick(window_.get(), key); }

  std::string trainToTheEnd(std::int64_t epochs) {
    window_->files().take(testing::tinyExperiment(epochs));
    press(Qt::Key_F5);
    [this] { QTRY_COMPARE_WITH_TIMEOUT(state(), SessionState::finished, patienceMs); }();
    return latest().run_folder;
  }
  /// What is on screen is of this sample, and of no other.
  void verifyShows(qint64 sample) {
    QTRY_VERIFY_WITH_TIMEOUT(spikes() && spikes()->sample == sample, patienceMs);
    const auto points = yin_yang_points(yin_yang_test.size, yin_yang_test.seed);
    const auto label = qint64(points[static_cast<std::size_t>(sample)].label);
    const QString name = QStringList{"yang", "yin", "dot"}[label];
    QCOMPARE(spikes()->label, label);
    QCOMPARE(train().raster().plot().raster().probe()->sample, sample);
    QVERIFY2(train().raster().verdict().startsWith(name + ","),
             qPrintable(train().raster().verdict()));
    for (const char* dock : {"dock.raster", "dock.membranes"}) {
      const QString caption = train().captionOf(dock);
      QVERIFY2(caption.contains(QString("sample %1 ·").arg(sample)), qPrintable(caption));
      QVERIFY2(caption.contains("Tiny"), qPrintable(caption));
    }
  }
  void verifyTraces() {
    QTest::keyClick(train().findChild<QWidget*>("traceNeuron"), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(train().findChild<QWidget*>("traceNeuron"), "9");
    const int before = train().membranes().plot().strips();
    QTest::mouseClick(train().findChild<QToolButton*>("traceAdd"), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(train().membranes().plot().strips(), before + 1, patienceMs);
    QCOMPARE(testing::membranesIn(latest().records)->traces.back().neuron, 9);
  }
  static Experiment ofImages() {
    Experiment experiment = testing::tinyExperiment(3);
    experiment.title = "Digits";
    experiment.dataset.name = "nmnist";
    experiment.dataset.data_dir = "/nowhere/at/all";
    return experiment;
  }
  /// A recorded run whose data is not there.
  std::filesystem::path runOfImages() {
    const std::filesystem::path folder = home_->path("digits").toStdString();
    std::filesystem::create_directories(folder);
    save_experiment(ofImages(), folder / run_files::experiment);
    run_files::write_head(folder, {RunStatus::finished, 1767261600, 1, {}, {}, 0.5, 3.0, {}});
    run_files::Metrics metrics;
    metrics.batches.push_back({1, 1, 1, 0.7, 0.5});
    EpochMetrics epoch;
    epoch.epoch = 1;
    epoch.step = 1;
    metrics.epochs.push_back(epoch);
    run_files::write_metrics(folder, metrics);
    Records records;
    testing::put(records, ConfusionMatrix{10, 1, std::vector<std::int64_t>(100, 2)});
    SampleProbe probe;
    probe.sample = 3;
    probe.label = 4;
    probe.predicted = 4;
    probe.steps = 5;
    probe.epoch = 1;
    probe.layers = {{"Input", 16, {{1, 2}}, 0.1}};
    testing::put(records, probe);
    run_files::write_epoch(folder, 1, records);
    return folder;
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

  void aSampleChosenAfterTheEndIsRun() {
    trainToTheEnd(1);
    for (const int sample : {7, 3, 512}) {
      sampleBox()->setValue(sample);
      verifyShows(sample);
    }
    verifyTraces();
    QVERIFY(train().captionOf("dock.raster").contains("epoch 1"));
    QVERIFY(train().captionOf("dock.confusion").contains("epoch 1"));
    QVERIFY(train().captionOf("dock.weights").contains("epoch 1"));
  }

  void aRecordedRunIsRunOnTheSampleChosen() {
    const std::string folder = trainToTheEnd(2);
    window_->controller().reset();
    window_->files().openPath(QString::fromStdString(folder));
    QTRY_VERIFY(!window_->controller().isReading());
    QCOMPARE(state(), SessionState::finished);
    for (const int sample : {11, 2}) {
      sampleBox()->setValue(sample);
      verifyShows(sample);
    }
    verifyTraces();
    QVERIFY(train().captionOf("dock.raster").contains("recorded"));
    QVERIFY(train().captionOf("dock.raster").contains("epoch 2"));
    QTRY_VERIFY_WITH_TIMEOUT(latest().records.contains("weights"), patienceMs);
  }

  void withoutWeightsItSaysSoAndShowsWhatWasRecorded() {
    const std::filesystem::path folder = trainToTheEnd(1);
    window_->controller().reset();
    std::filesystem::remove(folder / run_files::checkpoint);
    std::filesystem::remove(folder / run_files::best_checkpoint);
    window_->files().openPath(QString::fromStdString(folder.string()));
    QTRY_VERIFY(!window_->controller().isReading());
    sampleBox()->setValue(9);
    QTRY_VERIFY_WITH_TIMEOUT(train().raster().verdict().contains("cannot be run"), patienceMs);
    QCOMPARE(train().raster().plot().raster().probe()->sample, 0);
    QVERIFY(train().captionOf("dock.raster").contains("sample 0 ·"));
    QVERIFY(!train().membranes().picker().isEnabled());
  }

  void aRunOfOtherDataBringsItsOwnViews() {
    QVERIFY(mapDock()->isVisible());
    const std::filesystem::path folder = runOfImages();
    window_->files().openPath(QString::fromStdString(folder.string()));
    QTRY_VERIFY(!window_->controller().isReading());
    QVERIFY(!mapDock()->isVisible());
    QVERIFY(!mapDock()->toggleViewAction()->isVisible());
    QVERIFY2(train().raster().verdict().isEmpty() ||
                 train().raster().verdict().contains("sample 3"),
             qPrintable(train().raster().verdict()));
    QVERIFY(train().captionOf("dock.raster").contains("Digits"));
    QVERIFY(train().captionOf("dock.raster").contains("epoch 1 · sample 3"));
    // The form took its settings; changed ones say that they are not the run's.
    auto* note = train().findChild<TrainFormNote*>();
    QCOMPARE(train().form().experiment().dataset.name, std::string("nmnist"));
    QVERIFY2(note->text().isEmpty(), qPrintable(note->text()));
    Experiment other = train().form().experiment();
    other.dataset.name = "yinyang";
    train().form().setExperiment(other);
    QVERIFY2(note->text().contains("not the settings of the run shown"), qPrintable(note->text()));
    QTest::mouseClick(train().findChild<QPushButton*>("takeSettings"), Qt::LeftButton);
    QCOMPARE(train().form().experiment().dataset.name, std::string("nmnist"));
    QVERIFY(note->text().isEmpty());
    train().form().undoStack()->undo();
    QCOMPARE(train().form().experiment().dataset.name, std::string("yinyang"));
    QVERIFY(!note->text().isEmpty());
    window_->controller().reset();
    QVERIFY(mapDock()->isVisible());
    QVERIFY(mapDock()->toggleViewAction()->isVisible());
  }

  void hidingWhatDoesNotApplyKeepsTheLayout() {
    window_->files().take(ofImages());
    QVERIFY(!mapDock()->isVisible());
    const QByteArray kept = train().saveState();
    QVERIFY(!mapDock()->isVisible());
    window_->files().take(testing::tinyExperiment(1));
    mapDock()->hide();
    train().takeUpLayout(kept);  // as at the next start: the dock was open
    QVERIFY(mapDock()->isVisible());
    window_->files().take(ofImages());
    train().takeUpLayout(kept);
    QVERIFY(!mapDock()->isVisible());
    train().resetLayout();
    QVERIFY(!mapDock()->isVisible());
    mapDock()->show();  // as by a command that shows all docks
    QTRY_VERIFY(!mapDock()->isVisible());
    window_->files().take(testing::tinyExperiment(1));
    QVERIFY(mapDock()->isVisible());
    // A dock that the user closed stays closed.
    mapDock()->hide();
    window_->files().take(ofImages());
    window_->files().take(testing::tinyExperiment(1));
    QVERIFY(!mapDock()->isVisible());
  }

  void continuingARunOfOtherSettingsIsSaid() {
    window_->files().take(testing::tinyExperiment(500));
    press(Qt::Key_F5);
    QTRY_VERIFY_WITH_TIMEOUT(window_->controller().series().batches.size() > 2, patienceMs);
    window_->controller().stop();
    QTRY_COMPARE_WITH_TIMEOUT(state(), SessionState::stopped, patienceMs);
    const std::string folder = latest().run_folder;
    window_->controller().reset();
    Experiment other = testing::tinyExperiment(500);
    other.network.hidden = {33};
    window_->files().take(other);
    window_->controller().resume(folder);
    QVERIFY(!train().findChild<TrainFormNote*>()->text().isEmpty());
    QVERIFY(train().form().row("network.hidden")->note().contains("16"));
    QTest::mouseClick(train().findChild<QPushButton*>("takeSettings"), Qt::LeftButton);
    QVERIFY(train().form().row("network.hidden")->note().isEmpty());
    QVERIFY(train().findChild<TrainFormNote*>()->text().isEmpty());
  }

  void theLearningRateChangesUnderTheHand() {
    press(Qt::Key_F7);
    QTRY_COMPARE_WITH_TIMEOUT(state(), SessionState::paused, patienceMs);
    const Field* rate = find_field("training.learning_rate");
    train().form().applyField(*rate, ParameterValue(0.0075));
    auto* note = train().findChild<TrainFormNote*>();
    QVERIFY2(note->text().contains("not yet in the training"), qPrintable(note->text()));
    auto* apply = train().findChild<QPushButton*>("applyChange");
    QVERIFY(apply->isVisible());
    QTest::mouseClick(apply, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(train().curves().plot().marks(), 1, patienceMs);
    QVERIFY(note->text().isEmpty());
    QCOMPARE(window_->controller().experiment()->training.learning_rate, 0.0075);
    // What cannot change says so at its field, and is not applied.
    train().form().applyField(*find_field("seed"), ParameterValue(std::int64_t{5}));
    QVERIFY2(train().form().row("seed")->note().contains("start a new run"),
             qPrintable(train().form().row("seed")->note()));
    QVERIFY(!apply->isVisible());
    // It is in the run's folder, for whoever opens it.
    const std::string folder = latest().run_folder;
    window_->controller().stop();
    QTRY_COMPARE_WITH_TIMEOUT(state(), SessionState::stopped, patienceMs);
    window_->controller().reset();
    QCOMPARE(train().curves().plot().marks(), 0);
    window_->files().openPath(QString::fromStdString(folder));
    QTRY_VERIFY(!window_->controller().isReading());
    QCOMPARE(train().curves().plot().marks(), 1);
  }

  void nothingJumpsInTheToolBar() {
    auto* training = window_->findChild<QToolBar*>("toolbar.main");
    auto* document = window_->findChild<QToolBar*>("toolbar.document");
    QWidget* start = training->widgetForAction(window_->commands().start);
    QWidget* pause = training->widgetForAction(window_->commands().pause);
    const QRect startPlace = start->geometry();
    const QRect pausePlace = pause->geometry();
    press(Qt::Key_F7);
    QTRY_COMPARE_WITH_TIMEOUT(state(), SessionState::paused, patienceMs);
    QCOMPARE(window_->commands().start->text(), QString("&Resume"));
    QTest::qWait(50);
    QCOMPARE(start->geometry(), startPlace);
    QCOMPARE(pause->geometry(), pausePlace);
    // Another workspace has its own commands: no second Pause, and the rest keeps its place.
    const QRect documentPlace = document->geometry();
    const QRect barPlace = window_->workspaces().geometry();
    window_->workspaces().show(2);
    QTest::qWait(50);
    QVERIFY(!training->isVisible());
    QCOMPARE(document->geometry().topLeft(), documentPlace.topLeft());
    QCOMPARE(window_->workspaces().geometry(), barPlace);
    window_->workspaces().show(0);
    QVERIFY(training->isVisible());
  }
};

QTEST_MAIN(TestTrainViews)
#include "tst_train_views.moc"
