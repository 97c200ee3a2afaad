// Views of recorders: numbers in their cells, images in their places, choices that stay.
#include <QTableWidget>
#include <QTest>

#include "core/experiments/experiment.h"
#include "widgets/records/array_choice.h"
#include "widgets/records/delays_view.h"
#include "widgets/records/feature_maps_view.h"
#include "widgets/records/image_grid_plot.h"
#include "widgets/records/kernels_view.h"
#include "widgets/records/layers_view.h"
#include "widgets/records/record_views.h"
#include "widgets/views/player_bar.h"

using namespace paralif;

namespace {

std::shared_ptr<const Record> recordOf(std::vector<RecordArray> arrays,
                                       std::vector<std::string> labels = {}) {
  auto record = std::make_shared<Record>();
  record->labels = std::move(labels);
  record->arrays = std::move(arrays);
  return record;
}

Records layersRecord(float silent) {
  const float nan = std::nanf("");
  return {{"layers", recordOf({{"neurons", {2}, {100, nan}},
                               {"rate", {2}, {0.05F, nan}},
                               {"spikes", {2}, {250, nan}},
                               {"silent", {2}, {silent, nan}},
                               {"saturated", {2}, {0, nan}},
                               {"synaptic_operations", {2}, {12800, 2500}},
                               {"gradient_norm", {2}, {0.125F, 0.5F}}},
                              {"n1", "out"})},
          {"constants", recordOf({{"n1.tau_mem.mean", {2}, {0.0204F, 0.02F}},
                                  {"n1.threshold.mean", {2}, {1, 1}}})}};
}

/// Channel c of window w is c + 10 w everywhere.
Records mapsRecord(std::int64_t channels) {
  RecordArray maps{"n1", {2, channels, 2, 3}, {}};
  for (int window = 0; window < 2; ++window) {
    for (int channel = 0; channel < channels; ++channel) {
      maps.values.insert(maps.values.end(), 6, float(channel + 10 * window));
    }
  }
  return {{"feature_maps", recordOf({{"input", {1, 1, 1, 1}, {1}}, maps})}};
}

}  // namespace

