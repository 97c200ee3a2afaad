// Runs as one file: everything comes back, and what is no run's cannot get in.
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/experiments/experiment_file.h"
#include "core/library/run_share.h"
#include "core/runs/new_run.h"
#include "core/runs/run_files.h"
#include "core/runs/run_lock.h"
#include "core/runs/run_marks.h"
#include "core/runs/run_store.h"
#include "datasets/atomic_file.h"
#include "datasets/zip_writer.h"
#include "tests/finished_run.h"
#include "tests/said.h"
#include "tests/records.h"

using namespace paralif;
using testing::said;
namespace fs = std::filesystem;

class TestRunShare : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<QTemporaryDir> dir_;
  fs::path root_;
  fs::path run_;
  JobControl control_;

  fs::path path(const char* name) const { return fs::path(dir_->path().toStdString()) / name; }
  /// What take_shared_run() says of an archive of these entries; nothing must be left by it.
  QString taken(const ZipEntries& entries) {
    write_zip(path("odd.paralif"), entries);
    const fs::path root = path("taken");
    const QString sentence = said([&] { take_shared_run(path("odd.paralif"), root, control_); });
    for (const auto& left : fs::directory_iterator(root)) {
      return "left behind: " + QString::fromStdString(left.path().string());
    }
    return sentence;
  }
  std::string bytes(const char* name) const { return read_file(run_ / name); }

 private Q_SLOTS:
  void init() {
    dir_ = std::make_unique<QTemporaryDir>();
    root_ = path("runs");
    run_ = root_ / "one";
    Experiment experiment;
    experiment.title = "Shared";
    experiment.seed = 7;
    experiment.training.epochs = 2;
    testing::saveFinishedRun(run_, experiment, 0.75);
    testing::saveMetrics(run_, 2, [](EpochMetrics& epoch) {
      epoch.test_accuracy = 0.25 * static_cast<double>(epoch.epoch) + 0.25;
    });
    Records records;
    testing::put(records, ConfusionMatrix{3, 2, {1, 2, 3, 4, 5, 6, 7, 8, 9}});
    run_files::write_epoch(run_, 2, records);
    RunMarks marks;
    marks.tags = {"paper"};
    write_marks(run_, marks);
    std::ofstream(run_ / "private.txt") << "stays here";
    std::ofstream(run_ / "checkpoint.pt") << "a pickle";
  }

  void comesBackWhole() {
    share_run(run_, path("x.paralif"), {"ParaLIF Studio test", "a machine"}, control_);
    const fs::path folder = take_shared_run(path("x.paralif"), path("other"), control_);
    QCOMPARE(folder, path("other") / "x");
    const RunRecord record = read_run(folder);
    QCOMPARE(record.summary.title, std::string("Shared"));
    QCOMPARE(record.epochs.size(), std::size_t{2});
    QCOMPARE(record.epochs[1].test_accuracy, 0.75);
    QVERIFY(testing::matrixIn(record.records));
    QCOMPARE(testing::matrixIn(record.records)->counts[8], 9);
    QVERIFY(record.summary.experiment == read_summary(run_).experiment);
    QCOMPARE(read_marks(folder).tags, std::vector<std::string>{"paper"});
    QVERIFY(!fs::exists(folder / "private.txt") && !fs::exists(folder / "checkpoint.pt"));
    const auto told = nlohmann::json::parse(read_file(folder / provenance_file));
    QCOMPARE(told["program"].get<std::string>(), std::string("ParaLIF Studio test"));
    QCOMPARE(told["seed"].get<int>(), 7);
    QVERIFY(told["command"].get<std::string>().starts_with("paralif train"));
    // A second time beside the first; and handed on.
    QCOMPARE(take_shared_run(path("x.paralif"), path("other"), control_).filename().string(),
             std::string("x-2"));
    share_run(folder, path("again.paralif"), {}, control_);
  }

  void aRunInTrainingIsNotShared() {
    const RunLock lock(run_);
    QVERIFY(said([&] { share_run(run_, path("x.paralif"), {}, control_); }).contains("being trained"));
    QVERIFY(!fs::exists(path("x.paralif")));
  }

  void foreignEntriesAreRefused_data() {
    QTest::addColumn<QString>("name");
    QTest::newRow("up") << "../evil.json";
    QTest::newRow("absolute") << "/tmp/evil.json";
    QTest::newRow("inside up") << "epochs/../../evil.h5";
    QTest::newRow("backslash") << "epochs\\0001.h5";
    QTest::newRow("pickle") << "checkpoint.pt";
    QTest::newRow("lock") << "lock";
    QTest::newRow("program") << "run.sh";
    QTest::newRow("no number") << "epochs/x.h5";
    QTest::newRow("long number") << "epochs/" + QString(300, '1') + ".h5";
    QTest::newRow("empty") << "";
  }
  void foreignEntriesAreRefused() {
    QFETCH(const QString, name);
    const QString sentence = taken({{run_files::experiment, bytes(run_files::experiment)},
                                    {run_files::head, bytes(run_files::head)},
                                    {name.toStdString(), "x"}});
    QVERIFY2(sentence.contains("no file of a run"), qPrintable(sentence));
  }

  void damagedOnesAreRefused() {
    const std::string experiment = bytes(run_files::experiment);
    const std::string head = bytes(run_files::head);
    QVERIFY(taken({{run_files::head, head}}).contains("has no experiment.json"));
    QVERIFY(taken({{run_files::experiment, "[" + std::string(100000, '[')}, {run_files::head, head}})
                .contains("experiment.json"));
    QVERIFY(taken({{run_files::experiment, experiment}, {run_files::head, "{}"}}).contains("run.json"));
    QVERIFY(taken({{run_files::experiment, experiment}, {run_files::head, head}, {run_files::metrics, "HDF"}})
                .contains("metrics.h5"));
    const ZipEntries good{{run_files::experiment, experiment}, {run_files::head, head},
                          {run_files::metrics, bytes(run_files::metrics)}};
    const auto with = [&](const char* name, const char* content) {
      ZipEntries all = good;
      all.emplace_back(name, content);
      return taken(all);
    };
    QVERIFY(with("epochs/0001.h5", "garbage").contains("0001.h5"));
    QVERIFY(with(run_files::checkpoint, "x").contains("checkpoint.h5"));
    QVERIFY(with(run_files::marks, "[").contains("marks.json"));
    QVERIFY(with(provenance_file, "{").contains("provenance.json"));
    std::ofstream(path("text.paralif")) << "no archive";
    QVERIFY(said([&] { take_shared_run(path("text.paralif"), path("taken"), control_); }).contains("zip"));
    QVERIFY(!said([&] { take_shared_run(path("none.paralif"), path("taken"), control_); }).isEmpty());
    QVERIFY(fs::is_empty(path("taken")));
  }

  void largeTextsAreNotUnpacked() {
    // 17 MB of blanks, which compress to little.
    std::ofstream(path("blanks")) << std::string(17U << 20U, ' ');
    const std::atomic<bool> never{false};
    write_zip(path("bomb.paralif"), {{run_files::head, bytes(run_files::head)}},
              {{run_files::experiment, path("blanks")}}, never);
    const QString sentence = said([&] { take_shared_run(path("bomb.paralif"), path("taken"), control_); });
    QVERIFY2(sentence.contains("more than such a file can have"), qPrintable(sentence));
    QVERIFY(fs::is_empty(path("taken")));
  }

  void cancelledLeavesNothing() {
    Job job;
    std::atomic<bool> ready{false};
    job.start([&](JobControl& own) {
      while (!own.cancelled()) ready = true;
      share_run(run_, path("x.paralif"), {}, own);
    });
    while (!ready) {
    }
    job.cancel();
    job.wait();
    QVERIFY(job.report().status == JobStatus::cancelled);
    QVERIFY(!fs::exists(path("x.paralif")));
    share_run(run_, path("y.paralif"), {}, control_);
    job.start([&](JobControl& own) {
      while (!own.cancelled()) {
      }
      take_shared_run(path("y.paralif"), path("taken"), own);
    });
    job.cancel();
    job.wait();
    QVERIFY(fs::is_empty(path("taken")));
  }
};

QTEST_GUILESS_MAIN(TestRunShare)
#include "tst_run_share.moc"
