// Levels of noise as people write them.
#include <QTest>

#include "core/values/noise_levels.h"
#include "datasets/error.h"

using namespace paralif;

class TestNoiseLevels : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void areReadAndWritten() {
    const auto levels = levels_of(" none, 0 5,-2.5 ", "levels");
    QCOMPARE(levels.size(), std::size_t{4});
    QVERIFY(!levels[0]);
    QVERIFY(levels[1] == 0.0 && levels[2] == 5.0 && levels[3] == -2.5);
    QCOMPARE(level_text(levels[0]), std::string("none"));
    QCOMPARE(level_text(levels[3]), std::string("-2.5 dB"));
    QVERIFY(!level_of("null", "levels"));
  }

  void whatIsNoLevelIsRefused_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("problem");
    QTest::newRow("word") << QByteArray("loud") << QByteArray("'loud' is no level");
    QTest::newRow("unit") << QByteArray("5dB") << QByteArray("'5dB' is no level");
    QTest::newRow("too large") << QByteArray("1e9") << QByteArray("-100 to 200");
    QTest::newRow("not finite") << QByteArray("nan") << QByteArray("-100 to 200");
    QTest::newRow("twice") << QByteArray("5, none, 5.0") << QByteArray("'5 dB' is given twice");
    QTest::newRow("nothing") << QByteArray(" , ") << QByteArray("is empty");
  }

  void whatIsNoLevelIsRefused() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, problem);
    try {
      (void)levels_of(text.toStdString(), "levels");
      QFAIL("taken");
    } catch (const Error& error) {
      QVERIFY2(QByteArray(error.what()).contains(problem), error.what());
      QCOMPARE(error.subject(), std::string("levels"));
    }
  }
};

QTEST_GUILESS_MAIN(TestNoiseLevels)
#include "tst_noise_levels.moc"
