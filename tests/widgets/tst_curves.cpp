// Learning curves, rates and membranes fed with values made by hand.
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

#include "tests/widgets/probes.h"
#include "widgets/views/curves_view.h"
#include "widgets/views/membrane_view.h"
#include "widgets/views/raster_view.h"
#include "widgets/views/rates_view.h"

using namespace paralif;

class TestCurves : public QObject {
  Q_OBJECT

 private:
  static MetricSeries series(std::int64_t epochs) {
    MetricSeries made;
    made.batchesPerEpoch = 10;
    for (std::int64_t epoch = 1; epoch <= epochs; ++epoch) {
      for (std::int64_t batch = 1; batch <= 10; ++batch) {
        made.add(BatchMetrics{(epoch - 1) * 10 + batch, epoch, batch, 1.0 / double(epoch), 0.5});
      }
      EpochMetrics metrics;
      metrics.epoch = epoch;
      metrics.train_loss = 1.0 / double(epoch);
      metrics.test_loss = 1.1 / double(epoch);
      metrics.train_accuracy = 0.5 + 0.04 * double(epoch);
      metrics.test_accuracy = 0.5 + 0.03 * double(epoch);
      metrics.layer_rates = {0.05, 0.02};
      metrics.layer_spikes = {640.0, 128.0};
      made.add(metrics);
    }
    return made;
  }

 private Q_SLOTS:
  void growAndClear() {
    CurvesView view;
    view.resize(600, 300);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    MetricSeries made = series(3);
    view.setSeries(&made, 10);
    QCOMPARE(view.plot().epochPoints(), 3);
    QCOMPARE(view.plot().batchPoints(), 30);
    made = series(5);
    view.setSeries(&made, 10);
    QCOMPARE(view.plot().epochPoints(), 5);
    QCOMPARE(view.plot().batchPoints(), 50);
    QVERIFY(view.findChild<QLabel*>("accuracyLabel")->text().contains("65.0 %"));
    made = series(1);  // another run: shorter
    view.setSeries(&made, 10);
    QCOMPARE(view.plot().batchPoints(), 10);
    view.setSeries(nullptr, 10);
    QCOMPARE(view.plot().batchPoints(), 0);
  }

  void ratesAreInHertz() {
    RatesView view;
    view.resize(400, 250);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    const MetricSeries made = series(4);
    view.setSeries(&made, 1e-3);
    QCOMPARE(view.graphCount(), 2);
    QCOMPARE(view.graph(0)->dataMainValue(3), 50.0);
    QString text;
    QTextStream out(&text);
    view.writeCsv(out);
    QVERIFY(text.contains("4,2,20,128"));
    view.setSeries(nullptr, 1e-3);
    QCOMPARE(view.graphCount(), 0);
  }

  void validationIsShownWhereThereIsOne() {
    CurvesView view;
    view.resize(600, 300);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    MetricSeries made = series(4);
    view.setSeries(&made, 4);
    const auto summary = [&] { return view.findChild<QLabel*>("accuracyLabel")->text(); };
    const auto legend = [&] {
      QStringList names;
      for (QCPLegend* one : view.plot().findChildren<QCPLegend*>()) {
        for (int i = 0; i < one->itemCount(); ++i) {
          if (auto* item = qobject_cast<QCPPlottableLegendItem*>(one->item(i))) {
            names << item->plottable()->name();
          }
        }
      }
      return names;
    };
    QVERIFY(!summary().contains("best") && !summary().contains("validation"));
    QVERIFY(!legend().contains("validation"));
    for (EpochMetrics& epoch : made.epochs) {
      epoch.validation_accuracy = epoch.epoch == 2 ? 0.9 : 0.6;
      epoch.validation_loss = 0.25;
      if (epoch.epoch == 2) made.best = epoch;
    }
    view.setSeries(nullptr, 4);
    view.setSeries(&made, 4);
    QVERIFY(summary().contains("validation 60.0 %"));
    QVERIFY(summary().contains("best 90.0 % (epoch 2)"));
    QVERIFY(legend().contains("validation"));
    QString text;
    QTextStream out(&text);
    view.plot().writeCsv(out);
    QVERIFY(text.startsWith("epoch,train_loss,train_accuracy,validation_loss,validation_accuracy,"
                            "test_loss,test_accuracy,"));
    QVERIFY(text.contains(",0.25,0.9,"));
  }

