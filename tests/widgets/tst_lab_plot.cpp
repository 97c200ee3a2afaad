// The lab's plots: linked time axes, a stimulus dragged by its points, playhead, readout, table.
#include <QSignalSpy>
#include <QTest>

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
    QCOMPARE(plot_->axisRects().size(), 5);
    plot_->axisRect(2)->axis(QCPAxis::atBottom)->setRange(20.0, 50.0);
    for (QCPAxisRect* rect : plot_->axisRects()) {
      QCOMPARE(rect->axis(QCPAxis::atBottom)->range(), QCPRange(20.0, 50.0));
    }
    plot_->follow();
    QCOMPARE(plot_->axisRect(0)->axis(QCPAxis::atBottom)->range(), QCPRange(0.0, 100.0));
  }

  void keepsMillivoltsApart() {
    QCPAxisRect* membrane = plot_->axisRect(2);
    QVERIFY(membrane->axis(QCPAxis::atRight)->visible());
    QVERIFY(membrane->axis(QCPAxis::atRight)->range().lower < -60.0);
    QVERIFY(membrane->axis(QCPAxis::atLeft)->range().lower > -2.0);
    plot_->setNeurons(shown(stimulus_, {"LIF"}));
    QVERIFY(!membrane->axis(QCPAxis::atRight)->visible());
  }

  void dragsThePointsOfTheStimulus() {
    QSignalSpy dragged(plot_.get(), &LabPlot::stimulusDragged);
    QSignalSpy edited(plot_.get(), &LabPlot::stimulusEdited);
    const QPoint begin = plot_->handlePosition(0).toPoint();
    const QCPRange before = plot_->axisRect(0)->axis(QCPAxis::atBottom)->range();
    drag(begin, {120, -10});
    QVERIFY(dragged.count() >= 1);
    QCOMPARE(edited.count(), 1);
    const auto after = edited[0][0].value<lab::Stimulus>();
    QVERIFY(after.segments[0].begin_s > 0.02);
    QVERIFY(after.segments[0].from != stimulus_.segments[0].from);
    QCOMPARE(after.segments[0].end_s, stimulus_.segments[0].end_s);
    QCOMPARE(plot_->axisRect(0)->axis(QCPAxis::atBottom)->range(), before);  // no panning
  }

  void addsPoints() {
    QSignalSpy edited(plot_.get(), &LabPlot::stimulusEdited);
    QTest::mouseClick(plot_.get(), Qt::LeftButton, Qt::ControlModifier,
                      plot_->axisRect(0)->rect().center());
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
    QTest::mouseMove(plot_.get(), plot_->axisRect(2)->rect().center());
    auto* label = plot_->findChild<QLabel*>("readout");
    QVERIFY(label->isVisible());
    QVERIFY(label->text().contains("ms"));
    QVERIFY(label->text().contains("1 LIF"));
    QVERIFY(label->text().contains("mV"));
  }

  void writesEveryStep() {
    QString text;
    QTextStream out(&text);
    plot_->writeCsv(out);
    const QStringList lines = text.split('\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 101);
    QVERIFY(lines[0].startsWith("time_ms,stimulus,1_LIF_current,1_LIF_membrane,1_LIF_spike"));
    QVERIFY(lines[0].contains("4_Izhikevich_v_mv"));
    QVERIFY(lines[1].split(',').size() == lines[0].split(',').size());
  }
};

QTEST_MAIN(TestLabPlot)
#include "tst_lab_plot.moc"
