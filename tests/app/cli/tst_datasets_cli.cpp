// `paralif datasets` as a user has it: what is told of flawed files, and sample data cut off.
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

#include "datasets/samples/hdf5_event_writer.h"
#include "tests/datasets/temporary.h"

class TestDatasetsCli : public QObject {
  Q_OBJECT

 private:
  struct Result {
    int status = -1;
    QByteArray out;
    QString error;
  };

  static Result run(const QList<QByteArray>& arguments) {
    // By the shell, since names need not be UTF-8.
    QByteArray line = "exec '" PARALIF_BIN_DIR "/paralif'";
    for (const QByteArray& argument : arguments) line += " '" + argument + "'";
    QTemporaryDir folder;
    QFile script(folder.filePath("run.sh"));
    if (!script.open(QIODevice::WriteOnly)) return {};
    script.write(line + "\n");
    script.close();
    QProcess process;
    process.start("sh", {script.fileName()});
    if (!process.waitForFinished(120000)) return {};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput(), process.readAllStandardError()};
  }

  /// Waits until sample data is being written beside `target`; false after a minute.
  static bool waitForWriting(const QDir& parent) {
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < 60000) {
      for (const QString& name : parent.entryList(QDir::Dirs | QDir::Hidden)) {
        if (name.contains(".part") && !QDir(parent.filePath(name)).entryList({"*.h5"}).isEmpty()) {
          return true;
        }
      }
      QTest::qWait(5);
    }
    return false;
  }

 private Q_SLOTS:
  void tellsOfAStrayEvent() {
    const TemporaryFolder folder;
    folder.write("Train/3/a.bin", std::string{'\x22', 10, 0, 0, 1, 2, 2, 0, 0, 2});
    const QByteArray path = QByteArray::fromStdString(folder.path().string());
    const Result refused = run({"datasets", "info", path});
    QCOMPARE(refused.status, 1);
    QVERIFY(refused.out.contains("Train/3/a.bin") && refused.out.contains("event 0"));
    QVERIFY(refused.out.contains("--skip-bad events"));
    const Result skipped = run({"datasets", "info", path, "--skip-bad", "events"});
    QCOMPARE(skipped.status, 0);
    QVERIFY(skipped.out.contains("1 good, 0 broken"));
    QCOMPARE(skipped.out.count("1 event was left out"), 1);
    const Result json = run({"datasets", "info", path, "--skip-bad", "events", "--json"});
    const QJsonObject part = QJsonDocument::fromJson(json.out).array()[0].toObject();
    QCOMPARE(part["left_out_events"].toInt(), 1);
    QCOMPARE(run({"datasets", "info", path, "--skip-bad", "rows"}).status, 2);
  }

  void writesJsonOfAnyName() {
    const TemporaryFolder folder;
    const std::string name = "caf\xe9";
    folder.write(name + "/Train/3/\xfc.bin", "odd");
    {
      paralif::Hdf5EventWriter writer(folder.path() / name / "shd_train.h5");
      writer.begin_ragged(1, paralif::StoredTime::full);
      writer.ragged_row(0, std::vector<double>{0.1}, std::vector<std::uint16_t>{3});
      writer.integers("labels", {1});
      writer.texts("extra/keys", {"b\xe4r", "k\x1b[31mow"});
      writer.close();
    }
    const QByteArray path = QByteArray::fromStdString((folder.path() / name).string());
    const Result result = run({"datasets", "info", path, "--json"});
    QCOMPARE(result.status, 1);
    const QJsonArray parts = QJsonDocument::fromJson(result.out).array();
    QCOMPARE(parts.size(), 2);
    QCOMPARE(parts[0].toObject()["class_names"].toArray()[0].toString(), QString("b\u00e4r"));
    const Result text = run({"datasets", "info", path});
    QVERIFY(text.out.contains("b\u00e4r: 0"));
    QVERIFY(!text.out.contains('\x1b') && !text.error.contains('\x1b'));
    const Result list = run({"datasets", "list", "--data-dir", path, "--json"});
    QCOMPARE(list.status, 0);
    QVERIFY(!QJsonDocument::fromJson(list.out).isNull());
  }

  void questionsTheTimeUnit() {
    const TemporaryFolder folder;
    for (const char* part : {"shd_train.h5", "shd_test.h5"}) {
      paralif::Hdf5EventWriter writer(folder.path() / part);
      writer.begin_ragged(2, paralif::StoredTime::single);
      for (int i = 0; i < 2; ++i) {
        writer.ragged_row(i, std::vector<double>{1, 800}, std::vector<std::uint16_t>{3, 4});
      }
      writer.integers("labels", {0, 1});
      writer.close();
    }
    const QByteArray path = QByteArray::fromStdString(folder.path().string());
    const QList<QByteArray> train{"train",         "--dataset", "heidelberg", "--data-dir", path,
                                  "--no-record",   "--layers",  "4",          "--nb_epochs", "1"};
    for (const QList<QByteArray>& arguments : {QList<QByteArray>{"datasets", "info", path}, train}) {
      const Result refused = run(arguments);
      QCOMPARE(refused.status, 1);
      QVERIFY2(refused.error.contains("--time-unit ms"), qPrintable(refused.error));
      const Result said = run(arguments + QList<QByteArray>{"--time-unit", "ms"});
      QVERIFY2(said.status == 0, qPrintable(said.error));
    }
  }

  void whatMissingDataAdvisesWorks() {
    const QTemporaryDir dir;
    const QString there = dir.filePath("my data");
    for (const bool usual : {true, false}) {
      if (usual) qputenv("PARALIF_DATA", dir.filePath("usual").toUtf8());
      QByteArrayList train{"train", "--dataset", "ssc", "--no-record", "--nb_epochs", "1",
                           "--window_size", "0.05", "--hidden_size", "4"};
      if (!usual) train += {"--data-dir", there.toUtf8()};
      const auto refused = run(train);
      QVERIFY(refused.status != 0);
      const QString advice = refused.error.trimmed();
      const auto at = advice.indexOf("paralif datasets sample");
      QVERIFY2(at > 0, qPrintable(advice));
      QProcess shell;
      shell.start("sh", {"-c", PARALIF_BIN_DIR "/" + advice.mid(at)});
      QVERIFY(shell.waitForFinished(120000));
      QCOMPARE(shell.exitCode(), 0);
      const auto trained = run(train);
      QVERIFY2(trained.status == 0, qPrintable(trained.error));
    }
    qunsetenv("PARALIF_DATA");
  }

  void samplesAreWholeOrAbsent() {
    const QTemporaryDir dir;
    const QString target = dir.filePath("made");
    QProcess process;
    process.start(PARALIF_BIN_DIR "/paralif",
                  {"datasets", "sample", "heidelberg", "--scale", "full", "--out", target});
    QVERIFY(waitForWriting(QDir(dir.path())));
    ::kill(pid_t(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(60000));
    QCOMPARE(process.exitCode(), 130);
    QVERIFY(process.readAllStandardError().contains("nothing was written"));
    QVERIFY(QDir(dir.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)
                .isEmpty());
    process.start(PARALIF_BIN_DIR "/paralif",
                  {"datasets", "sample", "heidelberg", "--scale", "full", "--out", target});
    QVERIFY(waitForWriting(QDir(dir.path())));
    process.kill();
    QVERIFY(process.waitForFinished(60000));
    QVERIFY(!QFile::exists(target));
    QCOMPARE(run({"datasets", "sample", "heidelberg", "--out", target.toUtf8()}).status, 0);
    QCOMPARE(QDir(dir.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             (QStringList{"made"}));
    QVERIFY(QFile::exists(target + "/SAMPLE_DATA_heidelberg.txt"));
  }
};

QTEST_GUILESS_MAIN(TestDatasetsCli)
#include "tst_datasets_cli.moc"
