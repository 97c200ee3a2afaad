// Spikes are painted where they belong, by either painter, and a million of them at once.
#include <QElapsedTimer>
#include <QTest>

#include <algorithm>

#include "tests/widgets/probes.h"
#include "widgets/views/raster_view.h"
#include "widgets/views/probe_names.h"

using namespace paralif;

class TestSpikeRaster : public QObject {
  Q_OBJECT

 private:
  /// Whether the layer's colour is near the place of a spike.
  static bool painted(RasterPlot& plot, const QImage& image, std::size_t layer, double timeMs,
                      double neuron) {
    const SpikeRaster& raster = plot.raster();
    const double count = double(raster.probe()->layers[layer].neurons);
    const double height = raster.laneHeight(layer);
    const double value =
        raster.laneBegin(layer) + height * (0.06 + 0.88 * (neuron + 0.5) / count);
    const int x = int(plot.xAxis->coordToPixel(timeMs));
    const int y = int(plot.yAxis->coordToPixel(value));
    const QColor colour = Theme::of(plot.palette()).layerColor(qint64(layer));
    for (int dx = -2; dx <= 2; ++dx) {
      for (int dy = -2; dy <= 2; ++dy) {
        if (image.pixelColor(x + dx, y + dy) == colour) return true;
      }
    }
    return false;
  }

 private Q_SLOTS:
  void paintsSpikesInPlace() {
    auto probe = testing::emptyProbe(100);
    LayerActivity input;
    input.id = "Input";
    input.neurons = 4;
    input.spikes = {{10, 0}, {50, 3}};
    LayerActivity hidden;
    hidden.id = "Hidden 1";
    hidden.neurons = 10;
    hidden.spikes = {{20, 5}, {80, 9}};
    probe->layers = {input, hidden};

    RasterPlot plot;
    plot.resize(600, 400);
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    plot.setProbe(probe);
    plot.replot();
    const QImage image = plot.toPixmap().toImage();
    QVERIFY(painted(plot, image, 0, 10.5, 0));
    QVERIFY(painted(plot, image, 0, 50.5, 3));
    QVERIFY(painted(plot, image, 1, 20.5, 5));
    QVERIFY(painted(plot, image, 1, 80.5, 9));
    QVERIFY(!painted(plot, image, 0, 30.5, 0));
    QVERIFY(!painted(plot, image, 1, 50.5, 3));

    const auto place = plot.raster().placeAt(plot.raster().laneBegin(1) +
                                             plot.raster().laneHeight(1) * 0.5);
    QVERIFY(place.valid);
    QCOMPARE(place.layer, std::size_t{1});
    QCOMPARE(place.neuron, 5);
  }

  /// By place and id; recordings of version 0.1 have titles where ids are now.
  void layersAreCalledByPlaceAndId() {
    SampleProbe probe;
    for (const char* id : {"input", "1", "n2", "Hidden 3"}) {
      LayerActivity layer;
      layer.id = id;
      probe.layers.push_back(layer);
    }
    QCOMPARE(layerTitle(probe, 0), QString("Input"));
    QCOMPARE(layerTitle(probe, 1), QString("Hidden 1"));
    QCOMPARE(layerTitle(probe, 2), QString("Hidden 2 (n2)"));
    QCOMPARE(layerTitle(probe, 3), QString("Hidden 3"));
    MembraneTrace trace;
    trace.layer = 3;
    trace.neuron = 2;
    QCOMPARE(traceTitle(probe, trace), QString("Hidden 3 · neuron 2"));
    probe.readout = {trace};
    QCOMPARE(traceTitle(probe, trace), QString("Read-out · class 2"));
  }

  void namesOfLowLanesLieAcross() {
    RasterPlot plot;
    auto probe = std::make_shared<SampleProbe>();
    for (const char* name : {"Input", "Hidden 1", "Hidden 2"}) {
      LayerActivity layer;
      layer.id = name;
      layer.neurons = 40;
      probe->layers.push_back(layer);
    }
    probe->steps = 100;
    plot.resize(500, 130);
    plot.show();
    plot.setProbe(probe);
    plot.resize(500, 120);  // before the new probe is drawn
    QTRY_COMPARE(plot.yAxis->tickLabelRotation(), 0.0);
    plot.resize(500, 900);
    QTRY_COMPARE(plot.yAxis->tickLabelRotation(), -90.0);
  }

  void paintsDenseSpikesInPlace() {
    auto probe = testing::emptyProbe(100);
    LayerActivity layer;
    layer.id = "Input";
    layer.neurons = 100;
    for (std::int32_t step = 0; step < 100; ++step) {
      if (step >= 40 && step < 60) continue;
      for (std::int32_t neuron = 0; neuron < 100; ++neuron) layer.spikes.push_back({step, neuron});
    }
    probe->layers = {layer};
    RasterPlot plot;
    plot.resize(600, 400);
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    plot.setProbe(probe);
    plot.replot();
    const QImage image = plot.toPixmap().toImage();
    QVERIFY(painted(plot, image, 0, 20.5, 50));
    QVERIFY(painted(plot, image, 0, 70.5, 99));
    QVERIFY(!painted(plot, image, 0, 50.5, 50));
  }

  void paintsAMillionSpikesQuickly() {
    auto probe = testing::emptyProbe(10000);
    probe->layers.push_back(testing::randomLayer("Input", 1000, 10000, 0.1, 7));
    const auto spikes = probe->layers[0].spikes.size();
    QVERIFY(spikes > 950000);
    RasterPlot plot;
    plot.resize(1000, 600);
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    plot.setProbe(probe);
    qint64 best = 1000000;
    for (int i = 0; i < 5; ++i) {
      QElapsedTimer clock;
      clock.start();
      plot.replot();
      best = std::min(best, clock.nsecsElapsed() / 1000);
    }
    qInfo("%zu spikes painted in %.1f ms", spikes, double(best) / 1000.0);
    QVERIFY(best < 50000);
  }
};

QTEST_MAIN(TestSpikeRaster)
#include "tst_spike_raster.moc"
