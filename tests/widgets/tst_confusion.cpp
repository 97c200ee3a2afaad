// The confusion matrix: counts, shares of rows, names and the diagonal's colour.
#include <QTest>

#include "widgets/views/confusion_view.h"

using namespace paralif;

class TestConfusion : public QObject {
  Q_OBJECT

 private:
  /// Three of four right, the fourth taken for the class before.
  static std::shared_ptr<ConfusionMatrix> even(qint64 classes) {
    auto matrix = std::make_shared<ConfusionMatrix>();
    matrix->classes = classes;
    matrix->counts.assign(static_cast<std::size_t>(classes * classes), 0);
    for (qint64 i = 0; i < classes; ++i) {
      matrix->counts[static_cast<std::size_t>(i * classes + i)] = 3;
      matrix->counts[static_cast<std::size_t>(i * classes + (i + classes - 1) % classes)] = 1;
    }
    return matrix;
  }

 private Q_SLOTS:
  void showsCountsAndShares() {
    auto matrix = std::make_shared<ConfusionMatrix>();
    matrix->classes = 3;
    matrix->counts = {8, 1, 1, 0, 10, 0, 5, 0, 5};
    ConfusionView view;
    view.resize(360, 300);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    view.setMatrix(matrix, {"yinyang"});
    QCOMPARE(view.countAt(0, 0), 8);
    QCOMPARE(view.countAt(2, 0), 5);
    QCOMPARE(view.countAt(3, 0), -1);
    QCOMPARE(view.shareAt(0, 0), 0.8);
    QCOMPARE(view.shareAt(2, 1), 0.0);

    view.replot();
    const QImage image = view.toPixmap().toImage();
    const auto colourAt = [&](double predicted, double truth) {
      return image.pixelColor(int(view.xAxis->coordToPixel(predicted - 0.42)),
                              int(view.yAxis->coordToPixel(truth - 0.42)));
    };
    const Theme& theme = Theme::of(view.palette());
    QCOMPARE(colourAt(1, 1), mix(theme.surface, theme.series[0], 0.85));
    QCOMPARE(colourAt(0, 2), mix(theme.surface, theme.series[1], 0.45));

    QString text;
    QTextStream out(&text);
    view.writeCsv(out);
    QVERIFY(text.contains("dot,yang,5,0.5"));
  }

  void namesAndNumbersHaveRoom_data() {
    QTest::addColumn<int>("classes");
    QTest::addColumn<QString>("dataset");
    QTest::newRow("SHD") << 20 << "heidelberg";
    QTest::newRow("SSC") << 35 << "ssc";
  }
  void namesAndNumbersHaveRoom() {
    QFETCH(int, classes);
    QFETCH(QString, dataset);
    ConfusionView view;
    view.resize(360, 280);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    view.setMatrix(even(classes), {dataset});
    view.replot();
    const int line = QFontMetrics(view.yAxis->tickLabelFont()).height();
    QVERIFY(view.namesShown() > 1);
    QVERIFY(view.namesShown() * line <= view.axisRect()->height() + line);
    QVERIFY(view.xAxis->tickLabelRotation() != 0.0);
    QVERIFY2(view.axisRect()->height() > 120, qPrintable(QString::number(view.axisRect()->height())));
    // Larger: more names, up to all of them.
    view.resize(1400, 1200);
    QCoreApplication::processEvents();
    view.replot();
    QCOMPARE(view.namesShown(), qsizetype(classes));
  }

  void manyClassesAreOneImage() {
    ConfusionView view;
    view.resize(360, 280);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    view.setMatrix(even(3000), {"ssc"});
    view.replot();
    QCOMPARE(view.image().size(), QSize(1000, 1000));
    QVERIFY(view.namesShown() < 60);
    QCOMPARE(view.shareAt(2999, 2999), 0.75);
    const Theme& theme = Theme::of(view.palette());
    QCOMPARE(view.image().pixel(500, 500), mix(theme.surface, theme.series[0], 0.65).rgb());
    QCOMPARE(view.image().pixel(500, 501), mix(theme.surface, theme.series[1], 0.25).rgb());
    QCOMPARE(view.image().pixel(10, 500), mix(theme.surface, theme.series[1], 0.05).rgb());
  }
};

QTEST_MAIN(TestConfusion)
#include "tst_confusion.moc"
