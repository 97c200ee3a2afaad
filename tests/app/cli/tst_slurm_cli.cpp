// `paralif sweep --launcher slurm` on a real node of Slurm, which the test starts and stops.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <csignal>

#include "tests/app/cli/paralif_process.h"
#include "tests/app/cli/slurm_node.h"

class TestSlurmCli : public QObject {
  Q_OBJECT

 private:
  using Result = paralif::testing::CliResult;
  QTemporaryDir dir_;
  std::unique_ptr<paralif::testing::SlurmNode> node_;

  [[nodiscard]] Result run(const QStringList& arguments) const {
    return paralif::testing::runParalif(dir_.path(), arguments);
  }
  [[nodiscard]] static QStringList grid(const QString& name, const QString& epochs) {
    return {"sweep", "--dataset", "yinyang", "--steps", "20", "--nb_epochs", epochs, "--vary",
            "neuron=LIF|ParaLIF-T", "--vary", "hidden=8|16|24", "--vary", "seed=1|2", "--name", name};
  }
  [[nodiscard]] QMap<QString, double> accuracies(const QString& sweep) const {
    QMap<QString, double> all;
    const Result result = run({"runs", "sweep=" + sweep, "status=finished", "--json"});
    for (const auto& one : QJsonDocument::fromJson(result.out.toUtf8()).array()) {
      const QJsonObject object = one.toObject();
      all[object["title"].toString().section(": ", 1)] = object["last_test_accuracy"].toDouble();
    }
    return all;
  }
  void waitForFile(const QString& path) {
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(dir_.filePath(path)), 60000);
  }

 private Q_SLOTS:
  void initTestCase() {
    const QString missing = paralif::testing::SlurmNode::missing();
    if (!missing.isEmpty()) QSKIP(qPrintable(missing));
    QDir().mkpath(dir_.filePath("slurm"));
    QFile::setPermissions(dir_.path(), QFile::Permissions(0x7755));
    node_ = std::make_unique<paralif::testing::SlurmNode>(dir_.filePath("slurm"));
    QVERIFY2(node_->start(), qPrintable(node_->log()));
  }
  void cleanupTestCase() { node_.reset(); }

  void theSameTwelveResultsAsLocally() {
    const Result local = run(grid("local", "2"));
    QVERIFY2(local.status == 0, qPrintable(local.error));
    const Result slurm = run(grid("cluster", "2") + QStringList{"--launcher", "slurm"});
    QVERIFY2(slurm.status == 0, qPrintable(slurm.out + slurm.error + node_->log()));
    QCOMPARE(accuracies("local").size(), 12);
    QCOMPARE(accuracies("cluster"), accuracies("local"));
    QVERIFY(node_->run("squeue", {"-h"}).trimmed().isEmpty());
    // Nothing is left to do.
    QCOMPARE(run({"sweep", "--resume", "cluster", "--launcher", "slurm"}).status, 0);
  }

  /// Several tasks of one step are one training: each has its share of every batch.
  void tasksOfAStepTrainOneNetwork() {
    const QStringList arguments{"train", "--dataset", "yinyang", "--steps", "20", "--hidden", "16",
                                "--nb_epochs", "3", "--json"};
    const auto losses = [](const QString& out) {
      QList<double> all;
      for (const QString& line : out.split('\n')) {
        const QJsonObject one = QJsonDocument::fromJson(line.toUtf8()).object();
        if (one.contains("train_loss")) all << one["train_loss"].toDouble();
      }
      return all;
    };
    const QList<double> alone = losses(run(arguments + QStringList{"--no-record"}).out);
    QCOMPARE(alone.size(), 3);
    const QString runs = dir_.filePath("together");
    const QString said = node_->run("srun", QStringList{"-n", "2", "--overcommit", "--mem=0", PARALIF_BIN_DIR "/paralif"} + arguments +
                                                QStringList{"--dir", runs});
    const QList<double> together = losses(said);
    QVERIFY2(together.size() == 3, qPrintable(said + node_->log()));
    for (int i = 0; i < 3; ++i) {
      QVERIFY2(std::abs(together[i] - alone[i]) < 1e-5, qPrintable(said));
    }
    QCOMPARE(QDir(runs).entryList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot).size(), 1);
  }

  void aCancelledTaskIsResumed() {
    QCOMPARE(run({"sweep", "--dataset", "yinyang", "--steps", "20", "--hidden", "8", "--nb_epochs",
                  "60", "--vary", "seed=1|2", "--name", "straight"}).status, 0);
    QProcess follower;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("PARALIF_RUNS", dir_.filePath("runs"));
    follower.setProcessEnvironment(environment);
    follower.start(PARALIF_BIN_DIR "/paralif",
                   {"sweep", "--dataset", "yinyang", "--steps", "20", "--hidden", "8", "--nb_epochs",
                    "60", "--vary", "seed=1|2", "--name", "cancelled", "--launcher", "slurm"});
    QVERIFY(follower.waitForStarted());
    waitForFile("runs/cancelled/0001/checkpoint.h5");
    QFile file(dir_.filePath("runs/cancelled/slurm.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString id = QJsonDocument::fromJson(file.readAll()).object()["jobs"].toArray()[0].toObject()["id"].toString();
    QVERIFY(!id.isEmpty());
    node_->run("scancel", {id + "_1"});
    QVERIFY(follower.waitForFinished(120000));
    QCOMPARE(follower.exitCode(), 1);
    const QString error = follower.readAllStandardError();
    QVERIFY2(error.contains("1 of 2 runs did not finish"), qPrintable(error));
    const Result shown = run({"runs", "sweep=cancelled", "status=stopped|interrupted", "--json"});
    const QJsonObject stopped = QJsonDocument::fromJson(shown.out.toUtf8()).array()[0].toObject();
    QVERIFY2(stopped["resumable"].toBool(), qPrintable(shown.out));
    QVERIFY(stopped["epochs_done"].toInt() < 60);
    const Result rest = run({"sweep", "--resume", "cancelled", "--launcher", "slurm"});
    QVERIFY2(rest.status == 0, qPrintable(rest.out + rest.error));
    QCOMPARE(accuracies("cancelled"), accuracies("straight"));
  }

  void aFollowerMayGoAndAllBeCancelled() {
    QProcess follower;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("PARALIF_RUNS", dir_.filePath("runs"));
    follower.setProcessEnvironment(environment);
    follower.start(PARALIF_BIN_DIR "/paralif", grid("left", "2000") + QStringList{"--launcher", "slurm", "--jobs", "1"});
    waitForFile("runs/left/0001/checkpoint.h5");
    ::kill(static_cast<pid_t>(follower.processId()), SIGINT);
    QVERIFY(follower.waitForFinished(5000));
    QCOMPARE(follower.exitCode(), 130);
    QVERIFY(follower.readAllStandardError().contains("stay in Slurm's queue"));
    const Result shown = run({"sweep", "--resume", "left", "--show"});
    QVERIFY2(shown.out.contains("11 queued") && shown.out.contains("1 running"), qPrintable(shown.out));
    QVERIFY(run({"sweep", "--resume", "left", "--cancel"}).out.startsWith("1 job arrays"));
    QTRY_VERIFY_WITH_TIMEOUT(node_->run("squeue", {"-h"}).trimmed().isEmpty(), 30000);
    const Result after = run({"sweep", "--resume", "left", "--show"});
    QVERIFY2(after.out.contains("11 queued, 1 stopped"), qPrintable(after.out));
  }

  void whatCannotBeginHasFailed() {
    const Result result = run({"sweep", "--preset", "best-heidelberg", "--vary", "seed=1|2",
                               "--nb_epochs", "1", "--name", "fails", "--launcher", "slurm"});
    QCOMPARE(result.status, 1);
    QVERIFY2(result.out.contains("shd_train.h5"), qPrintable(result.out));
    QVERIFY2(result.error.contains("--retry"), qPrintable(result.error));
  }

  void whatSbatchRefusesIsTold() {
    const Result result = run({"sweep", "--dataset", "yinyang", "--vary", "seed=1|2", "--name", "odd",
                               "--launcher", "slurm", "--sbatch", "--partition=nowhere"});
    QCOMPARE(result.status, 1);
    QVERIFY2(result.error.contains("sbatch") && result.error.contains("partition"), qPrintable(result.error));
    QCOMPARE(result.error.count('\n'), 1);
  }
};

QTEST_GUILESS_MAIN(TestSlurmCli)
#include "tst_slurm_cli.moc"
