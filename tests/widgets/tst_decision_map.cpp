// The decision map: colours of classes, the true outline, and clicks.
#include <QSignalSpy>
#include <QTest>

#include "datasets/yin_yang.h"
#include "widgets/views/decision_map_view.h"
#include "widgets/views/yin_yang_outline.h"

using namespace paralif;

class TestDecisionMap : public QObject {
  Q_OBJECT

 private:
  static std::shared_ptr<DecisionMap> perfectMap(int side) {
    auto map = std::make_shared<DecisionMap>();
    map->side = side;
    map->epoch = 1;
    for (int row = 0; row < side; ++row) {
      for (int column = 0; column < side; ++column) {
        const double x = double(column) / (side - 1);
        const double y = double(row) / (side - 1);
        map->predicted.push_back(static_cast<std::int8_t>(yin_yang_class(x, y)));
        map->confidence.push_back(1.0F);
      }
    }
    return map;
  }

 private Q_SLOTS:
  void ownPointsAreDrawn() {
    DecisionMapView view;
    auto points = std::make_shared<std::vector<PlanePoint>>();
    for (int i = 0; i < 5000; ++i) {
      points->push_back({float(i) / 5000.0F, 0.5F, std::int64_t(i % 2)});
    }
    view.plot().setPoints(points);
    QCOMPARE(view.plot().graphCount(), 2);  // one a class, in the class's colour
    const Theme& colours = Theme::of(view.palette());
    for (int label = 0; label < 2; ++label) {
      QCOMPARE(view.plot().graph(label)->scatterStyle().brush().color(),
               colours.classColor(label));
    }
    QVERIFY(view.plot().pointsDrawn() > 1000 && view.plot().pointsDrawn() <= 2000);
    view.plot().setPoints(nullptr);
    QCOMPARE(view.plot().pointsDrawn(), 0);
  }

  void paintsClassesAndConfidence() {
    DecisionMapPlot plot;
    plot.resize(400, 400);
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    auto map = perfectMap(48);
    map->predicted[0] = -1;       // x = 0, y = 0: not reached yet
    map->confidence[1] = 1.0F / 3;
    plot.setMap(map);
    const QImage& image = plot.item().image();
    QCOMPARE(image.size(), QSize(48, 48));
    const Theme& theme = Theme::of(plot.palette());
    for (const auto& [row, column] : {std::pair{24, 12}, {24, 36}, {36, 20}, {10, 24}, {24, 2}}) {
      const int label = map->predicted[static_cast<std::size_t>(row * 48 + column)];
      QCOMPARE(image.pixel(column, 47 - row), decisionColor(theme, label, 1.0F, 3));
    }
    QCOMPARE(image.pixel(0, 47), decisionColor(theme, -1, 1.0F, 3));
    QVERIFY(image.pixel(1, 47) != image.pixel(2, 47));
    QVERIFY(decisionColor(theme, 0, 1.0F, 3) != decisionColor(theme, 1, 1.0F, 3));
    QVERIFY(decisionColor(theme, 1, 1.0F, 3) != decisionColor(theme, 2, 1.0F, 3));

    plot.replot();
    const QImage shown = plot.toPixmap().toImage();
    const QPoint dot(int(plot.xAxis->coordToPixel(0.75)), int(plot.yAxis->coordToPixel(0.5)));
    QCOMPARE(shown.pixel(dot), decisionColor(theme, 2, 1.0F, 3));
  }

  void theKeyFitsTheThemeAndNamesTheSpeckle() {
    DecisionMapView view;
    view.setPalette(Theme::light().palette());
    QVERIFY(view.key().contains("pale: unsure"));
    QVERIFY(view.key().contains("speckle: random input trains"));
    view.setPalette(Theme::night().palette());
    QVERIFY(!view.key().contains("pale"));
    QVERIFY(view.key().contains("dark: unsure"));
    view.setClassNames({"points", {"a", "b<c"}});
    view.setClasses(2);
    QVERIFY(view.key().contains("b&lt;c"));
    QVERIFY(view.key().contains(Theme::night().classColor(1).name()));
    QVERIFY(!view.key().contains(Theme::night().classColor(2).name()));
  }

  void outlineLiesOnTheBorders() {
    QVERIFY(yinYangOutline().size() > 300);
    constexpr double near = 7e-3;  // a cell of the grid: where three classes meet
    for (const QLineF& line : yinYangOutline()) {
      QVERIFY(line.length() < 0.02);
      const double x = line.p1().x();
      const double y = line.p1().y();
      const auto kind = [](double px, double py) {
        return yin_yang_inside(px, py) ? int(yin_yang_class(px, py)) : -1;
      };
      int differing = 0;
      for (int i = 0; i < 16; ++i) {
        const double angle = i * 0.3927;
        differing += kind(x + near * std::cos(angle), y + near * std::sin(angle)) !=
                     kind(x - near * std::cos(angle), y - near * std::sin(angle));
      }
      QVERIFY2(differing > 0, qPrintable(QString("%1 %2").arg(x).arg(y)));
    }
  }

  void keepsProportions() {
    DecisionMapPlot plot;
    plot.resize(600, 300);
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    plot.setMap(perfectMap(16));
    plot.replot();
    plot.follow();
    const double across = plot.xAxis->coordToPixel(1.0) - plot.xAxis->coordToPixel(0.0);
    const double up = plot.yAxis->coordToPixel(0.0) - plot.yAxis->coordToPixel(1.0);
    QVERIFY2(qAbs(across - up) < 2.0, qPrintable(QString("%1 %2").arg(across).arg(up)));
  }

  void tellsWhereItIsClicked() {
    DecisionMapPlot plot;
    plot.resize(400, 400);
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    plot.setMap(perfectMap(16));
    plot.replot();
    QSignalSpy clicks(&plot, &DecisionMapPlot::pointClicked);
    const QPoint at(int(plot.xAxis->coordToPixel(0.3)), int(plot.yAxis->coordToPixel(0.6)));
    QTest::mouseClick(&plot, Qt::LeftButton, {}, at);
    QCOMPARE(clicks.count(), 1);
    const QPointF point = clicks[0][0].toPointF();
    QVERIFY(qAbs(point.x() - 0.3) < 0.01 && qAbs(point.y() - 0.6) < 0.01);
    QVERIFY(plot.isFollowing());
  }
};

QTEST_MAIN(TestDecisionMap)
#include "tst_decision_map.moc"
