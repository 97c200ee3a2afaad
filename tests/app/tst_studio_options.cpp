// Options of paralif-studio: what is read and what is refused.
#include <QTest>

#include "app/studio/options.h"
#include "datasets/error.h"

using namespace paralif;

class TestStudioOptions : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void readsAll() {
    const StudioOptions options =
        readOptions({"--preset", "yinyang-lif", "--theme", "dark", "--screenshot", "a.png",
                     "--size", "1280x800", "--scale", "2", "--after-epochs", "3"});
    QCOMPARE(options.preset, QString("yinyang-lif"));
    QCOMPARE(options.theme, QString("dark"));
    QCOMPARE(options.size, QSize(1280, 800));
    QCOMPARE(options.scale, 2.0);
    QCOMPARE(options.afterEpochs, 3);
    QVERIFY(options.start);
    QVERIFY(!options.remember);
  }

  void refuses_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("unknown") << QStringList{"--nonsense"};
    QTest::newRow("preset") << QStringList{"--preset", "nonsense"};
    QTest::newRow("theme") << QStringList{"--theme", "pink"};
    QTest::newRow("size") << QStringList{"--size", "12"};
    QTest::newRow("tiny") << QStringList{"--size", "12x12"};
    QTest::newRow("scale") << QStringList{"--scale", "-1"};
    QTest::newRow("epochs") << QStringList{"--screenshot", "a.png", "--after-epochs", "0"};
    QTest::newRow("epochs alone") << QStringList{"--after-epochs", "3"};
    QTest::newRow("no such file") << QStringList{"/no/such/file.json"};
    QTest::newRow("two files") << QStringList{"/tmp", "/"};
  }
  void refuses() {
    QFETCH(QStringList, arguments);
    QVERIFY_EXCEPTION_THROWN(readOptions(arguments), Error);
  }
};

QTEST_GUILESS_MAIN(TestStudioOptions)
#include "tst_studio_options.moc"
