// The lab's editors and views: sliders, equations, stimulus, board, search, figure.
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>

#include "core/lab/search.h"
#include "datasets/error.h"
#include "widgets/form/number_box.h"
#include "widgets/lab/curve_plot.h"
#include "widgets/lab/equation_view.h"
#include "widgets/lab/feature_board.h"
#include "widgets/lab/figure_view.h"
#include "widgets/lab/neuron_editor.h"
#include "widgets/lab/parameter_slider.h"
#include "widgets/lab/published_figure.h"
#include "widgets/lab/search_map.h"
#include "widgets/lab/search_view.h"
#include "widgets/lab/stimulus_editor.h"

using namespace paralif;

class TestLabEditors : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void sliderIsLogarithmic() {
    ParameterSlider slider("tau", "ms", "Time constant", {0.1, 200.0, true, true});
    QSignalSpy edited(&slider, &ParameterSlider::valueEdited);
    slider.setValue(10.0);
    QCOMPARE(edited.count(), 0);
    const int at10 = slider.slider().value();
    slider.setValue(100.0);
    const int at100 = slider.slider().value();
    slider.setValue(1.0);
    QVERIFY(std::abs((at100 - at10) - (at10 - slider.slider().value())) <= 2);
    slider.slider().setValue(0);
    QCOMPARE(slider.value(), 0.0);
    QVERIFY(slider.field().text().contains("none"));
    slider.slider().setValue(1000);
    QCOMPARE(slider.value(), 200.0);
    QVERIFY(edited.count() >= 2);
  }

  void sliderSaysWhatItsScaleIs() {
    ParameterSlider gain("g", "", "Gain", {0.01, 50.0, true, false});
    gain.setValue(1.0);
    QCOMPARE(gain.mark(), QString("log"));
    QVERIFY(gain.slider().toolTip().contains("logarithmic"));
    // A negative gain is on the slider, which moves its size.
    gain.setValue(-1.0);
    QCOMPARE(gain.mark(), QString("−log"));
    const int at = gain.slider().value();
    QVERIFY(at > 0 && at < 1000);
    gain.slider().setValue(at + 100);
    QVERIFY(gain.value() < -1.0);
    gain.setValue(80.0);
    QCOMPARE(gain.mark(), QString("›"));
    QVERIFY(gain.slider().toolTip().contains("0.01 to 50"));
    ParameterSlider background("b", "", "Background", {-20.0, 100.0, false, false});
    background.setValue(3.0);
    QVERIFY(background.mark().isEmpty());
    background.setValue(-30.0);
    QCOMPARE(background.mark(), QString("‹"));
  }

  void fieldTakesAnyNumber() {
    ParameterSlider slider("g", "", "Gain", {0.01, 50.0, true, false});
    QSignalSpy edited(&slider, &ParameterSlider::valueEdited);
    slider.show();
    slider.field().setFocus();
    slider.field().selectAll();
    QTest::keyClicks(&slider.field(), "-123.25");
    QCOMPARE(edited.last()[0].toDouble(), -123.25);
    QCOMPARE(slider.value(), -123.25);
  }

  void showsTheParametersOfTheModel() {
    NeuronEditor editor;
    editor.resize(260, 600);
    editor.show();
    QVERIFY(editor.slider("refractory_s") != nullptr);
    QVERIFY(editor.slider("a") == nullptr);
    QSignalSpy edited(&editor, &NeuronEditor::neuronEdited);
    editor.modelBox().setCurrentText("Izhikevich");
    Q_EMIT editor.modelBox().textActivated("Izhikevich");
    QCOMPARE(edited.count(), 1);
    QVERIFY(editor.slider("a")->isVisible());
    QVERIFY(editor.slider("tau_mem_s") == nullptr);
    Q_EMIT editor.modelBox().textActivated("ParaLIF-GS");
    QVERIFY(editor.slider("threshold") == nullptr);
    editor.slider("tau_mem_s")->slider().setValue(700);
    QCOMPARE(editor.neuron().tau_mem_s * 1e3, editor.slider("tau_mem_s")->value());
    for (const std::string& name : lab::lab_names()) {
      Q_EMIT editor.modelBox().textActivated(QString::fromStdString(name));
      QCOMPARE(lab::name_of(editor.neuron()), name);
    }
  }

  void aStepModelHasItsOwnSliders() {
    NeuronEditor editor;
    editor.show();
    Q_EMIT editor.modelBox().textActivated("ALIF");
    QVERIFY(editor.slider("tau_adapt")->isVisible());
    QVERIFY(editor.slider("tau_mem_s")->isVisible());
    QVERIFY(editor.slider("refractory_s") == nullptr);
    editor.slider("adaptation")->slider().setValue(300);
    QVERIFY(editor.neuron().own.at("adaptation") > 0.0);
    QCOMPARE(editor.neuron().own.at("adaptation"), editor.slider("adaptation")->value());
    Q_EMIT editor.modelBox().textActivated("LIF");
    QVERIFY(editor.slider("tau_adapt") == nullptr);
  }

  void explainsEveryTerm() {
    EquationView view;
    static const QRegularExpression link("href=\"(\\w+)\"");
    for (const std::string& name : lab::lab_names()) {
      view.setNeuron(*lab::neuron_named(name));
      auto terms = link.globalMatch(view.text());
      QVERIFY(terms.hasNext());
      while (terms.hasNext()) {
        const QString term = terms.next().captured(1);
        QVERIFY2(!view.meaningOf(term).isEmpty(), qPrintable(term));
      }
    }
    QVERIFY(view.meaningOf("nonsense").isEmpty());
  }

  void explainsWithTheTimeStepInForce() {
    EquationView view;
    lab::LabNeuron neuron = *lab::neuron_named("LIF");
    neuron.tau_syn_s = 5e-3;
    neuron.refractory_s = 2e-3;
    view.setNeuron(neuron);
    QVERIFY(view.text().contains("t_ref"));
    QVERIFY(view.meaningOf("beta").contains("0.9048"));
    QVERIFY(view.meaningOf("tref").contains("2 step"));
    view.setTimeStep(1e-4);
    QVERIFY(view.meaningOf("beta").contains("0.1 ms"));
    QVERIFY(view.meaningOf("beta").contains("0.99"));
    QVERIFY(view.meaningOf("alpha").contains("0.9802"));
    QVERIFY(view.meaningOf("tref").contains("20 step"));
    neuron.refractory_rule = lab::RefractoryRule::reference;
    view.setNeuron(neuron);
    QVERIFY(view.meaningOf("tref").contains("19 step"));
    QVERIFY(view.meaningOf("tref").contains("published"));
    view.setNeuron(*lab::neuron_named("PLIF"));
    QVERIFY(view.meaningOf("tau").contains("100"));
    view.setNeuron(*lab::neuron_named("ParaLIF-D"));
    QVERIFY(view.meaningOf("theta").contains("one step of 0.1 ms"));
  }

  void offersBothRefractoryRules() {
    NeuronEditor editor;
    editor.show();
    editor.setNeuron(*lab::neuron_named("LIF"));
    QVERIFY(editor.ruleBox().isVisible());
    QCOMPARE(editor.ruleBox().currentText(), QString("exact"));
    QSignalSpy edited(&editor, &NeuronEditor::neuronEdited);
    QSignalSpy finished(&editor, &NeuronEditor::editFinished);
    editor.ruleBox().setCurrentIndex(0);
    Q_EMIT editor.ruleBox().activated(0);
    QVERIFY(editor.neuron().refractory_rule == lab::RefractoryRule::reference);
    QCOMPARE(edited.count(), 1);
    QCOMPARE(finished.count(), 1);
    editor.setNeuron(*lab::neuron_named("ParaLIF-D"));
    QVERIFY(!editor.ruleBox().isVisible());
    editor.setAdvice({{true, "Mind the step"}});
    QVERIFY(editor.findChild<QLabel*>("advice")->isVisible());
    QVERIFY(editor.adviceText().contains("Mind"));
    editor.setAdvice({});
    QVERIFY(!editor.findChild<QLabel*>("advice")->isVisible());
  }

  void editsTheStimulus() {
    qRegisterMetaType<lab::Stimulus>("paralif::lab::Stimulus");
    StimulusEditor editor;
    editor.show();
    QSignalSpy edited(&editor, &StimulusEditor::stimulusEdited);
    Q_EMIT editor.presetBox().activated(6);
    QCOMPARE(edited.count(), 1);
    QCOMPARE(editor.stimulus().title, std::string("Chirp"));
    auto* length = editor.findChild<NumberBox*>("stimulusLength");
    auto* line = length->findChild<QLineEdit*>();
    line->selectAll();
    QTest::keyClicks(line, "250");
    QCOMPARE(editor.stimulus().duration_s, 0.25);
    line->selectAll();
    QTest::keyClicks(line, "-3");
    lab::validate(editor.stimulus());  // the last good one stays
    for (auto* button : editor.findChildren<QPushButton*>()) {
      if (button->text().contains("Add")) button->click();
    }
    QCOMPARE(editor.stimulus().segments.size(), std::size_t{2});
  }

  void boardShowsAnswersAndOpensThem() {
    qRegisterMetaType<lab::Feature>("paralif::lab::Feature");
    FeatureBoard board;
    board.resize(900, 620);
    board.show();
    QVERIFY(QTest::qWaitForWindowExposed(&board));
    QSignalSpy opened(&board, &FeatureBoard::featureOpened);
    TileAnswer answer;
    answer.model = "ParaLIF-D";
    answer.answer = lab::Answer::found;
    answer.known = true;
    board.setAnswer(lab::Feature::rebound_spike, answer);
    FeatureTile& tile = board.tile(lab::Feature::rebound_spike);
    QVERIFY(tile.accessibleName().contains("ParaLIF-D: found"));
    QVERIFY(tile.toolTip().contains("inhibitory"));
    QTest::mouseClick(&tile, Qt::LeftButton);
    tile.setFocus();
    QTest::keyClick(&tile, Qt::Key_Return);
    QCOMPARE(opened.count(), 2);
    QCOMPARE(opened[0][0].value<lab::Feature>(), lab::Feature::rebound_spike);
    board.clearAnswers();
    QVERIFY(!tile.answer().known);
  }

  void searchViewFollowsTheSearch() {
    SearchView view;
    view.resize(800, 600);
    view.show();
    lab::SearchProgress progress;
    progress.cells = 260;
    progress.cells_done = 13;
    progress.neuron_steps = 123'000'000;
    progress.running = true;
    view.setProgress(progress);
    QVERIFY(!view.startButton().isEnabled());
    QVERIFY(view.cancelButton().isEnabled());
    view.setResult(lab::search_cell("ParaLIF-D", lab::Feature::rebound_spike, {2, 200, 1}));
    QVERIFY(view.map().shownCount() > 0);
    QVERIFY(view.findChild<QLabel*>("searchVerdict")->text().contains("found"));
    for (int x = 0; x < SearchMap::axisCount; ++x) {
      view.map().setAxes(static_cast<SearchMap::Axis>(x), SearchMap::threshold);
      view.map().replot();
    }
    progress.running = false;
    view.setProgress(progress);
    QVERIFY(view.startButton().isEnabled());
  }

  void mapWithoutSamplesSaysWhy() {
    SearchView view;
    view.resize(700, 600);
    view.show();
    auto* hint = view.map().findChild<QLabel*>("hint");
    QVERIFY(view.map().isEmpty());
    QVERIFY(hint->text().contains("Find parameters"));
    QVERIFY(!view.map().axisRect()->visible());
    lab::CellResult ruled;
    ruled.tried = 100;
    ruled.answer = lab::Answer::impossible;
    view.setResult(ruled);
    QVERIFY(hint->text().contains("rule the feature out"));
    // A known answer without its samples: its settings are marked.
    lab::CellResult known;
    known.tried = 100;
    known.shown = 7;
    known.answer = lab::Answer::found;
    known.best = lab::FoundSetting{*lab::neuron_named("LIF"), {}, 1.0, 0.5};
    known.most_robust = known.best;
    view.setResult(known);
    QCOMPARE(view.map().markCount(), qsizetype{2});
    QVERIFY(view.map().axisRect()->visible());
    QVERIFY(hint->text().isEmpty());
    QVERIFY(view.map().xAxis->range().contains(10.0));
    QVERIFY(view.map().xAxis->range().lower > 0.0);
  }

  void figureIsWrittenInEveryFormat() {
    QTemporaryDir folder;
    for (const char* suffix : {"svg", "pdf", "png"}) {
      const QString path = folder.filePath(QString("figure.%1").arg(suffix));
      savePublishedFigure(path);
      QVERIFY(QFileInfo(path).size() > 2000);
    }
    QImage image(folder.filePath("figure.png"));
    QVERIFY(image.width() >= 1200);
    QVERIFY_EXCEPTION_THROWN(savePublishedFigure(folder.filePath("figure.gif")), Error);
    QVERIFY_EXCEPTION_THROWN(savePublishedFigure("/no/such/folder/a.svg"), Error);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 3);
  }

  void figureOpensTheRunUnderTheMouse() {
    FigureView view;
    view.resize(640, 480);
    view.show();
    QSignalSpy opened(&view, &FigureView::runOpened);
    QSet<int> runs;
    for (int y = 0; y < 480; y += 4) {
      const int run = publishedRunAt(view.rect(), QPointF(300, y));
      if (run >= 0) runs.insert(run);
    }
    QCOMPARE(runs.size(), 13);
    for (int y = 0; y < 480 && opened.isEmpty(); y += 4) {
      QTest::mouseClick(&view, Qt::LeftButton, {}, QPoint(300, y));
    }
    QCOMPARE(opened[0][0].toInt(), 0);
  }

  void silentCurveHasNoNegativeAxis() {
    CurvePlot plot("Rates", "I", "Rate (Hz)");
    plot.show();
    plot.setCurves({{"1 LIF", {0, 1, 2}, {0, 0, 0}}});
    QCOMPARE(plot.yAxis->range().lower, 0.0);
    QVERIFY(plot.yAxis->range().upper > 0.0);
    plot.setCurves({{"1 LIF", {0, 1, 2}, {-1, 0, 0}}});
    QVERIFY(plot.yAxis->range().lower < -1.0);
  }

  void curvesOfAnotherUnitHaveTheirAxis() {
    CurvePlot plot("Impulse", "Time (ms)", "Membrane (a.u.)");
    plot.setOtherLabel("v (mV)");
    plot.show();
    ShownCurve volts{"2 Izhikevich", {0, 1}, {0, 30}, 0.0, 1};
    volts.ofOtherUnit = true;
    plot.setCurves({{"1 LIF", {0, 1}, {0.1, 0.05}}, volts});
    QVERIFY(plot.yAxis->visible() && plot.yAxis2->visible());
    QVERIFY(plot.yAxis->range().upper < 1.0);
    QVERIFY(plot.yAxis2->range().upper > 30.0);
    plot.setCurves({volts});
    QVERIFY(!plot.yAxis->visible() && plot.yAxis2->visible());
    plot.setCurves({{"1 LIF", {0, 1}, {0.1, 0.05}}});
    QVERIFY(plot.yAxis->visible() && !plot.yAxis2->visible());
  }

  void curvesKeepTheirData() {
    CurvePlot plot("Rates", "I", "Rate (Hz)");
    plot.show();
    plot.setCurves({{"1 LIF", {0, 1, 2}, {0, 10, 20}}, {"2 LIF", {0, 1}, {5, 6}, 0.5}});
    QString text;
    QTextStream out(&text);
    plot.writeCsv(out);
    QCOMPARE(text.count('\n'), 6);
  }
};

QTEST_MAIN(TestLabEditors)
#include "tst_lab_editors.moc"
