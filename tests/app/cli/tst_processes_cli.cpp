// `paralif train --processes N`: the same losses as one process, and what happens when one of them
// fails, is killed or is told to stop.
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <csignal>

#include "tests/app/cli/paralif_process.h"

class TestProcessesCli : public QObject {
  Q_OBJECT

 private:
  using Result = paralif::testing::CliResult;
  QTemporaryDir dir_;

  [[nodiscard]] Result run(const QStringList& arguments) const {
    return paralif::testing::runParalif(dir_.path(), arguments);
  }
  [[nodiscard]] static QStringList yinYang(const QString& epochs) {
    return {"train", "--dataset", "yinyang", "--steps", "20", "--hidden", "16", "--nb_epochs",
            epochs};
  }
  /// Training and test loss of every epoch.
  [[nodiscard]] static QList<double> losses(const Result& result) {
    QList<double> all;
    for (const QString& line : result.out.split('\n')) {
      const QJsonObject one = QJsonDocument::fromJson(line.toUtf8()).object();
      if (one.contains("train_loss")) all << one["train_loss"].toDouble() << one["test_loss"].toDouble();
    }
    return all;
  }
  void compare(const QStringList& arguments, const QString& processes, int strict = 6) const {
    const Result one = run(arguments + QStringList{"--json", "--no-record"});
    const Result several =
        run(arguments + QStringList{"--json", "--no-record", "--processes", processes});
    QVERIFY2(one.status == 0, qPrintable(one.error));
    QVERIFY2(several.status == 0, qPrintable(several.error));
    const QList<double> expected = losses(one);
    const QList<double> found = losses(several);
    QCOMPARE(expected.size(), 6);
    QCOMPARE(found.size(), 6);
    for (int i = 0; i < found.size(); ++i) {
      // Sums in another order round otherwise, and in the end a spike more is fired.
      QVERIFY2(std::abs(found[i] - expected[i]) < (i < strict ? 1e-5 : 1e-3),
               qPrintable(QString("%1: %2 and %3").arg(i).arg(found[i]).arg(expected[i])));
    }
  }
  /// Started, and in the middle of its first epochs.
  void begin(QProcess& process, const QStringList& arguments) const {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("PARALIF_RUNS", dir_.filePath("runs"));
    process.setProcessEnvironment(environment);
    process.start(PARALIF_BIN_DIR "/paralif", arguments);
    QVERIFY(process.waitForStarted());
    QByteArray said;
    QElapsedTimer clock;
    clock.start();
    while (!said.contains("Epoch 2/") && clock.elapsed() < 60000) {
      process.waitForReadyRead(100);
      said += process.readAllStandardOutput();
    }
    QVERIFY2(said.contains("Epoch 2/"), said.constData());
  }
  [[nodiscard]] static QList<pid_t> childrenOf(qint64 parent) {
    QFile file(QString("/proc/%1/task/%1/children").arg(parent));
    QList<pid_t> all;
    if (!file.open(QIODevice::ReadOnly)) return all;
    for (const QByteArray& word : file.readAll().split(' ')) {
      if (!word.trimmed().isEmpty()) all << word.toInt();
    }
    return all;
  }

 private Q_SLOTS:
  void lossesAreThoseOfOneProcess() { compare(yinYang("3"), "2"); }

  /// 130 samples in batches of 64: the last has two, fewer than there are processes.
  void batchesSmallerThanTheirNumber() {
    QFile points(dir_.filePath("points.csv"));
    QVERIFY(points.open(QIODevice::WriteOnly));
    points.write("x,y,class\n");
    for (int i = 0; i < 163; ++i) {
      points.write(QString("%1,%2,%3\n").arg(i % 13 / 13.0).arg(i % 7 / 7.0).arg(i % 2).toUtf8());
    }
    points.close();
    compare({"train", "--dataset", "points", "--data-dir", points.fileName(), "--steps", "20",
             "--hidden", "8", "--nb_epochs", "3", "--test_share", "0.2"},
            "3");
  }

  /// Recordings of different lengths, which every process pads to the longest of the whole batch.
  void recordingsOfUnequalLength() {
    const QString data = dir_.filePath("data");
    QCOMPARE(run({"datasets", "sample", "ntidigits", "--out", data}).status, 0);
    compare({"train", "--dataset", "ntidigits", "--data-dir", data, "--hidden", "12", "--nb_epochs",
             "3", "--window_size", "5e-3", "--neuron", "ParaLIF-T"},
            "2", 2);
  }

