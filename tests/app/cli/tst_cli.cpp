// The command line as a user has it: exit statuses, one line for an error, JSON for machines.
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

class TestCli : public QObject {
  Q_OBJECT

 private:
  struct Result {
    int status = -1;
    QString out;
    QString error;
  };
  QTemporaryDir dir_;

  void prepare(QProcess& process) const {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("PARALIF_RUNS", dir_.filePath("runs"));
    process.setProcessEnvironment(environment);
    process.setProgram(PARALIF_BIN_DIR "/paralif");
  }

  Result run(const QStringList& arguments) const {
    QProcess process;
    prepare(process);
    process.setArguments(arguments);
    process.start();
    if (!process.waitForFinished(120000)) return {};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput(), process.readAllStandardError()};
  }

  static QStringList tiny() {
    return {"train", "--steps", "10", "--layers", "8", "--nb_epochs", "2", "--dataset", "yinyang"};
  }

 private Q_SLOTS:
  /// What needs no LibTorch does not load it, and help is the same from both programs.
  void startsWithoutLibTorch() {
    QProcess ldd;
    ldd.start("ldd", {PARALIF_BIN_DIR "/paralif"});
    QVERIFY(ldd.waitForFinished());
    const QByteArray libraries = ldd.readAllStandardOutput();
    QVERIFY(libraries.contains("libc.so"));
    QVERIFY(!libraries.contains("libtorch"));
    for (const QStringList& words : {QStringList{"--help"}, {"train", "--help"}, {"runs", "--help"}}) {
      QByteArray said[2];
      for (int i = 0; i < 2; ++i) {
        QProcess process;
        process.start(i == 0 ? PARALIF_BIN_DIR "/paralif" : PARALIF_BIN_DIR "/paralif-full", words);
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 0);
        said[i] = process.readAllStandardOutput();
      }
      QVERIFY(said[0].size() > 100);
      QCOMPARE(said[0], said[1]);
    }
  }

  void completesCommandLines_data() {
    QTest::addColumn<QString>("words");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("a command") << "paralif ro" << QStringList{"robustness"};
    QTest::newRow("a flag") << "paralif train --learning" << QStringList{};
    QTest::newRow("flags") << "paralif train --tau_" << QStringList{"--tau_init", "--tau_mem", "--tau_per_neuron", "--tau_syn"};
    QTest::newRow("a value") << "paralif train --neuron LIF" << QStringList{"LIF", "LIF-LT"};
    QTest::newRow("below") << "paralif datasets sa" << QStringList{"sample"};
  }
  void completesCommandLines() {
    QFETCH(QString, words);
    QFETCH(QStringList, expected);
    const QTemporaryDir empty;  // without files that could be meant
    QProcess bash;
    const QStringList list = words.split(' ');
    bash.start("bash", {"-c", QString("source <(%1/paralif completion bash); COMP_WORDS=(%2); COMP_CWORD=%3; "
                                      "cd '%4'; _paralif; printf '%s\\n' \"${COMPREPLY[@]}\"")
                                  .arg(PARALIF_BIN_DIR, words, QString::number(list.size() - 1), empty.path())});
    QVERIFY(bash.waitForFinished());
    QCOMPARE(QString::fromUtf8(bash.readAllStandardOutput()).split('\n', Qt::SkipEmptyParts), expected);
    QCOMPARE(bash.readAllStandardError(), QByteArray());
  }

  void badUsageGivesOneLineAndTwo_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("named");
    QTest::newRow("none") << QStringList{} << "subcommand";
    QTest::newRow("command") << QStringList{"dance"} << "subcommand";
    QTest::newRow("flag") << QStringList{"train", "--colour", "red"} << "--colour";
    QTest::newRow("number") << QStringList{"train", "--nb_epochs", "many"} << "nb_epochs";
    QTest::newRow("range") << QStringList{"train", "--lr", "-1"} << "lr";
    QTest::newRow("neuron") << QStringList{"train", "--neuron", "HH"} << "neuron";
    QTest::newRow("fft") << QStringList{"train", "--neuron", "LIF", "--evaluation", "fft"}
                         << "backend";
    QTest::newRow("sizes") << QStringList{"train", "--hidden_size", "0"} << "hidden_size";
    QTest::newRow("preset") << QStringList{"train", "--preset", "nonsense"} << "nonsense";
    QTest::newRow("two starts") << QStringList{"train", "--best_config", "--preset", "yinyang-lif"}
                                << "exclude";
    QTest::newRow("verify") << QStringList{"verify"} << "FILE";
    QTest::newRow("empty") << QStringList{"train", "--resume", ""} << "--resume";
    QTest::newRow("weights") << QStringList{"train", "--layers", "65536,65536"} << "hidden";
    QTest::newRow("trials") << QStringList{"timing", "--trials", "0"} << "trials";
    QTest::newRow("budget") << QStringList{"timing", "--budget", "nan"} << "budget";
    QTest::newRow("seed") << QStringList{"features", "--search", "--seed", "-1"} << "seed";
  }
  void badUsageGivesOneLineAndTwo() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, named);
    const Result result = run(arguments);
    QCOMPARE(result.status, 2);
    QVERIFY2(result.error.contains(named), qPrintable(result.error));
    QCOMPARE(result.error.trimmed().count('\n'), 0);
  }

  void aFullStandardOutputGivesOne() {
    if (!QFile::exists("/dev/full")) QSKIP("there is no /dev/full");
    for (const QStringList& arguments :
         {QStringList{"presets"}, QStringList{"presets", "--json"}, QStringList{"--help"}}) {
      QProcess process;
      prepare(process);
      process.setArguments(arguments);
      process.setStandardOutputFile("/dev/full");
      process.start();
      QVERIFY(process.waitForFinished(60000));
      QCOMPARE(process.exitCode(), 1);
      const QByteArray said = process.readAllStandardError();
      QVERIFY2(said.startsWith("paralif: standard output:"), said.constData());
      QCOMPARE(said.trimmed().count('\n'), 0);
    }
  }

  void badFilesGiveOne() {
    QFile file(dir_.filePath("bad.json"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{");
    file.close();
    for (const QStringList& arguments :
         {QStringList{"train", file.fileName()}, QStringList{"train", "--resume", dir_.path()},
          QStringList{"verify", file.fileName()}, QStringList{"verify", "absent.h5"},
          QStringList{"runs", "--dir", file.fileName()},
          QStringList{"datasets", "list", "--data-dir", file.fileName()}}) {
      const Result result = run(arguments);
      QCOMPARE(result.status, 1);
      QVERIFY(result.error.startsWith("paralif: "));
      QCOMPARE(result.error.trimmed().count('\n'), 0);
    }
  }

  void trainsAndRecords() {
    const Result result = run(tiny() << "--json");
    QCOMPARE(result.status, 0);
    const QStringList lines = result.out.trimmed().split('\n');
    QCOMPARE(lines.size(), 3);  // two epochs and the end
    const QJsonObject epoch = QJsonDocument::fromJson(lines[0].toUtf8()).object();
    QCOMPARE(epoch["epoch"].toInt(), 1);
    QVERIFY(epoch["test_accuracy"].toDouble() > 0.0);
    const QJsonObject end = QJsonDocument::fromJson(lines[2].toUtf8()).object();
    QCOMPARE(end["state"].toString(), QString("finished"));
    QVERIFY(QFile::exists(end["run"].toString() + "/results.json"));

    const Result list = run({"runs", "--json"});
    const QJsonArray runs = QJsonDocument::fromJson(list.out.toUtf8()).array();
    QVERIFY(!runs.isEmpty());
    QCOMPARE(runs[0].toObject()["folder"], end["run"]);
    // With more epochs it goes on.
    const Result more =
        run({"train", "--resume", end["run"].toString(), "--nb_epochs", "3", "--json"});
    QCOMPARE(more.status, 0);
    QVERIFY(more.out.contains("\"epochs_done\":3"));
  }

  void leavesNothingWhenAsked() {
    const Result result = run(tiny() << "--no-record"
                                     << "--dir" << dir_.filePath("none"));
    QCOMPARE(result.status, 0);
    QVERIFY(!QFile::exists(dir_.filePath("none")));
    QVERIFY(result.out.contains("Test accuracy"));
  }

  void publishedNamesWork() {
    const Result result = run({"train",
                               "--dataset",
                               "yinyang",
                               "--neuron",
                               "ParaLIF-D",
                               "--nb_epochs",
                               "1",
                               "--tau_mem",
                               "0.01",
                               "--tau_syn",
                               "0.02",
                               "--learn_tau",
                               "--batch_size",
                               "128",
                               "--hidden_size",
                               "12",
                               "--nb_layers",
                               "2",
                               "--recurrent",
                               "--recurrent_relu",
                               "--reg_thr",
                               "0.01",
                               "--reg_thr_r",
                               "0.01",
                               "--loss_mode",
                               "max",
                               "--shift",
                               "0.1",
                               "--scale",
                               "0.2",
                               "--dir",
                               dir_.filePath("named"),
                               "--save_model",
                               "--debug",
                               "--lr",
                               "0.002",
                               "--weight_decay",
                               "0.0001",
                               "--scheduler",
                               "--seed",
                               "3",
                               "--steps",
                               "20",
                               "--backend",
                               "sequential",
                               "--device",
                               "cpu",
                               "--data_augmentation",
                               "false"});
    QVERIFY2(result.status == 0, qPrintable(result.error));
    QVERIFY(result.out.contains("12 - 12"));
  }

  void controlCStopsAndSaysHowToGoOn() {
    QProcess process;
    prepare(process);
    process.setArguments({"train", "--dataset", "yinyang", "--layers", "16", "--nb_epochs", "1000",
                          "--steps", "50"});
    process.start();
    QVERIFY(process.waitForStarted());
    QString out;
    while (!out.contains("Epoch 1/") && process.waitForReadyRead(60000)) {
      out += process.readAllStandardOutput();
    }
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(10000));
    QCOMPARE(process.exitCode(), 130);
    QVERIFY(process.readAllStandardError().contains("--resume"));
  }

  void verifies() {
    const QString golden = PARALIF_SOURCE_DIR "/tests/golden/";
    const Result result = run({"verify", golden + "yinyang.h5", golden + "training.h5", "--json"});
    QCOMPARE(result.status, 0);
    const QJsonObject json = QJsonDocument::fromJson(result.out.toUtf8()).object();
    QCOMPARE(json["failed"].toInt(), 0);
    QVERIFY(json["cases"].toInt() > 5);
  }

  void helpListsEveryCommand() {
    const Result result = run({"--help"});
    QCOMPARE(result.status, 0);
    for (const char* name : {"train", "verify", "runs", "presets"}) {
      QVERIFY(result.out.contains(name));
    }
    QCOMPARE(run({"--version"}).status, 0);
    QVERIFY(run({"presets"}).out.contains("yinyang-first"));
  }
};

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
