// One colour a class, told apart, and the same in every view.
#include <QTest>

#include "widgets/theme/class_colors.h"
#include "widgets/theme/theme.h"
#include "widgets/views/class_balance_view.h"

using namespace paralif;

class TestClassColors : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void classesAreToldApart_data() {
    QTest::addColumn<int>("classes");
    QTest::addColumn<double>("least");
    QTest::newRow("N-MNIST") << 10 << 15.0;
    QTest::newRow("SHD") << 20 << 12.0;
    QTest::newRow("SSC") << 35 << 8.0;
  }
  void classesAreToldApart() {
    QFETCH(int, classes);
    QFETCH(double, least);
    for (const Theme* theme : {&Theme::light(), &Theme::night()}) {
      for (int i = 0; i < classes; ++i) {
        for (int j = 0; j < i; ++j) {
          const double apart = colorDistance(theme->classColor(i), theme->classColor(j));
          QVERIFY2(apart >= least, qPrintable(QString("%1 and %2: %3").arg(i).arg(j).arg(apart)));
        }
      }
    }
  }

  void theSeriesComesFirst() {
    for (const Theme* theme : {&Theme::light(), &Theme::night()}) {
      for (std::size_t i = 0; i < theme->series.size(); ++i) {
        QCOMPARE(theme->classColor(qint64(i)), theme->series[i]);
      }
      QCOMPARE(theme->classColor(-1), theme->border);
    }
  }

  void aBarHasTheColourOfItsClass() {
    ClassBalanceView view;
    view.resize(400, 260);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    view.setCounts({10, 10, 10}, {"yin", "yang", "dot"});
    view.setCurrent(2);
    view.replot();
    const QImage image = view.toPixmap().toImage();
    const QColor seen = image.pixelColor(int(view.xAxis->coordToPixel(2.0)),
                                         int(view.yAxis->coordToPixel(5.0)));
    QCOMPARE(seen, Theme::of(view.palette()).classColor(2));
  }
};

QTEST_MAIN(TestClassColors)
#include "tst_class_colors.moc"
