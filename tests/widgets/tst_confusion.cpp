// The confusion matrix: counts, shares of rows, names and the diagonal's colour.
#include <QTest>

#include "widgets/views/confusion_view.h"

using namespace paralif;

class TestConfusion : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void showsCountsAndShares() {
    auto matrix = std::make_shared<ConfusionMatrix>();
    matrix->classes = 3;
    matrix->counts = {8, 1, 1, 0, 10, 0, 5, 0, 5};
    ConfusionView view;
    view.resize(360, 300);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    view.setMatrix(matrix, "yinyang");
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
};

QTEST_MAIN(TestConfusion)
#include "tst_confusion.moc"
