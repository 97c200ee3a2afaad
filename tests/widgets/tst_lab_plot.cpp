// The lab's plots: linked time axes, a stimulus dragged by its points, playhead, readout, table.
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

#include <set>

#include "core/lab/simulate.h"
#include "widgets/lab/lab_plot.h"
#include "widgets/lab/spike_rows.h"

using namespace paralif;

namespace {

std::vector<ShownNeuron> shown(const lab::Stimulus& stimulus, std::vector<const char*> names) {
  std::vector<ShownNeuron> all;
  for (const char* name : names) {
    ShownNeuron one;
    one.neuron = *lab::neuron_named(name);
    one.neuron.gain = one.neuron.model == lab::LabModel::izhikevich ? 14.0 : 2.0;
    one.trace = std::make_shared<lab::LabTrace>(lab::simulate(one.neuron, stimulus));
    all.push_back(one);
  }
  return all;
}

}  // namespace

class TestLabPlot : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<LabPlot> plot_;
  lab::Stimulus stimulus_;

  void drag(QPoint from, QPoint by) {
    QTest::mousePress(plot_.get(), Qt::LeftButton, {}, from);
    QTest::mouseMove(plot_.get(), from + by / 2);
    QTest::mouseMove(plot_.get(), from + by);
    QTest::mouseRelease(plot_.get(), Qt::LeftButton, {}, from + by);
  }

 private Q_SLOTS:
  void initTestCase() { qRegisterMetaType<lab::Stimulus>("paralif::lab::Stimulus"); }
  void init() {
    stimulus_ = lab::stimulus_presets().front();
    plot_ = std::make_unique<LabPlot>();
    plot_->resize(700, 600);
    plot_->setStimulus(stimulus_);
    plot_->setNeurons(shown(stimulus_, {"LIF", "ParaLIF-D", "ParaLIF-SB", "Izhikevich"}));
    plot_->show();
    QVERIFY(QTest::qWaitForWindowExposed(plot_.get()));
    plot_->replot();
  }
  void cleanup() { plot_.reset(); }

  void linksTheTimeAxes() {
    QCOMPARE(plot_->axisRects().size(), 8);
    plot_->axisRect(2)->axis(QCPAxis::atBottom)->setRange(20.0, 50.0);
    for (QCPAxisRect* rect : plot_->axisRects()) {
      QCOMPARE(rect->axis(QCPAxis::atBottom)->range(), QCPRange(20.0, 50.0));
    }
    plot_->follow();
    QCOMPARE(plot_->axisRect(0)->axis(QCPAxis::atBottom)->range(), QCPRange(0.0, 100.0));
  }

  void everyQuantityHasItsOwnStrip() {
    using S = LabStrips;
    const LabStrips& strips = plot_->strips();
    QVERIFY(strips.value(S::membraneMv)->range().lower < -60.0);
    QVERIFY(strips.value(S::membrane)->range().lower > -2.0);
    QVERIFY(strips.title(S::membraneMv).contains("mV"));
    QVERIFY(strips.title(S::membrane).contains("a.u."));
    QVERIFY(strips.isShown(S::change) && strips.isShown(S::probability));
    QVERIFY(!strips.isShown(S::normalised));
    // What the neurons do not have is not shown, with title and axis.
    const std::vector<std::pair<const char*, std::set<S::Strip>>> all{
        {"LIF", {S::stimulus, S::current, S::membrane, S::spikes}},
        {"ParaLIF-T", {S::stimulus, S::current, S::membrane, S::spikes}},
        {"ParaLIF-ST", {S::stimulus, S::current, S::membrane, S::normalised, S::spikes}},
        {"ParaLIF-D", {S::stimulus, S::current, S::membrane, S::change, S::spikes}},
        {"ParaLIF-GS", {S::stimulus, S::current, S::membrane, S::probability, S::spikes}},
        {"Izhikevich", {S::stimulus, S::recovery, S::membraneMv, S::spikes}}};
    for (const auto& [name, wanted] : all) {
      plot_->setNeurons(shown(stimulus_, {name}));
      for (int i = 0; i < S::count; ++i) {
        const auto strip = static_cast<S::Strip>(i);
        QVERIFY2(strips.isShown(strip) == wanted.contains(strip), name);
        QVERIFY2(plot_->axisRects().contains(&strips.rect(strip)) == wanted.contains(strip), name);
      }
      plot_->replot();
    }
  }

  void anotherNeuronHasItsOwnScale() {
    using S = LabStrips;
    plot_->setNeurons(shown(stimulus_, {"Izhikevich"}));
    plot_->strips().time(S::stimulus)->setRange(20.0, 22.0);
    plot_->strips().value(S::stimulus)->setRange(500.0, 501.0);
    plot_->setLocked(true);
    plot_->setNeurons(shown(stimulus_, {"LIF"}));
    QVERIFY(plot_->isFollowing());
    QVERIFY(plot_->strips().value(S::membrane)->range().contains(1.0));
    QVERIFY(plot_->strips().value(S::membrane)->range().lower > -1.0);
    QVERIFY(plot_->strips().value(S::stimulus)->range().upper < 10.0);
    // The same neuron with another parameter keeps the zoom.
    plot_->setLocked(true);
    plot_->setNeurons(shown(stimulus_, {"LIF"}));
    QVERIFY(!plot_->isFollowing());
  }

  void drawsTheResetAsADrop() {
    // One neuron, one spike, columns wide enough to look at: above the threshold and back.
    auto neurons = shown(stimulus_, {"LIF"});
    plot_->setNeurons(neurons);
    plot_->replot();
    const lab::LabTrace& trace = *neurons[0].trace;
    QVERIFY(!trace.spikes.empty());
    const auto spike = static_cast<std::size_t>(trace.spikes[0]);
    QVERIFY(trace.membrane[spike] > 1.0);
    const QImage image = plot_->toPixmap().toImage();
    const QCPAxis* time = plot_->strips().time(LabStrips::membrane);
    const QCPAxis* value = plot_->strips().value(LabStrips::membrane);
    const QColor colour = LabPlot::colourOf(Theme::of(plot_->palette()), 0);
    const auto painted = [&](double ms, double v) {
      const int x = int(time->coordToPixel(ms));
      const int y = int(value->coordToPixel(v));
      for (int dx = -1; dx <= 1; ++dx) {
        for (int dy = -1; dy <= 1; ++dy) {
          const QColor at = image.pixelColor(x + dx, y + dy);
          const int distance = std::abs(at.red() - colour.red()) +
                               std::abs(at.green() - colour.green()) +
                               std::abs(at.blue() - colour.blue());
          if (distance < 60) return true;
        }
      }
      return false;
    };
    const double at = double(spike);
    for (const double part : {0.1, 0.3, 0.5, 0.7, 0.9}) {
      QVERIFY2(painted(at, part * trace.membrane[spike]), qPrintable(QString::number(part)));
    }
    // A level from step to step, not a ramp.
    const std::size_t before = spike - 4;
    QVERIFY(painted(double(before) + 0.9, trace.membrane[before]));
    QVERIFY(painted(at + 0.6, 0.0));
  }

  void namesTheCounterfactual() {
    QVERIFY(plot_->legendTexts().isEmpty());
    auto neurons = shown(stimulus_, {"LIF", "ParaLIF-T"});
    for (ShownNeuron& one : neurons) {
      one.twin = std::make_shared<lab::LabTrace>(
          lab::simulate(lab::reset_twin(one.neuron), stimulus_));
    }
    plot_->setNeurons(neurons);
    const QStringList texts = plot_->legendTexts();
    QCOMPARE(texts.size(), 4);
    const auto count = [](const auto& trace) { return QString::number(trace->spikes.size()); };
    QVERIFY(texts[0].startsWith("1 LIF: " + count(neurons[0].trace)));
    QVERIFY(texts[1].startsWith("1 without a reset: " + count(neurons[0].twin)));
    QVERIFY(texts[3].startsWith("2 with a reset: " + count(neurons[1].twin)));
    QVERIFY(neurons[0].twin->spikes.size() > neurons[0].trace->spikes.size());
    // Their spikes are rows of their own.
    QCOMPARE(plot_->spikes().rows().size(), std::size_t{4});
    QVERIFY(plot_->spikes().rows()[1].steps == neurons[0].twin->spikes);
    QVERIFY(plot_->spikes().rows()[3].steps == neurons[1].twin->spikes);
    QString text;
    QTextStream out(&text);
    plot_->writeCsv(out);
    QVERIFY(text.contains("1_LIF_without_reset_membrane,1_LIF_without_reset_spike"));
    QVERIFY(text.contains("2_ParaLIF-T_with_reset_membrane_before_reset,"
                          "2_ParaLIF-T_with_reset_membrane_after_reset"));
    plot_->replot();
    for (ShownNeuron& one : neurons) one.twin = nullptr;
    plot_->setNeurons(neurons);
    QVERIFY(plot_->legendTexts().isEmpty());
    QCOMPARE(plot_->spikes().rows().size(), std::size_t{2});
  }

  void dragDoesNotRescaleUnderThePointer() {
    QCPAxis* value = plot_->strips().value(LabStrips::stimulus);
    const QCPRange before = value->range();
    const QPoint from = plot_->handlePosition(0).toPoint();
    QTest::mousePress(plot_.get(), Qt::LeftButton, {}, from);
    for (int i = 1; i <= 5; ++i) {
      QTest::mouseMove(plot_.get(), from - QPoint(0, 6 * i));
      QCOMPARE(value->range(), before);
      QVERIFY(std::abs(plot_->handlePosition(0).y() - (from.y() - 6 * i)) < 2.0);
    }
    // The readout is of where the pointer is, and not of where the drag began.
    auto* label = plot_->findChild<QLabel*>("readout");
    QTest::mouseMove(plot_.get(), from + QPoint(0, 3));
    const QString there = label->text();
    QTest::mouseMove(plot_.get(), from + QPoint(60, 3));
    QVERIFY(label->isVisible());
    QVERIFY(label->text() != there);
    QTest::mouseRelease(plot_.get(), Qt::LeftButton, {}, from + QPoint(60, 3));
    QVERIFY(value->range() != before);
  }

  void dragsThePointsOfTheStimulus() {
    QSignalSpy dragged(plot_.get(), &LabPlot::stimulusDragged);
    QSignalSpy edited(plot_.get(), &LabPlot::stimulusEdited);
    const QPoint begin = plot_->handlePosition(0).toPoint();
    const QCPRange before = plot_->strips().time(LabStrips::stimulus)->range();
    drag(begin, {120, -10});
    QVERIFY(dragged.count() >= 1);
    QCOMPARE(edited.count(), 1);
    const auto after = edited[0][0].value<lab::Stimulus>();
    QVERIFY(after.segments[0].begin_s > 0.02);
    QVERIFY(after.segments[0].from != stimulus_.segments[0].from);
    QCOMPARE(after.segments[0].end_s, stimulus_.segments[0].end_s);
    QCOMPARE(plot_->strips().time(LabStrips::stimulus)->range(), before);  // no panning
  }

  void addsPoints() {
    QSignalSpy edited(plot_.get(), &LabPlot::stimulusEdited);
    QTest::mouseClick(plot_.get(), Qt::LeftButton, Qt::ControlModifier,
                      plot_->strips().rect(LabStrips::stimulus).rect().center());
    QCOMPARE(edited.count(), 1);
    const auto after = edited[0][0].value<lab::Stimulus>();
    QCOMPARE(after.segments.size(), std::size_t{2});
    QCOMPARE(after.segments[1].points.size(), std::size_t{1});
  }

  void movedEndsStayInOrder() {
    lab::Stimulus step = stimulus_;
    const auto handles = handlesOf(step);
    QCOMPARE(handles.size(), std::size_t{2});
    const lab::Stimulus crossed = moved(step, handles[0], 5000.0, 1.0);
    QVERIFY(crossed.segments[0].begin_s < crossed.segments[0].end_s);
    lab::validate(crossed);
    const lab::Stimulus outside = moved(step, handles[1], -50.0, 1.0);
    lab::validate(outside);
    lab::Stimulus drawn = lab::stimulus_presets().back();
    const auto points = handlesOf(drawn);
    QCOMPARE(points.size(), std::size_t{6});
    drawn = moved(drawn, points[2], 1000.0, 7.0);
    lab::validate(drawn);
    QCOMPARE(drawn.segments[0].points[2].value, 7.0);
    QCOMPARE(without(drawn, points[2]).segments[0].points.size(), std::size_t{5});
  }

  void drawsUpToThePlayhead() {
    const QImage whole = plot_->toPixmap().toImage();
    plot_->setPlayhead(30.0);
    const QImage part = plot_->toPixmap().toImage();
    QVERIFY(whole != part);
    plot_->setPlayhead(std::nan(""));
    QVERIFY(plot_->toPixmap().toImage() == whole);
  }

  void showsOneRowANeuron() {
    QCOMPARE(plot_->spikes().rows().size(), std::size_t{4});
    QVERIFY(plot_->spikes().rows()[0].steps == plot_->neurons()[0].trace->spikes);
  }

  void tellsWhatIsUnderTheCursor() {
    QTest::mouseMove(plot_.get(), plot_->strips().rect(LabStrips::membrane).rect().center());
    auto* label = plot_->findChild<QLabel*>("readout");
    QVERIFY(label->isVisible());
    QVERIFY(label->text().contains("ms"));
    QVERIFY(label->text().contains("1 LIF"));
    QVERIFY(!label->text().contains("mV"));
    QTest::mouseMove(plot_.get(), plot_->strips().rect(LabStrips::membraneMv).rect().center());
    QVERIFY(label->text().contains("4 Izhikevich: v"));
    QVERIFY(label->text().contains("mV"));
    QVERIFY(!label->text().contains("LIF"));
  }

  void writesEveryStep() {
    QString text;
    QTextStream out(&text);
    plot_->writeCsv(out);
    const QStringList lines = text.split('\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 101);
    QVERIFY(lines[0].startsWith("time_ms,stimulus,1_LIF_current,1_LIF_membrane_before_reset,"
                                "1_LIF_membrane_after_reset,1_LIF_spike,2_ParaLIF-D_current,"
                                "2_ParaLIF-D_membrane,2_ParaLIF-D_change,2_ParaLIF-D_spike"));
    QVERIFY(lines[0].endsWith("4_Izhikevich_recovery_u,4_Izhikevich_membrane_before_reset_mv,"
                              "4_Izhikevich_membrane_after_reset_mv,4_Izhikevich_spike"));
    const auto spike = plot_->neurons()[0].trace->spikes[0];
    const QStringList row = lines[spike + 1].split(',');
    QVERIFY(row[3].toDouble() > 1.0);
    QCOMPARE(row[4].toDouble(), 0.0);
    QCOMPARE(row[5].toInt(), 1);
    QVERIFY(lines[1].split(',').size() == lines[0].split(',').size());
  }
};

QTEST_MAIN(TestLabPlot)
#include "tst_lab_plot.moc"
