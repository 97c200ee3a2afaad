// `paralif timing` as a user has it: JSON, table, files, exit statuses.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

class TestTimingCli : public QObject {
  Q_OBJECT

 private:
  struct Result {
    int status = -1;
    QString out;
    QString error;
  };
  QTemporaryDir dir_;

  void prepare(QProcess& process, const QStringList& arguments) const {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("PARALIF_RUNS", dir_.filePath("runs"));
    process.setProcessEnvironment(environment);
    process.setProgram(PARALIF_BIN_DIR "/paralif");
    process.setArguments(QStringList{"timing"} + arguments);
    process.start();
  }
  Result run(const QStringList& arguments) const {
    QProcess process;
    prepare(process, arguments);
    if (!process.waitForFinished(120000)) return {};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput(), process.readAllStandardError()};
  }
  static QStringList tiny() {
    return {"--lengths", "10,50", "--neurons", "16", "--trials", "2", "--device", "cpu:1"};
  }

 private Q_SLOTS:
  void badUsageGivesOneLineAndTwo_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("named");
    QTest::newRow("preset") << QStringList{"--preset", "nonsense"} << "nonsense";
    QTest::newRow("device") << QStringList{"--device", "tpu"} << "tpu";
    QTest::newRow("threads") << QStringList{"--threads", "99999"} << "threads";
    QTest::newRow("curve") << QStringList{"--curve", "LIF"} << "LIF";
    QTest::newRow("backend") << QStringList{"--curve", "LIF:fft"} << "fft";
    QTest::newRow("pass") << QStringList{"--pass", "sideways"} << "sideways";
    QTest::newRow("lengths") << QStringList{"--lengths", "ten"} << "ten";
    QTest::newRow("trials") << QStringList{"--trials", "-1"} << "trials";
    QTest::newRow("figure") << QStringList{"--figure", "a.bmp"} << "svg";
    QTest::newRow("flag") << QStringList{"--colour"} << "colour";
  }
  void badUsageGivesOneLineAndTwo() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, named);
    const Result result = run(arguments);
    QCOMPARE(result.status, 2);
    QVERIFY2(result.error.contains(named), qPrintable(result.error));
    QCOMPARE(result.error.trimmed().count('\n'), 0);
  }

  void badFilesGiveOne() {
    Result result = run(tiny() + QStringList{"--csv", "/no/such/folder/a.csv"});
    QCOMPARE(result.status, 1);
    QVERIFY(result.error.contains("a.csv"));
    QVERIFY(result.out.isEmpty());  // nothing was measured first
    QCOMPARE(run({"--open", "/no/such/results"}).status, 1);
    QCOMPARE(run(tiny() + QStringList{"--overlay", "/no/such/results"}).status, 1);
    result = run(tiny() + QStringList{"--dir", "/dev/full"});
    QCOMPARE(result.status, 1);
    QVERIFY(result.error.contains("/dev/full"));
    QVERIFY(result.out.contains("LIF sequential"));  // and yet shown
  }

  void printsTheAgreedJson() {
    const Result result = run(tiny() + QStringList{"--json", "--no-record"});
    QCOMPARE(result.status, 0);
    const QJsonObject json = QJsonDocument::fromJson(result.out.toUtf8()).object();
    QVERIFY(!json["machine"].toObject()["cpu"].toString().isEmpty());
    const QJsonArray results = json["results"].toArray();
    QCOMPARE(results.size(), 14);
    for (const QJsonValue& value : results) {
      const QJsonObject one = value.toObject();
      QStringList keys = one.keys();
      keys.sort();
      QCOMPARE(keys, (QStringList{"batch", "device", "evaluation", "median_ms", "neuron", "neurons",
                                  "pass", "quartiles_ms", "steps", "trials"}));
      QVERIFY(one["median_ms"].toDouble() > 0.0);
      QCOMPARE(one["quartiles_ms"].toArray().size(), 2);
      QCOMPARE(one["trials"].toInt(), 2);
    }
  }

  void writesFilesAndOpensThem() {
    const Result result =
        run(tiny() + QStringList{"--csv", dir_.filePath("a.csv"), "--hdf5", dir_.filePath("a.h5"),
                                 "--figure", dir_.filePath("a.svg")});
    QCOMPARE(result.status, 0);
    QVERIFY(result.out.contains("x as fast as LIF sequential at 50 steps"));
    QVERIFY(result.out.contains(dir_.filePath("runs")));
    QCOMPARE(QDir(dir_.filePath("runs")).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 1);
    QFile csv(dir_.filePath("a.csv"));
    QVERIFY(csv.open(QIODevice::ReadOnly));
    QCOMPARE(csv.readAll().count('\n'), 15);
    const Result opened = run({"--open", dir_.filePath("a.h5"), "--figure", dir_.filePath("b.svg"),
                               "--overlay", dir_.filePath("a.h5")});
    QCOMPARE(opened.status, 0);
    QVERIFY(opened.out.contains("forward and backward"));
    QFile svg(dir_.filePath("b.svg"));
    QVERIFY(svg.open(QIODevice::ReadOnly));
    QVERIFY(svg.readAll().contains("stroke-dasharray"));
  }

  void aMissingDeviceIsSaid() {
    Result result = run(tiny() + QStringList{"--device", "cuda:63", "--no-record", "--json"});
    QCOMPARE(result.status, 0);  // the CPU was measured
    QVERIFY(result.out.contains("\"problem\""));
    result = run({"--device", "cuda:63", "--lengths", "10", "--no-record"});
    QCOMPARE(result.status, 1);
    QVERIFY(result.error.contains("cuda:63"));
  }

  void interruptionKeepsWhatThereIs() {
    QProcess process;
    prepare(process, {"--curve", "LIF:sequential", "--lengths", "10,3000", "--trials", "500",
                      "--device", "cpu:1", "--json", "--no-record"});
    QVERIFY(process.waitForStarted());
    QTest::qWait(2500);
    ::kill(pid_t(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(10000));
    QCOMPARE(process.exitCode(), 130);
    const QJsonObject json = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    QCOMPARE(json["results"].toArray().size(), 2);
  }
};

QTEST_GUILESS_MAIN(TestTimingCli)
#include "tst_timing_cli.moc"
