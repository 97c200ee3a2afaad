// From a slider's move to painted plots, with 8 neurons and 10 000 steps.
#include <QElapsedTimer>
#include <QSlider>
#include <QTest>

#include <algorithm>
#include <ctime>

#include "app/studio/lab_controller.h"
#include "app/studio/lab_workspace.h"
#include "tests/app/isolated.h"
#include "widgets/lab/lab_plot.h"
#include "widgets/lab/neuron_editor.h"
#include "widgets/lab/parameter_slider.h"

using namespace paralif;

namespace {

/// Notes when a widget has been painted.
class PaintWatch : public QObject {
 public:
  bool painted = false;
  bool eventFilter(QObject*, QEvent* event) override {
    if (event->type() == QEvent::Paint) painted = true;
    return false;
  }
};

/// Processor time of this thread, which other programs do not lengthen.
double threadMs() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}

struct Times {
  std::vector<double> wall, thread;
};

double quantile(std::vector<double> values, double part) {
  std::ranges::sort(values);
  return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
}

}  // namespace

class TestLabSpeed : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<testing::IsolatedHome> home_;
  std::unique_ptr<LabWorkspace> lab_;

  /// Milliseconds from each of many changes until the plots are painted.
  template <typename Change>
  Times measured(int changes, Change&& change) {
    PaintWatch watch;
    lab_->plot().installEventFilter(&watch);
    Times times;
    for (int i = 0; i < changes; ++i) {
      QTest::qWait(3);
      watch.painted = false;
      QElapsedTimer clock;
      clock.start();
      const double begin = threadMs();
      change(i);
      while (!watch.painted && clock.elapsed() < 1000) QCoreApplication::processEvents();
      times.thread.push_back(threadMs() - begin);
      times.wall.push_back(static_cast<double>(clock.nsecsElapsed()) * 1e-6);
    }
    return times;
  }

  static void report(const char* what, const Times& times) {
    qInfo(
        "8 neurons x 10000 steps, %s to painted plots: median %.1f ms, p95 %.1f ms "
        "(processor time %.1f and %.1f ms)",
        what, quantile(times.wall, 0.5), quantile(times.wall, 0.95), quantile(times.thread, 0.5),
        quantile(times.thread, 0.95));
  }

 private Q_SLOTS:
  void init() {
    home_ = std::make_unique<testing::IsolatedHome>();
    lab_ = std::make_unique<LabWorkspace>();
    lab_->resize(1220, 760);
    lab::LabScene scene;
    scene.stimulus.duration_s = 10.0;
    lab::Segment noise = lab::level(0.1, 9.9, 1.0);
    noise.shape = lab::SegmentShape::noise;
    noise.to = 0.7;
    scene.stimulus.segments = {noise};
    for (const char* name : {"LIF", "ParaLIF-T", "ParaLIF-D", "ParaLIF-TRD", "ParaLIF-SB", "PLIF",
                             "ParaLIF-GS", "LIF"}) {
      scene.neurons.push_back(*lab::neuron_named(name));
      scene.neurons.back().gain = 1.5;
    }
    lab_->controller().take(scene, "test");
    lab_->show();
    QVERIFY(QTest::qWaitForWindowExposed(lab_.get()));
    QTest::qWait(200);
  }
  void cleanup() {
    lab_.reset();
    home_.reset();
  }

  void slidersAnswerWithinAFrame() {
    QCOMPARE(lab_->controller().shown().size(), std::size_t{8});
    QCOMPARE(lab_->controller().shown()[0].trace->steps(), std::size_t{10000});
    QSlider& slider = lab_->editor(0)->slider("gain")->slider();
    slider.setSliderDown(true);
    const Times times =
        measured(200, [&](int i) { slider.setSliderPosition(300 + (i * 37) % 400); });
    slider.setSliderDown(false);
    report("slider", times);
    QVERIFY(quantile(times.thread, 0.95) < 16.0);
  }

  void draggedStimulusAnswersQuickly() {
    // All eight are simulated again.
    lab::Stimulus stimulus = lab_->controller().scene().stimulus;
    const Times times = measured(60, [&](int i) {
      stimulus.segments[0].from = 0.5 + 0.01 * i;
      lab_->controller().previewStimulus(stimulus);
    });
    report("stimulus", times);
    QVERIFY(quantile(times.thread, 0.95) < 33.0);
  }
};

QTEST_MAIN(TestLabSpeed)
#include "tst_lab_speed.moc"