class TestRecordViews : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyViewHasANameOfItsOwn() {
    QStringList names;
    for (RecordView* view : makeRecordViews()) {
      QVERIFY(!names.contains(view->name()));
      QVERIFY(!view->title().isEmpty());
      names.append(view->name());
      view->setRecords({});  // shows a hint
      delete view;
    }
  }

  void layersAreATable() {
    LayersView view;
    view.setRecords(layersRecord(3));
    const QTableWidget& table = view.table();
    QCOMPARE(table.rowCount(), 2);
    QStringList row;
    for (int column = 0; column < table.columnCount(); ++column) {
      row.append(table.item(0, column)->text());
    }
    QCOMPARE(row, (QStringList{"Hidden 1 (n1)", "100", "5", "3", "0", "250", "12800", "0.125",
                               "membrane 20.4 ms (20 ms at the start), threshold 1"}));
    QCOMPARE(table.item(1, 0)->text(), QString("Read-out (out)"));
    QCOMPARE(table.item(1, 1)->text(), QString("–"));
    QCOMPARE(table.item(1, 7)->text(), QString("0.5"));
    QVERIFY(table.item(0, 3)->toolTip().isEmpty());

    view.setRecords(layersRecord(40));
    QVERIFY(table.item(0, 3)->toolTip().startsWith("40 % of this layer"));
    QString csv;
    QTextStream out(&csv);
    view.writeCsv(out);
    QVERIFY(csv.contains("Hidden 1 (n1),100,5,40,0,250,12800,0.125,\"membrane"));
    view.setRecords({});
    QCOMPARE(table.rowCount(), 0);
  }

  void featureMapsAddUpTheirWindows() {
    FeatureMapsView view;
    view.resize(500, 400);
    view.show();
    view.setRecords(mapsRecord(4));
    QCOMPARE(view.layer().count(), 2);
    QCOMPARE(view.layer().itemText(0), QString("Input"));
    view.layer().setCurrentIndex(1);
    Q_EMIT view.layer().chosenByUser();
    QCOMPARE(view.plot().images().images.size(), std::size_t{4});
    QCOMPARE(view.plot().images().images[3][0], 3.0F + 13.0F);
    QVERIFY(!view.player().isHidden());
    Q_EMIT view.player().used();  // one window alone
    QCOMPARE(view.plot().images().images[3][0], 3.0F);
    // More channels come; the choice stays.
    view.setRecords(mapsRecord(6));
    QCOMPARE(view.layer().chosen(), QString("n1"));
    QCOMPARE(view.plot().images().images.size(), std::size_t{6});
  }

  void imagesStandSideBySide() {
    ImageGridPlot plot("images");
    plot.resize(400, 200);
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    ImageGridPlot::Images images;
    images.width = 3;
    images.height = 3;
    images.inGroup = 2;
    images.scale = ImageGridPlot::Scale::aroundZero;
    images.images = {std::vector<float>(9, 1.0F), std::vector<float>(9, -1.0F),
                     std::vector<float>(9, -1.0F), std::vector<float>(9, 1.0F)};
    plot.setImages(images);
    plot.replot();
    const QImage shown = plot.toPixmap().toImage();
    const auto at = [&](double x, double y) {
      return shown.pixelColor(int(plot.xAxis->coordToPixel(x)), int(plot.yAxis->coordToPixel(y)));
    };
    const Theme& theme = Theme::of(plot.palette());
    QCOMPARE(at(1.5, 1.5), theme.series[0]);
    QCOMPARE(at(5.5, 1.5), theme.series[1]);  // behind a gap of one
    QVERIFY(at(3.5, 1.5) != theme.series[0] && at(3.5, 1.5) != theme.series[1]);
    QString csv;
    QTextStream out(&csv);
    plot.writeCsv(out);
    QVERIFY(csv.contains("0,1,2,2,-1"));
  }

  void kernelsOfDamagedRecordsAreNotShown() {
    KernelsView view;
    view.setRecords({{"kernels", recordOf({{"c1", {2, 1, 3, 3}, std::vector<float>(18, 0.5F)},
                                           {"bad", {3}, {1, 2, 3}}})}});
    QCOMPARE(view.plot().images().images.size(), std::size_t{2});
    view.layer().setCurrentIndex(1);
    Q_EMIT view.layer().chosenByUser();
    QVERIFY(view.plot().images().images.empty());
  }

  void delaysAreShownBesideTheirStart() {
    DelaysView view;
    view.resize(400, 300);
    view.show();
    view.setRecords({{"constants", recordOf({{"d1.delay.edges", {4}, {-0.5F, 0.5F, 1.5F, 2.5F}},
                                             {"d1.delay.now", {3}, {1, 2, 1}},
                                             {"d1.delay.start", {3}, {2, 0, 2}},
                                             {"n1.tau_mem.mean", {2}, {0.02F, 0.02F}}})}});
    QCOMPARE(view.value().count(), 1);
    QCOMPARE(view.value().currentText(), QString("d1, delay"));
    QCOMPARE(view.plot().graph(1)->data()->at(1)->value, 50.0);  // %
    QCOMPARE(view.plot().graph(0)->data()->at(1)->value, 0.0);
    QCOMPARE(view.plot().xAxis->label(), QString("Delay (steps)"));
    // Counts that do not go with the edges are not guessed at.
    view.setRecords({{"constants", recordOf({{"d1.delay.edges", {2}, {0, 1}},
                                             {"d1.delay.now", {3}, {1, 2, 1}},
                                             {"d1.delay.start", {3}, {2, 0, 2}}})}});
    QVERIFY(view.plot().spread().edges.empty());
  }

  void viewsSayWhatTheyApplyTo() {
    Experiment dense;
    Experiment convolutional;
    convolutional.network.layers.layers = {{"c1", "conv2d", {}}};
    Experiment delayed;
    delayed.network.layers.layers = {{"d1", "learned_delay", {}}};
    KernelsView kernels;
    FeatureMapsView maps;
    DelaysView delays;
    QVERIFY(!kernels.applies(dense) && kernels.applies(convolutional));
    QVERIFY(!maps.applies(dense) && maps.applies(convolutional) && !maps.applies(delayed));
    QVERIFY(!delays.applies(dense) && delays.applies(delayed));
  }
};

QTEST_MAIN(TestRecordViews)
#include "tst_record_views.moc"
