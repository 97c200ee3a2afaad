// `paralif sweep`: a grid by several processes, ended and gone on with, failures and retries.
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>

#include "tests/app/cli/paralif_process.h"

class TestSweepCli : public QObject {
  Q_OBJECT

 private:
  using Result = paralif::testing::CliResult;
  QTemporaryDir dir_;

  [[nodiscard]] Result run(const QStringList& arguments) const {
    return paralif::testing::runParalif(dir_.path(), arguments);
  }
  [[nodiscard]] static QStringList grid(const QString& name, const QString& epochs) {
    return {"sweep", "--dataset", "yinyang", "--steps", "20", "--hidden", "8", "--nb_epochs", epochs,
            "--vary", "neuron=LIF|ParaLIF-T", "--vary", "seed=1|2", "--name", name};
  }
  [[nodiscard]] QJsonArray listed(const QString& sweep) const {
    const Result result = run({"runs", "sweep=" + sweep, "--json", "--sort", "title", "--ascending",
                               "--columns", "accuracy,seed"});
    return QJsonDocument::fromJson(result.out.toUtf8()).array();
  }
  [[nodiscard]] static QStringList accuracies(const QJsonArray& runs) {
    QStringList all;
    for (const auto& one : runs) {
      const QJsonObject object = one.toObject();
      all << object["title"].toString().section(": ", 1) + " " +
                 QString::number(object["last_test_accuracy"].toDouble(), 'g', 17);
    }
    return all;
  }

 private Q_SLOTS:
  void trainsTheGrid() {
    const Result result = run(grid("whole", "3") + QStringList{"--jobs", "2"});
    QVERIFY2(result.status == 0, qPrintable(result.error));
    QVERIFY2(result.out.contains(QRegularExpression("LIF +2/2")), qPrintable(result.out));
    QCOMPARE(listed("whole").size(), 4);
    // A run of a sweep is the training that its settings say.
    const Result alone = run({"train", "--dataset", "yinyang", "--steps", "20", "--hidden", "8",
                              "--nb_epochs", "3", "--neuron", "ParaLIF-T", "--seed", "2", "--title",
                              "Alone: neuron ParaLIF-T, seed 2"});
    QCOMPARE(alone.status, 0);
    const Result runs = run({"runs", "title~Alone", "--json"});
    QCOMPARE(accuracies(QJsonDocument::fromJson(runs.out.toUtf8()).array()),
             QStringList{accuracies(listed("whole"))[3]});
  }