  void membranesHaveThresholdsAndSpikes() {
    auto probe = testing::emptyProbe(4);
    MembraneTrace trace;
    trace.layer = 1;
    trace.neuron = 3;
    trace.neuron = 3;
    trace.membrane = {0.0F, 0.5F, 1.2F, 0.1F};
    trace.has_threshold = true;
    trace.threshold = 1.0F;
    trace.spike_steps = {2};
    probe->traces = {trace, trace};
    MembraneView view;
    view.resize(500, 300);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    view.setProbe(probe);
    QCOMPARE(view.plot().strips(), 2);
    QString text;
    QTextStream out(&text);
    view.plot().writeCsv(out);
    QVERIFY(text.contains("1,3,2,2,1.2,1"));
    view.setProbe(nullptr);
    QCOMPARE(view.plot().strips(), 1);
  }

  void aResetIsAVerticalDrop() {
    auto probe = testing::emptyProbe(4);
    MembraneTrace lif;
    lif.layer = 1;
    lif.neuron = 3;
    lif.membrane = {0.25F, 0.5F, 0.0F, 0.125F};
    lif.has_threshold = true;
    lif.threshold = 1.0F;
    lif.spike_steps = {2};
    lif.crossed = {1.25F};
    MembraneTrace para = lif;  // ParaLIF: a spike without a reset
    para.membrane = {0.25F, 0.5F, 1.25F, 1.5F};
    para.crossed = {};
    probe->traces = {lif, para};
    MembranePlot plot;
    plot.resize(500, 300);
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    plot.setProbe(probe);
    const auto values = [&](int graph) {
      QVector<QPointF> points;
      for (const QCPGraphData& at : *plot.graph(graph)->data()) points.append({at.key, at.value});
      return points;
    };
    QCOMPARE(values(0), (QVector<QPointF>{{0, 0.25}, {1, 0.5}, {2, 1.25}, {2, 0.0}, {3, 0.125}}));
    QCOMPARE(values(2), (QVector<QPointF>{{2, 1.25}}));  // the mark stands where it crossed
    QCOMPARE(values(3), (QVector<QPointF>{{0, 0.25}, {1, 0.5}, {2, 1.25}, {3, 1.5}}));
    QString text;
    QTextStream out(&text);
    plot.writeCsv(out);
    QVERIFY(text.contains("membrane_after_reset,spike,membrane_before_reset"));
    QVERIFY(text.contains("2,2,0,1,1.25\n"));
    QVERIFY(text.contains("2,2,1.25,1,1.25\n"));
  }

  void everyTraceLiesBelowItsName() {
    auto probe = testing::emptyProbe(4);
    MembraneTrace trace;
    trace.layer = 1;
    trace.neuron = 3;
    trace.membrane = {0.0F, 1.0F, 0.5F, 1.0F};
    probe->traces = {trace, trace, trace};
    MembranePlot plot;
    plot.resize(500, 230);
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    plot.setProbe(probe);
    plot.replot();
    plot.follow();
    plot.replot();
    for (int strip = 0; strip < 3; ++strip) {
      QVERIFY2(qAbs(plot.stripHeight(strip) - plot.stripHeight(0)) <= 8,
               qPrintable(QString("%1 and %2").arg(plot.stripHeight(strip))
                              .arg(plot.stripHeight(0))));
      const QCPGraph* graph = plot.graph(3 * strip);
      const double top = graph->valueAxis()->coordToPixel(1.0);
      QVERIFY(top - graph->keyAxis()->axisRect()->top() >= plot.nameHeight());
    }
  }