  void imagesOfEvents() {
    const QString data = dir_.filePath("data");
    QCOMPARE(run({"datasets", "sample", "nmnist", "--out", data}).status, 0);
    compare({"train", "--dataset", "nmnist", "--data-dir", data, "--hidden", "16", "--nb_epochs",
             "3", "--bins", "10"},
            "2");
  }

  void oneThatIsKilledIsReportedAndTheRunGoesOn() {
    QProcess process;
    begin(process, yinYang("40") + QStringList{"--processes", "2", "--title", "Killed"});
    const QList<pid_t> others = childrenOf(process.processId());
    QCOMPARE(others.size(), 1);
    ::kill(others[0], SIGKILL);
    QVERIFY(process.waitForFinished(5000));
    QCOMPARE(process.exitCode(), 1);
    const QString error = QString::fromUtf8(process.readAllStandardError());
    QVERIFY2(error.contains("another of 2 processes: is gone without a word; resume the run"), qPrintable(error));
    QVERIFY2(error.contains("process 2 of 2 was ended by signal 9"), qPrintable(error));
    QVERIFY2(error.contains("go on with: paralif train --resume"), qPrintable(error));
    const Result runs = run({"runs", "title=Killed", "--json"});
    const QString folder =
        QJsonDocument::fromJson(runs.out.toUtf8())[0].toObject()["folder"].toString();
    QVERIFY2(!folder.isEmpty(), qPrintable(runs.out));
    const Result rest =
        run({"train", "--resume", folder, "--nb_epochs", "40", "--processes", "2", "--json"});
    QVERIFY2(rest.status == 0, qPrintable(rest.error));
    const Result straight = run(yinYang("40") + QStringList{"--json", "--no-record"});
    QVERIFY(std::abs(losses(rest).back() - losses(straight).back()) < 2e-2);
  }

  void stopsAllWithinASecond() {
    QProcess process;
    begin(process, yinYang("400") + QStringList{"--processes", "2"});
    const QList<pid_t> others = childrenOf(process.processId());
    QCOMPARE(others.size(), 1);
    QElapsedTimer clock;
    clock.start();
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(5000));
    QVERIFY2(clock.elapsed() < 5000,  // a second where the machine has nothing else to do
             qPrintable(QString::number(clock.elapsed())));
    QCOMPARE(process.exitCode(), 130);
    QVERIFY(::kill(others[0], 0) != 0);  // it is gone too
  }

  /// The second process cannot read what the first has read.
  void aFailureOfAnotherIsSaidByTheFirst() {
    const QString meeting = dir_.filePath("meeting");
    QVERIFY(QDir().mkpath(meeting));
    QFile text(meeting + "/failed-1.txt");
    QVERIFY(text.open(QIODevice::WriteOnly));
    text.write("/data/shd_train.h5: is no HDF5 file");
    text.close();
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("PARALIF_RUNS", dir_.filePath("runs"));
    environment.insert("PARALIF_MEETING", meeting);
    environment.insert("PARALIF_RANK", "0");
    environment.insert("PARALIF_WORLD", "2");
    process.setProcessEnvironment(environment);
    process.start(PARALIF_BIN_DIR "/paralif", yinYang("2"));
    QVERIFY(process.waitForFinished(20000));
    const QString error = QString::fromUtf8(process.readAllStandardError());
    QVERIFY2(error.contains("process 2 of 2 failed: /data/shd_train.h5: is no HDF5 file"),
             qPrintable(error));
    QCOMPARE(process.exitCode(), 1);
  }

  void impossibleCountsAreRefused() {
    QVERIFY(run(yinYang("1") + QStringList{"--processes", "65"}).status != 0);
    const Result many = run(yinYang("1") + QStringList{"--batch_size", "2", "--processes", "3"});
    QCOMPARE(many.status, 2);  // before any run is made
    QVERIFY2(many.error.contains("2 samples cannot be shared by 3 processes"),
             qPrintable(many.error));
  }
};

QTEST_GUILESS_MAIN(TestProcessesCli)
#include "tst_processes_cli.moc"