  void endedAndGoneOnWithItIsTheSame() {
    const QStringList expected = [&] {
      const Result result = run(grid("straight", "6"));
      return result.status == 0 ? accuracies(listed("straight")) : QStringList();
    }();
    QCOMPARE(expected.size(), 4);
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("PARALIF_RUNS", dir_.filePath("runs"));
    process.setProcessEnvironment(environment);
    process.start(PARALIF_BIN_DIR "/paralif", grid("broken", "6") + QStringList{"--jobs", "2"});
    QVERIFY(process.waitForStarted());
    // In the middle of its first runs.
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(dir_.filePath("runs/broken/0001/metrics.h5")), 30000);
    QElapsedTimer ended;
    ended.start();
    ::kill(static_cast<pid_t>(process.processId()), SIGTERM);
    QVERIFY(process.waitForFinished(15000));
    QCOMPARE(process.exitCode(), 143);
    const Result rest = run({"sweep", "--resume", "broken", "--jobs", "2"});
    QVERIFY2(rest.status == 0, qPrintable(rest.error));
    QCOMPARE(accuracies(listed("broken")), expected);
  }

  void aKilledTrainingGoesOn() {
    const Result made = run(grid("killed", "200") + QStringList{"--prepare"});
    QCOMPARE(made.status, 0);
    QVERIFY(made.out.contains("4 queued"));
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("PARALIF_RUNS", dir_.filePath("runs"));
    process.setProcessEnvironment(environment);
    process.start(PARALIF_BIN_DIR "/paralif",
                  {"train", "--resume", dir_.filePath("runs/killed/0001")});
    const auto runs = [&] {
      QFile head(dir_.filePath("runs/killed/0001/run.json"));
      return head.open(QIODevice::ReadOnly) && head.readAll().contains("running");
    };
    QTRY_VERIFY_WITH_TIMEOUT(runs(), 30000);
    process.kill();
    QVERIFY(process.waitForFinished(5000));
    const Result shown = run({"sweep", "--resume", "killed", "--show"});
    QVERIFY2(shown.out.contains("3 queued, 1 interrupted"), qPrintable(shown.out));
  }

  void failuresAreToldAndRetried() {
    const Result result = run({"sweep", "--preset", "best-heidelberg", "--vary", "seed=1|2",
                               "--nb_epochs", "1", "--debug", "true", "--name", "fails"});
    QCOMPARE(result.status, 1);
    QVERIFY2(result.out.contains("shd_train.h5"), qPrintable(result.out));
    QVERIFY2(result.error.contains("2 of 2 runs did not finish") && result.error.contains("--retry"),
             qPrintable(result.error));
    QCOMPARE(run({"sweep", "--resume", "fails"}).status, 1);  // nothing is tried again unasked
    const Result json = run({"sweep", "--resume", "fails", "--show", "--json"});
    QVERIFY2(json.out.contains("\"mean\":null"), qPrintable(json.out));
    const Result other = run({"sweep", "--resume", "fails", "--nb_epochs", "3"});
    QCOMPARE(other.status, 2);
    QVERIFY2(other.error.contains("settings and name stand"), qPrintable(other.error));
    QCOMPARE(run({"datasets", "sample", "heidelberg", "--out", dir_.filePath("data")}).status, 0);
    const Result retried = run({"sweep", "--resume", "fails", "--retry", "--json"});
    QVERIFY2(retried.status == 0, qPrintable(retried.out + retried.error));
    const QStringList lines = retried.out.split('\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 3);
    const QJsonObject last = QJsonDocument::fromJson(lines.last().toUtf8()).object();
    QCOMPARE(last["outcome"].toArray()[0].toObject()["finished"].toInt(), 2);
  }

  void onlySomeRuns() {
    QCOMPARE(run(grid("some", "1") + QStringList{"--debug", "true", "--only", "2,3"}).status, 0);
    const Result shown = run({"sweep", "--resume", "some", "--show"});
    QVERIFY2(shown.out.contains("2 finished, 2 queued"), qPrintable(shown.out));
    QCOMPARE(run({"sweep", "--resume", "some", "--only", "9"}).status, 2);
  }

  void listsOfSettings() {
    const auto write = [this](const char* text) {
      QFile file(dir_.filePath("list.json"));
      if (file.open(QIODevice::WriteOnly)) file.write(text);
    };
    const auto listed = [this](const QString& name) {
      return run({"sweep", "--dataset", "yinyang", "--list", dir_.filePath("list.json"), "--prepare",
                  "--name", name});
    };
    write(R"([{"neuron": "LIF", "hidden": [8, 16]}, {"seed": 3}])");
    const Result good = listed("listed");
    QVERIFY2(good.status == 0 && good.out.contains("2 queued"), qPrintable(good.error));
    QVERIFY2(good.out.contains("8,16"), qPrintable(good.out));
    for (const char* bad : {"[1]", "{}", "[]", "[[]]", "[{}]", "["}) {
      write(bad);
      const Result refused = listed("bad");
      QVERIFY2(refused.status != 0 && refused.error.contains("list.json"), qPrintable(refused.error));
    }
  }

  void badPlansMakeNothing() {
    for (const QStringList& more :
         {QStringList{"--vary", "neuron=LIF|X"}, QStringList{"--vary", "learning_rate=1..2"},
          QStringList{}, QStringList{"--vary", "seed=1|2", "--no-record"}}) {
      const Result result = run(QStringList{"sweep", "--dataset", "yinyang", "--name", "bad"} + more);
      QCOMPARE(result.status, 2);
      QCOMPARE(result.error.count('\n'), 1);
    }
    QVERIFY(!QDir(dir_.filePath("runs/bad")).exists());
  }
};

QTEST_GUILESS_MAIN(TestSweepCli)
#include "tst_sweep_cli.moc"