  void longTrainingsKeepABoundedNumberOfPoints() {
    MetricSeries made;
    made.batchesPerEpoch = 10;
    CurvesPlot plot;
    plot.resize(600, 300);
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    for (std::int64_t step = 1; step <= 200000; ++step) {
      Snapshot snapshot;
      snapshot.batches = 10;
      const std::int64_t epoch = (step - 1) / 10 + 1;
      snapshot.batches_since.push_back(
          {step, epoch, (step - 1) % 10 + 1, double(step), step % 2 == 0 ? 1.0 : 0.0});
      if (step % 10 == 0) {
        EpochMetrics metrics;
        metrics.epoch = epoch;
        metrics.test_accuracy = epoch == 900 ? 0.9 : 0.5;  // of no account for the best
        metrics.validation_accuracy = epoch == 777 ? 0.9 : 0.5;
        metrics.layer_rates = {0.1};
        snapshot.epochs_since.push_back(metrics);
      }
      made.add(snapshot);
      QVERIFY(made.batches.size() <= MetricSeries::mostBatches);
      QVERIFY(made.epochs.size() <= MetricSeries::mostEpochs);
      if (step % 20000 == 0) {
        plot.setSeries(&made);
        QVERIFY(plot.batchPoints() <= qsizetype(MetricSeries::mostBatches));
        QVERIFY(plot.epochPoints() <= qsizetype(MetricSeries::mostEpochs));
      }
    }
    QVERIFY(made.batches.size() > MetricSeries::mostBatches / 2 - 1);
    QCOMPARE(made.batches.back().step, 200000);
    QCOMPARE(made.epochs.back().epoch, 20000);
    QVERIFY(made.best.has_value());
    QCOMPARE(made.best->epoch, 777);
    // A point is the mean of its batches: the loss here is the step.
    const auto together = double(made.batchesAPoint);
    for (std::size_t i = 0; i + 1 < made.batches.size(); ++i) {
      QCOMPARE(made.batches[i].step, std::int64_t(i + 1) * made.batchesAPoint);
      QVERIFY(qAbs(made.batches[i].loss - (double(i) * together + (together + 1) / 2)) < 1e-6);
    }
  }

  void changesAreMarkedOnTheCurve() {
    MetricSeries made = series(3);
    made.changes = {{"training.learning_rate", "0.002", 12, 2, 2}};
    CurvesPlot plot;
    plot.resize(600, 300);
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    plot.setSeries(&made);
    QCOMPARE(plot.marks(), 1);
    QStringList texts;
    for (int i = 0; i < plot.itemCount(); ++i) {
      if (const auto* text = qobject_cast<QCPItemText*>(plot.item(i))) {
        texts.append(text->text());
        QCOMPARE(text->position->key(), 1.2);
      }
    }
    QCOMPARE(texts, QStringList{"Learning rate 0.002"});
    made = series(1);
    plot.setSeries(&made);
    QCOMPARE(plot.marks(), 0);
  }

  void theRasterNeverMixesSamples() {
    RasterView view;
    view.setClassNames({"yinyang"});
    view.setSamples(100);
    auto probe = testing::emptyProbe(4);
    probe->sample = 0;
    probe->label = 1;
    probe->predicted = 1;
    view.setProbe(probe);
    QVERIFY2(view.verdict().contains("yin"), qPrintable(view.verdict()));
    view.setSample(7);  // asked for, not there yet
    QVERIFY2(!view.verdict().contains("yin"), qPrintable(view.verdict()));
    QVERIFY(view.verdict().contains("shown: sample 0"));
    view.setProblem("the data is gone");
    QVERIFY(view.verdict().contains("cannot be run"));
    auto next = testing::emptyProbe(4);
    next->sample = 7;
    view.setProblem({});
    view.setProbe(next);
    QVERIFY2(view.verdict().contains("yang,"), qPrintable(view.verdict()));
  }

  void neuronsArePicked() {
    NeuronPicker picker;
    picker.setLayers({16, 8});
    picker.setNeurons({{1, 15}, {2, 7}});
    QSignalSpy changed(&picker, &NeuronPicker::neuronsChanged);
    picker.setLayers({16});
    QCOMPARE(changed.count(), 1);
    QCOMPARE(picker.neurons().size(), std::size_t{1});
    picker.show();
    QTest::keyClick(picker.findChild<QWidget*>("traceNeuron"), Qt::Key_Up);
    QTest::mouseClick(picker.findChild<QWidget*>("traceAdd"), Qt::LeftButton);
    QCOMPARE(picker.neurons().size(), std::size_t{2});
    QCOMPARE(picker.neurons().back().neuron, 1);
  }
};

QTEST_MAIN(TestCurves)
#include "tst_curves.moc"
