// What goes wrong while a session trains or takes a run up: nothing good is lost by it.
#include <QElapsedTimer>
#include <QTest>
#include <cmath>
#include <filesystem>

#include "core/experiments/fields.h"
#include "core/runs/run_files.h"
#include "core/runs/run_store.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"
#include "tests/core/sessions/small.h"

using namespace paralif;
using testing::collect;
using testing::Outcome;
using testing::path_in;
using testing::small;
namespace fs = std::filesystem;

class TestSessionFailures : public QObject {
  Q_OBJECT

 private:
  static bool until(Session& session, Outcome& outcome, const auto& reached) {
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < 60000) {
      collect(session, outcome);
      if (reached()) return true;
      QTest::qSleep(2);
    }
    return false;
  }

  /// Weights leave float's range within some steps.
  static Experiment exploding(bool debug) {
    Experiment experiment = small(50);
    experiment.training.debug = debug;  // epochs of two batches
    experiment.training.optimizer = "sgd";
    experiment.training.learning_rate = find_field("lr")->maximum;
    experiment.training.weight_decay = find_field("weight_decay")->maximum;
    experiment.neuron.name = "ReLU";
    return experiment;
  }

 private Q_SLOTS:
  void valuesThatAreNotFiniteEndTheTraining_data() {
    QTest::addColumn<bool>("shortEpochs");
    QTest::newRow("short epochs") << true;
    QTest::newRow("long epochs") << false;
  }
  void valuesThatAreNotFiniteEndTheTraining() {
    QFETCH(bool, shortEpochs);
    const QTemporaryDir dir;
    SessionOptions options;
    options.runs_root = path_in(dir, "runs");
    const Experiment experiment = exploding(shortEpochs);
    const Outcome outcome = testing::run(experiment, options);
    QCOMPARE(outcome.last.state, SessionState::failed);
    QVERIFY2(outcome.last.message.find("learning rate") != std::string::npos,
             outcome.last.message.c_str());
    for (const EpochMetrics& epoch : outcome.epochs) QVERIFY(std::isfinite(epoch.test_loss));
    const RunRecord record = read_run(outcome.last.run_folder);
    QCOMPARE(record.summary.status, RunStatus::failed);
    QVERIFY(record.summary.resumable);
    // What was kept is finite: the trainer takes no other.
    SessionOptions resume;
    resume.resume = outcome.last.run_folder;
    Session session(experiment, resume);
    Outcome again;
    session.step();
    QVERIFY(until(session, again, [&] {
      return session.state() == SessionState::paused || session.state() == SessionState::failed;
    }));
    QVERIFY(!again.batches.empty());
    QVERIFY(std::isfinite(again.batches.back().loss));
    const fs::path best = fs::path(outcome.last.run_folder) / "checkpoint-best.h5";
    if (fs::exists(best)) {
      session.stop();
      session.wait(10);
      fs::copy_file(best, fs::path(outcome.last.run_folder) / "checkpoint.h5",
                    fs::copy_options::overwrite_existing);
      Session from_best(experiment, resume);
      Outcome third;
      from_best.step();
      QVERIFY(until(from_best, third, [&] {
        return from_best.state() == SessionState::paused ||
               from_best.state() == SessionState::failed;
      }));
      QVERIFY2(!third.batches.empty(), third.last.message.c_str());
    }
  }

  void aFailedResumeLeavesTheRunAsItWas_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<bool>("remove");
    QTest::newRow("checkpoint") << "checkpoint.h5" << false;
    QTest::newRow("no checkpoint") << "checkpoint.h5" << true;
    QTest::newRow("metrics") << "metrics.h5" << false;
    QTest::newRow("no metrics") << "metrics.h5" << true;
  }
  void aFailedResumeLeavesTheRunAsItWas() {
    QFETCH(QString, file);
    QFETCH(bool, remove);
    const QTemporaryDir dir;
    SessionOptions options;
    options.runs_root = path_in(dir, "runs");
    const fs::path run = testing::run(small(2), options).last.run_folder;
    const fs::path spoilt = run / file.toStdString();
    if (remove) {
      fs::remove(spoilt);
    } else {
      std::string bytes = read_file(spoilt);
      bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
      write_file(spoilt, file == "metrics.h5" ? bytes.substr(0, bytes.size() / 2) : bytes);
    }
    const std::string head = read_file(run / "run.json");
    const std::string experiment = read_file(run / "experiment.json");
    SessionOptions resume;
    resume.resume = run;
    const Outcome outcome = testing::run(small(50), resume);
    QCOMPARE(outcome.last.state, SessionState::failed);
    QVERIFY2(outcome.last.message.find(remove && file != "metrics.h5" ? "no checkpoint"
                                                                      : file.toStdString()) !=
                 std::string::npos,
             outcome.last.message.c_str());
    QCOMPARE(read_file(run / "run.json"), head);
    QCOMPARE(read_file(run / "experiment.json"), experiment);
    QCOMPARE(read_summary(run).status, RunStatus::finished);
  }

  void aRunOfTheFirstVersionIsTakenUp() {
    const QTemporaryDir dir;
    SessionOptions options;
    options.runs_root = path_in(dir, "runs");
    Experiment experiment = small(1);
    experiment.network.hidden = {2};
    experiment.training.debug = true;
    const fs::path run = testing::run(experiment, options).last.run_folder;
    fs::remove(run / "checkpoint.h5");
    fs::copy_file(fs::path(PARALIF_SOURCE_DIR) / "tests/core/training/data/checkpoint-0.1.pt",
                  run / "checkpoint.pt");
    SessionOptions resume;
    resume.resume = run;
    experiment.training.epochs = 3;
    const Outcome outcome = testing::run(experiment, resume);
    QVERIFY2(outcome.last.state == SessionState::finished, outcome.last.message.c_str());
    QCOMPARE(read_summary(run).epochs_done, 3);
    QVERIFY(fs::exists(run / "checkpoint.h5") && !fs::exists(run / "checkpoint.pt"));
  }

  void aFolderRemovedWhileTrainingIsNoticed_data() {
    QTest::addColumn<int>("steps");
    QTest::newRow("short epochs") << 10;
    QTest::newRow("long epochs") << 3000;
  }
  void aFolderRemovedWhileTrainingIsNoticed() {
    QFETCH(int, steps);
    const QTemporaryDir dir;
    SessionOptions options;
    options.runs_root = path_in(dir, "runs");
    Experiment experiment = small(100000);
    experiment.dataset.steps = steps;
    experiment.training.batch_size = 32;
    Session session(experiment, options);
    Outcome outcome;
    session.start();
    QVERIFY(until(session, outcome, [&] { return !outcome.batches.empty(); }));
    const fs::path run = outcome.last.run_folder;
    fs::rename(run, path_in(dir, "away"));  // at once, as a file manager would
    QVERIFY(session.wait(60));
    collect(session, outcome);
    QCOMPARE(outcome.last.state, SessionState::failed);
    QVERIFY2(outcome.last.message.find("removed") != std::string::npos,
             outcome.last.message.c_str());
    QVERIFY(!fs::exists(run));
  }

  void partsOfDeadWritersGo() {
    const QTemporaryDir dir;
    SessionOptions options;
    options.runs_root = path_in(dir, "runs");
    const fs::path run = testing::run(small(1), options).last.run_folder;
    const std::vector<fs::path> dead{run / "metrics.h5.part4711", run / "checkpoint.h5.part12",
                                     run / "epochs" / "0002.h5.part4711"};
    for (const fs::path& part : dead) write_file(part, "half");
    const std::vector<fs::path> own{run / "notes.part", run / "my.partial"};
    for (const fs::path& part : own) write_file(part, "mine");
    SessionOptions resume;
    resume.resume = run;
    QCOMPARE(testing::run(small(2), resume).last.state, SessionState::finished);
    for (const fs::path& part : dead) QVERIFY2(!fs::exists(part), part.c_str());
    for (const fs::path& part : own) QVERIFY2(fs::exists(part), part.c_str());
  }
};

QTEST_GUILESS_MAIN(TestSessionFailures)
#include "tst_session_failures.moc"
