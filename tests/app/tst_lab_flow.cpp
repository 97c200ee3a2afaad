// The lecture, by mouse and keys: tonic spiking, more current, the board, a rebound, the figure.
#include <QComboBox>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSlider>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QUndoStack>

#include <algorithm>
#include <set>

#include "app/studio/lab_analysis.h"
#include "app/studio/lab_controller.h"
#include "app/studio/lab_workspace.h"
#include "app/studio/main_window.h"
#include "app/studio/message_bar.h"
#include "app/studio/studio_actions.h"
#include "app/studio/workspace_bar.h"
#include "datasets/atomic_file.h"
#include "tests/app/isolated.h"
#include "widgets/lab/curve_plot.h"
#include "widgets/lab/feature_board.h"
#include "widgets/lab/lab_plot.h"
#include "widgets/lab/neuron_editor.h"
#include "widgets/lab/parameter_slider.h"
#include "widgets/lab/search_map.h"
#include "widgets/lab/search_view.h"
#include "widgets/lab/spike_rows.h"
#include "widgets/lab/trials_plot.h"

using namespace paralif;

namespace {

constexpr int patienceMs = 30000;

}  // namespace

class TestLabFlow : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<testing::IsolatedHome> home_;
  std::unique_ptr<MainWindow> window_;

  LabWorkspace& lab() { return window_->lab(); }
  const lab::LabTrace& trace(std::size_t neuron = 0) {
    return *lab().controller().shown()[neuron].trace;
  }
  /// Drags a slider's handle by some pixels, in steps.
  static void dragSlider(QSlider& slider, int pixels) {
    QStyleOptionSlider option;
    option.initFrom(&slider);
    option.orientation = slider.orientation();
    option.minimum = slider.minimum();
    option.maximum = slider.maximum();
    option.sliderPosition = slider.sliderPosition();
    option.sliderValue = slider.value();
    option.upsideDown = false;
    const QPoint from =
        slider.style()
            ->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, &slider)
            .center();
    QTest::mousePress(&slider, Qt::LeftButton, {}, from);
    for (int i = 1; i <= 10; ++i) {
      QTest::mouseMove(&slider, from + QPoint(pixels * i / 10, 0));
      QCoreApplication::processEvents();
    }
    QTest::mouseRelease(&slider, Qt::LeftButton, {}, from + QPoint(pixels, 0));
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
    QTest::keyClick(window_.get(), Qt::Key_2, Qt::ControlModifier);
    QTRY_VERIFY(lab().isVisible());
  }
  void cleanup() {
    window_.reset();
    home_.reset();
  }

  void fitsASmallScreen() {
    for (int page = 0; page < lab().pages().count(); ++page) {
      lab().pages().setCurrentIndex(page);
      QCoreApplication::processEvents();
      QVERIFY2(window_->minimumSizeHint().width() <= 1280,
               qPrintable(QString::number(window_->minimumSizeHint().width())));
      QCOMPARE(window_->size(), QSize(1280, 800));
    }
  }

  void playsTheLecture() {
    // Tonic spiking: the published LIF.
    lab().openPublished(0);
    QVERIFY(trace().spikes ==
            std::vector<std::int32_t>({17, 25, 33, 41, 49, 57, 65, 73, 81, 89, 97}));
    QVERIFY(lab().plot().spikes().rows()[0].steps == trace().spikes);

    // More current by the gain's slider: the rate rises.
    const std::size_t before = trace().spikes.size();
    ParameterSlider* gain = lab().editor(0)->slider("gain");
    dragSlider(gain->slider(), 12);
    QVERIFY(gain->value() > 2.0);
    QCOMPARE(lab().controller().scene().neurons[0].gain, gain->value());
    QVERIFY(trace().spikes.size() > before);
    QTRY_VERIFY(lab().plot().spikes().rows()[0].steps == trace().spikes);

    // More current by dragging the stimulus itself.
    const std::size_t higher = trace().spikes.size();
    const std::int32_t first = trace().spikes.front();
    lab().plot().replot();
    const QPoint handle = lab().plot().handlePosition(0).toPoint();
    QTest::mousePress(&lab().plot(), Qt::LeftButton, {}, handle);
    QTest::mouseMove(&lab().plot(), handle - QPoint(0, 8));
    QTest::mouseMove(&lab().plot(), handle - QPoint(0, 16));
    QTest::mouseRelease(&lab().plot(), Qt::LeftButton, {}, handle - QPoint(0, 16));
    QVERIFY(lab().controller().scene().stimulus.segments[0].from > 1.0);
    QVERIFY(trace().spikes.size() >= higher);
    QVERIFY(trace().spikes.front() <= first);

    // Undo brings the published neuron back.
    QCOMPARE(lab().undoStack()->count(), 3);
    QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier);
    QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(trace().spikes.size(), before);
    window_->commands().redo->trigger();
    QVERIFY(trace().spikes.size() > before);

    // The board: what ParaLIF-D shows.
    lab().showPage(LabWorkspace::boardPage);
    lab().board().modelBox().setCurrentText("ParaLIF-D");
    FeatureTile& rebound = lab().board().tile(lab::Feature::rebound_spike);
    QTRY_VERIFY_WITH_TIMEOUT(rebound.answer().known, patienceMs);
    QCOMPARE(rebound.answer().answer, lab::Answer::found);
    FeatureTile& rings = lab().board().tile(lab::Feature::oscillations);
    QTRY_VERIFY_WITH_TIMEOUT(rings.answer().known, patienceMs);
    QCOMPARE(rings.answer().answer, lab::Answer::impossible);
    QVERIFY(!rings.answer().sentence.isEmpty());

    // Its rebound spike, opened in the lab: after inhibition, once.
    QTest::mouseClick(&rebound, Qt::LeftButton);
    QCOMPARE(lab().pages().currentIndex(), int(LabWorkspace::tracesPage));
    QCOMPARE(lab::name_of(lab().controller().scene().neurons[0]), std::string("ParaLIF-D"));
    QCOMPARE(trace().spikes.size(), std::size_t{1});
    const double release = lab().controller().scene().stimulus.segments[0].end_s;
    QVERIFY(trace().spikes[0] * 1e-3 >= release - 1e-9);

    // The figure.
    for (const char* suffix : {"svg", "pdf", "png"}) {
      const QString path = home_->path(QString("figure.%1").arg(suffix));
      lab().exportFigure(path);
      QVERIFY(QFileInfo(path).size() > 2000);
    }
    QVERIFY(!window_->hasFailed());
    QVERIFY(window_->messages().sentence().contains("figure.png"));
    lab().exportFigure("/no/such/folder/figure.svg");
    QVERIFY(window_->messages().isVisible());
  }

  void boardAnswersForEveryModel() {
    const std::map<QString, int> least{
        {"LIF", 4}, {"ParaLIF-T", 3}, {"ParaLIF-D", 7}, {"Izhikevich", 20}};
    lab().showPage(LabWorkspace::boardPage);
    for (const auto& [model, count] : least) {
      lab().board().modelBox().setCurrentText(model);
      int found = 0;
      for (const lab::FeatureText& text : lab::feature_texts()) {
        FeatureTile& tile = lab().board().tile(text.feature);
        QTRY_VERIFY_WITH_TIMEOUT(tile.answer().known, patienceMs);
        QCOMPARE(tile.answer().model, model);
        found += tile.answer().answer == lab::Answer::found ? 1 : 0;
      }
      QVERIFY2(found >= count, qPrintable(QString("%1: %2").arg(model).arg(found)));
    }
  }

  void asksForAReset() {
    lab().openPublished(1);  // ParaLIF-T, tonic
    QVERIFY(lab().controller().shown()[0].twin == nullptr);
    QVERIFY(lab().resetAction->text().contains("a &reset"));
    lab().resetAction->trigger();
    const auto twin = lab().controller().shown()[0].twin;
    QVERIFY(twin != nullptr);
    QVERIFY(twin->spikes ==
            std::vector<std::int32_t>({17, 25, 33, 41, 49, 57, 65, 73, 81, 89, 97}));
    QVERIFY(lab().plot().legendTexts().value(1).contains("with a reset: 11"));
    lab().resetAction->trigger();
    QVERIFY(lab().controller().shown()[0].twin == nullptr);
    lab().openPublished(0);  // LIF
    QVERIFY(lab().resetAction->text().contains("no &reset"));
    lab().resetAction->trigger();
    QVERIFY(lab().plot().legendTexts().value(1).contains("without a reset"));
    lab().resetAction->trigger();
    lab().openFeature("Izhikevich", lab::Feature::tonic_spiking);
    QVERIFY(!lab().resetAction->isEnabled());
  }

  void comparesWithAPin() {
    lab().openPublished(0);
    lab().pinAction->trigger();
    const auto pinned = lab().controller().shown()[0].pinned;
    QVERIFY(pinned != nullptr);
    lab().editor(0)->slider("gain")->slider().setValue(900);
    QVERIFY(lab().controller().shown()[0].pinned == pinned);
    QVERIFY(lab().controller().shown()[0].trace != pinned);
  }

  void holdsUpToEightNeurons() {
    while (lab().addAction_->isEnabled()) lab().addAction_->trigger();
    QCOMPARE(lab().controller().scene().neurons.size(), lab::most_neurons);
    QCOMPARE(lab().plot().spikes().rows().size(), lab::most_neurons);
    while (lab().removeAction->isEnabled()) lab().removeAction->trigger();
    QCOMPARE(lab().controller().scene().neurons.size(), std::size_t{1});
  }

  void playsSlowly() {
    lab().playAction->trigger();
    QTest::qWait(120);
    QVERIFY(lab().playAction->isChecked());
    QTest::keyClick(window_.get(), Qt::Key_1, Qt::ControlModifier);
    QVERIFY(!lab().playAction->isChecked());
  }

  void analysesTheNeurons() {
    lab().openPublished(0);
    // Simulated in whole steps, and by the formula.
    QTRY_VERIFY(lab().analysis().rates().curves().size() == 2 &&
                lab().analysis().rates().curves()[0].y.last() > 100.0);
    QVERIFY(lab().analysis().rates().curves()[1].formula);
    QVERIFY(lab().analysis().rates().note().contains("formula"));
    lab().analysis().setCurrentIndex(2);
    QTRY_VERIFY(lab().analysis().intervals().note().contains("mean 8 ms"));
    lab::LabScene scene = lab().controller().scene();
    scene.neurons = {*lab::neuron_named("ParaLIF-SB")};
    lab().controller().take(scene, "test");
    lab().analysis().setCurrentIndex(3);
    QTRY_VERIFY(lab().analysis().trials().trialCount() == 40);
  }

  void searchesLiveAndOpensTheBest() {
    lab().showPage(LabWorkspace::searchPage);
    lab().searchView().setChoice("ParaLIF-TD", lab::Feature::resonator);
    QTest::mouseClick(&lab().searchView().startButton(), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(lab().searchView().startButton().isEnabled(), patienceMs);
    QVERIFY(lab().searchView().map().shownCount() > 0);
    QVERIFY(lab().searchView().findChild<QLabel*>("searchVerdict")->text().contains("found"));
    QTest::mouseClick(&lab().searchView().startAllButton(), Qt::LeftButton);
    QTest::qWait(300);
    QVERIFY(lab().searchView().cancelButton().isEnabled());
    QTest::mouseClick(&lab().searchView().cancelButton(), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(lab().searchView().startButton().isEnabled(), 2000);
  }

  void comesBackAsItWasLeft() {
    lab().openPublished(4);
    const lab::LabScene scene = lab().controller().scene();
    const QString text = lab().sceneText();
    const QByteArray layout = lab().layout();
    QVERIFY(!layout.isEmpty());
    LabWorkspace other;
    other.takeUpAs(layout, text);
    QVERIFY(other.controller().scene() == scene);
    QCOMPARE(other.undoStack()->count(), 0);
    other.takeUpAs("nonsense", "{broken");
    QVERIFY(other.controller().scene() == scene);
  }

  void asksHowAStimulusIsMeant() {
    const QString path = home_->path("stimulus.csv");
    write_file(path.toStdString(), "0,5\n1,5\n2,7\n");
    const lab::Stimulus before = lab().controller().scene().stimulus;
    const auto import = [&](int button) {
      QString asked;
      QTimer::singleShot(0, this, [&] {
        auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
        QVERIFY(box != nullptr);
        asked = box->text();
        auto buttons = box->buttons();
        buttons.removeAll(box->button(QMessageBox::Cancel));
        (button < 0 ? box->button(QMessageBox::Cancel) : buttons[button])->click();
      });
      lab().importCsv(path);
      return asked;
    };
    const QString asked = import(-1);
    QVERIFY2(asked.contains("decimal comma") && asked.contains("0 | 5"), qPrintable(asked));
    QVERIFY(lab().controller().scene().stimulus == before);
    std::set<double> durations;
    for (const int button : {0, 1}) {
      import(button);
      durations.insert(lab().controller().scene().stimulus.duration_s);
    }
    QCOMPARE(durations.size(), std::size_t{2});  // values at three seconds, or one a millisecond
    QVERIFY(!window_->messages().isVisible());
  }

  void keepsScenes() {
    const QString path = home_->path("scene.json");
    lab().openPublished(11);
    const lab::LabScene scene = lab().controller().scene();
    lab().saveScene(path);
    lab().openPublished(0);
    lab().openScene(path);
    QVERIFY(lab().controller().scene() == scene);
    lab().openScene(home_->path("absent.json"));
    QVERIFY(window_->messages().isVisible());
    QVERIFY(lab().controller().scene() == scene);
  }
};

QTEST_MAIN(TestLabFlow)
#include "tst_lab_flow.moc"
