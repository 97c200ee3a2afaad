// `paralif robustness`: levels, the published file, finished runs, and what is refused.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include "tests/app/cli/paralif_process.h"

class TestRobustnessCli : public QObject {
  Q_OBJECT

 private:
  using Result = paralif::testing::CliResult;
  QTemporaryDir dir_;

  [[nodiscard]] Result run(const QStringList& arguments) const {
    return paralif::testing::runParalif(dir_.path(), arguments);
  }

  const QStringList small_{"--dataset", "yinyang", "--steps", "20", "--hidden_size", "24",
                           "--nb_layers", "1", "--batch_size", "128"};

 private Q_SLOTS:
  void writesThePublishedFile() {
    const QString path = dir_.filePath("robustness.json");
    const Result result = run(QStringList{"robustness", "--preset", "published", "--nb_epochs", "3",
                                          "--repeats", "3",
                                          "--levels", "none", "0", "20", "--out", path} +
                              small_);
    QVERIFY2(result.status == 0, qPrintable(result.error));
    QVERIFY2(result.out.contains("none") && result.out.contains("20 dB"), qPrintable(result.out));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    QCOMPARE(json["train_accuracies"].toArray().size(), 3);
    QVERIFY(json["train_duration"].isDouble());
    QVERIFY(json["nb_spikes"].isNull() && json["test_duration"].isNull());
    const QJsonObject tests = json["test_accuracies"].toObject();
    QCOMPARE(tests.keys(), (QStringList{"0", "20", "null"}));
    const auto mean = [&](const char* level) {
      double sum = 0.0;
      for (const QJsonValue one : tests[level].toArray()) sum += one.toDouble() / 3;
      return sum;
    };
    // Without noise every test is the same, and the most noise costs most.
    QCOMPARE(tests["null"].toArray()[0], tests["null"].toArray()[2]);
    QVERIFY2(mean("null") > 0.5, qPrintable(QString::number(mean("null"))));
    QVERIFY2(mean("0") < mean("20"), qPrintable(QString("%1 %2").arg(mean("0")).arg(mean("20"))));
    QCOMPARE(json["PARAMS"].toObject()["noise_type"].toString(), QString("Flip"));
    QVERIFY(json["PARAMS"].toObject()["train_noise_level"].isNull());
    QCOMPARE(json["PARAMS"].toObject()["schedule"].toString(), QString("none"));
  }

  void trainsWithNoise() {
    const auto trained = [&](const QString& noise) {
      const Result result = run(QStringList{"robustness", "--nb_epochs", "1", "--repeats", "1",
                                            "--levels", "none", "--json", "--train_noise_level",
                                            noise} +
                                small_);
      return QJsonDocument::fromJson(result.out.toUtf8()).object();
    };
    const QJsonObject clean = trained("none");
    const QJsonObject noisy = trained("0");
    QCOMPARE(noisy["PARAMS"].toObject()["train_noise_level"].toDouble(), 0.0);
    QVERIFY(!noisy["PARAMS"].toObject()["train_noise_level"].isNull());
    QCOMPARE(noisy["train_accuracies"].toArray().size(), 1);
    QVERIFY(clean["train_accuracies"] != noisy["train_accuracies"]);
  }

  void testsAFinishedRun() {
    const Result trained = run(QStringList{"train", "--nb_epochs", "2"} + small_);
    QVERIFY2(trained.status == 0, qPrintable(trained.error));
    const QString folder = paralif::testing::runFolderOf(trained);
    const Result result = run({"robustness", "--run", folder, "--levels", "none", "--repeats", "1",
                               "--json"});
    QVERIFY2(result.status == 0, qPrintable(result.error));
    const QJsonObject json = QJsonDocument::fromJson(result.out.toUtf8()).object();
    QFile file(folder + "/results.json");
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject recorded = QJsonDocument::fromJson(file.readAll()).object();
    QCOMPARE(json["test_accuracies"].toObject()["null"].toArray()[0].toDouble(),
             recorded["test_accuracies"].toArray()[0].toDouble());
  }

  void refusesWhatCannotBe() {
    const auto refused = [&](const QStringList& arguments, const char* part) {
      const Result result = run(QStringList{"robustness"} + arguments);
      QCOMPARE(result.status, 2);
      QVERIFY2(result.error.contains(part), qPrintable(result.error));
    };
    refused({"--levels", "loud"}, "loud");
    refused({"--noise_type", "Gauss"}, "Flip");
    refused({"--run", dir_.path(), "--train_noise_level", "5"}, "exclude");
    const Result missing = run({"robustness", "--run", dir_.filePath("none")});
    QVERIFY(missing.status != 0);
    QVERIFY2(missing.error.contains("none"), qPrintable(missing.error));
  }
};

QTEST_GUILESS_MAIN(TestRobustnessCli)
#include "tst_robustness_cli.moc"
