// Runs on disk: what comes back, and what a damaged folder says.
#include <QTest>

#include <nlohmann/json.hpp>

#include "core/session/run_files.h"
#include "core/session/run_lock.h"
#include "core/session/run_store.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"
#include "tests/core/session/small.h"

using namespace paralif;
using testing::path_in;
using testing::small;
namespace fs = std::filesystem;

class TestRunStore : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir dir_;
  fs::path root_;
  fs::path run_;
  testing::Outcome outcome_;

  static std::string message(const auto& work) {
    try {
      work();
    } catch (const Error& error) {
      return error.what();
    }
    return {};
  }

 private Q_SLOTS:
  void initTestCase() {
    root_ = path_in(dir_, "runs");
    SessionOptions options;
    options.runs_root = root_;
    outcome_ = testing::run(small(3), options);
    run_ = outcome_.last.run_folder;
    QVERIFY(is_run_folder(run_));
  }

  void comesBackWhole() {
    const RunRecord record = read_run(run_);
    QCOMPARE(record.summary.status, std::string("finished"));
    QCOMPARE(record.summary.epochs_done, 3);
    QVERIFY(!record.summary.resumable);
    QVERIFY(record.summary.experiment == small(3));
    QCOMPARE(record.batches.size(), outcome_.batches.size());
    QCOMPARE(record.batches.back().loss, outcome_.batches.back().loss);
    QCOMPARE(record.epochs.size(), std::size_t{3});
    QVERIFY(record.epochs[1].layer_rates == outcome_.epochs[1].layer_rates);
    QCOMPARE(record.summary.last_test_accuracy, outcome_.epochs[2].test_accuracy);
    QCOMPARE(recorded_epochs(run_).back(), 3);
    QVERIFY(record.probe && record.confusion && record.decision_map);
    QCOMPARE(record.probe->epoch, 3);
    QCOMPARE(record.probe->layers[0].spikes.size(), outcome_.last.probe->layers[0].spikes.size());
    std::int64_t tested = 0;
    for (const std::int64_t count : record.confusion->counts) tested += count;
    QCOMPARE(tested, 1000);
  }

  void publishedResults() {
    const auto json = nlohmann::json::parse(read_file(run_ / "results.json"));
    for (const char* name : {"loss_hist", "train_accuracies", "train_duration", "test_accuracies",
                             "nb_spikes", "test_duration"}) {
      QVERIFY2(json.contains(name) && json[name].size() == 3, name);
    }
    QCOMPARE(json["PARAMS"]["neuron"].get<std::string>(), std::string("ParaLIF-T"));
    QCOMPARE(json["PARAMS"]["hidden_size"].get<int>(), 8);
    QVERIFY(fs::exists(run_ / "weights.h5"));
    QVERIFY(fs::exists(run_ / "checkpoint-best.h5"));
  }

  void listsRunsAndLeavesOutTheRest() {
    fs::create_directory(root_ / "not-a-run");
    write_file(root_ / "file", "");
    QCOMPARE(list_runs(root_).size(), std::size_t{1});
    QVERIFY(list_runs(root_ / "absent").empty());
    QVERIFY(!message([&] { (void)read_summary(root_ / "not-a-run"); }).empty());
    QVERIFY(!message([&] { (void)read_summary(root_ / "absent"); }).empty());
  }

  void damagedFilesAreNamed_data() {
    QTest::addColumn<QString>("file");
    QTest::newRow("head") << "run.json";
    QTest::newRow("experiment") << "experiment.json";
    QTest::newRow("metrics") << "metrics.h5";
    QTest::newRow("epoch") << "epochs/0003.h5";
  }
  void damagedFilesAreNamed() {
    QFETCH(QString, file);
    const fs::path copy = path_in(dir_, "copy");
    fs::remove_all(copy);
    fs::copy(run_, copy, fs::copy_options::recursive);
    const fs::path broken = copy / file.toStdString();
    const std::string bytes = read_file(broken);
    for (const double share : {0.0, 0.3, 0.8}) {
      write_file(broken,
                 std::string_view(bytes).substr(0, std::size_t(share * double(bytes.size()))));
      const std::string said = message([&] { (void)read_run(copy); });
      QVERIFY2(said.find(file.toStdString()) != std::string::npos, said.c_str());
    }
  }

  void aDamagedCheckpointIsNamed() {
    const fs::path copy = path_in(dir_, "checkpoint");
    fs::copy(run_, copy, fs::copy_options::recursive);
    const std::string bytes = read_file(copy / "checkpoint.h5");
    write_file(copy / "checkpoint.h5", std::string_view(bytes).substr(0, bytes.size() / 2));
    SessionOptions resume;
    resume.resume = copy;
    const auto outcome = testing::run(small(5), resume);
    QCOMPARE(outcome.last.state, SessionState::failed);
    QVERIFY(outcome.last.message.find("checkpoint.h5") != std::string::npos);
    QCOMPARE(read_run(copy).epochs.size(), std::size_t{3});
  }

  void aRunWhoseProcessDiedIsInterrupted() {
    const fs::path copy = path_in(dir_, "crashed");
    fs::copy(run_, copy, fs::copy_options::recursive);
    auto head = run_files::read_head(copy);
    head.status = "running";
    head.epochs_done = 2;
    run_files::write_head(copy, head);
    QCOMPARE(read_summary(copy).status, std::string("interrupted"));
    QVERIFY(read_summary(copy).resumable);
    const RunLock lock(copy);
    QCOMPARE(read_summary(copy).status, std::string("running"));
    QVERIFY(!read_summary(copy).resumable);
    QVERIFY_EXCEPTION_THROWN(RunLock{copy}, Error);
  }
};

QTEST_GUILESS_MAIN(TestRunStore)
#include "tst_run_store.moc"
