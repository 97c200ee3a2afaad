// Learning curves, rates and membranes fed with values made by hand.
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

#include "tests/widgets/probes.h"
#include "widgets/views/curves_view.h"
#include "widgets/views/membrane_view.h"
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
        made.batches.push_back({(epoch - 1) * 10 + batch, epoch, batch, 1.0 / double(epoch), 0.5});
      }
      EpochMetrics metrics;
      metrics.epoch = epoch;
      metrics.train_loss = 1.0 / double(epoch);
      metrics.test_loss = 1.1 / double(epoch);
      metrics.train_accuracy = 0.5 + 0.04 * double(epoch);
      metrics.test_accuracy = 0.5 + 0.03 * double(epoch);
      metrics.layer_rates = {0.05, 0.02};
      metrics.layer_spikes = {640.0, 128.0};
      made.epochs.push_back(metrics);
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
    trace.name = "Hidden 1 · neuron 3";
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
