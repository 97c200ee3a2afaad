// `paralif test`: repeats what a run recorded, by class, with noise and with rounded weights.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include "tests/app/cli/paralif_process.h"

class TestTestCli : public QObject {
  Q_OBJECT

 private:
  using Result = paralif::testing::CliResult;
  QTemporaryDir dir_;
  QString folder_;

  [[nodiscard]] Result run(const QStringList& arguments) const {
    return paralif::testing::runParalif(dir_.path(), arguments);
  }
  [[nodiscard]] QJsonObject tested(const QStringList& more) const {
    const Result result = run(QStringList{"test", folder_, "--json"} + more);
    return QJsonDocument::fromJson(result.out.toUtf8()).object();
  }
  [[nodiscard]] QStringList lines(const QString& name) const {
    QFile file(dir_.filePath(name));
    if (!file.open(QIODevice::ReadOnly)) return {};
    return QString::fromUtf8(file.readAll()).split('\n', Qt::SkipEmptyParts);
  }

 private Q_SLOTS:
  void initTestCase() {
    const Result trained =
        run({"train", "--dataset", "yinyang", "--steps", "20", "--hidden_size", "24", "--nb_layers",
             "1", "--nb_epochs", "3", "--validation", "0.1", "--dir", dir_.filePath("runs")});
    QVERIFY2(trained.status == 0, qPrintable(trained.error));
    folder_ = paralif::testing::runFolderOf(trained);
  }

  void repeatsTheRecordedAccuracyExactly() {
    const QJsonObject json = tested({});
    QCOMPARE(json["samples"].toInt(), 1000);
    QVERIFY(json["accuracy"].toDouble() > 0.34);
    QCOMPARE(json["accuracy"].toDouble(), json["recorded_accuracy"].toDouble());
    QCOMPARE(json["layers"].toArray().size(), 1);
    QVERIFY(json["layers"].toArray()[0].toObject()["spikes"].toDouble() > 0);
  }

  void writesWhatItPredicts() {
    const QJsonObject json = tested({"--predictions", dir_.filePath("p.csv"), "--confusion",
                                     dir_.filePath("c.csv")});
    const QStringList predictions = lines("p.csv");
    QCOMPARE(predictions.size(), 1001);
    QCOMPARE(predictions.first(), QString("sample,label,predicted,right,confidence"));
    int right = 0;
    for (const QString& line : predictions.mid(1)) {
      const QStringList cells = line.split(',');
      QCOMPARE(cells.size(), 5);
      QCOMPARE(cells[3] == "1", cells[1] == cells[2]);
      right += cells[3].toInt();
      QVERIFY(cells[4].toDouble() > 0.33 && cells[4].toDouble() <= 1.0);
    }
    QCOMPARE(right / 1000.0, json["accuracy"].toDouble());
    const QStringList confusion = lines("c.csv");
    QCOMPARE(confusion.size(), 4);
    int diagonal = 0;
    for (int i = 0; i < 3; ++i) diagonal += confusion[i + 1].split(',')[i + 1].toInt();
    QCOMPARE(diagonal, right);
  }

  void testsOtherParts() {
    const QJsonObject validation = tested({"--part", "validation"});
    QVERIFY(validation["samples"].toInt() > 0);
    QVERIFY(validation["recorded_accuracy"].isNull());
    QVERIFY(tested({"--part", "training"})["samples"].toInt() > validation["samples"].toInt());
    const Result other = run({"test", folder_, "--part", "exam"});
    QVERIFY(other.status != 0);
    QVERIFY2(other.error.contains("part: 'exam' is unknown"), qPrintable(other.error));
  }

  void roundsWeightsAndAddsNoise() {
    const double plain = tested({})["accuracy"].toDouble();
    const QJsonObject json = tested({"--bits", "16,2"});
    const QJsonArray rounded = json["rounded"].toArray();
    QCOMPARE(rounded.size(), 2);
    QCOMPARE(json["accuracy"].toDouble(), plain);
    QVERIFY(qAbs(rounded[0].toObject()["accuracy"].toDouble() - plain) < 0.02);
    QVERIFY(rounded[1].toObject()["accuracy"].toDouble() != plain);
    const QJsonObject noisy = tested({"--noise", "0"});
    QVERIFY(noisy["accuracy"].toDouble() != plain);
    QVERIFY(noisy["recorded_accuracy"].isNull());
    const Result wrong = run({"test", folder_, "--bits", "1"});
    QVERIFY(wrong.status != 0);
    QVERIFY2(wrong.error.contains("bits"), qPrintable(wrong.error));
  }

  void saysWhatIsNoRun() {
    const Result none = run({"test", dir_.filePath("nothing")});
    QVERIFY(none.status != 0);
    QVERIFY2(none.error.contains("nothing"), qPrintable(none.error));
    const Result unwritable = run({"test", folder_, "--predictions", "/nowhere/p.csv"});
    QVERIFY(unwritable.status != 0);
    QVERIFY2(unwritable.error.contains("/nowhere"), qPrintable(unwritable.error));
  }
};

QTEST_GUILESS_MAIN(TestTestCli)
#include "tst_test_cli.moc"
