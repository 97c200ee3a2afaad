// Runs whose files hold what no training writes: refused by name, and the rest unharmed.
#include <sys/stat.h>

#include <QTest>
#include <limits>

#include "core/runs/run_checks.h"
#include "core/runs/run_files.h"
#include "core/runs/run_lock.h"
#include "core/runs/run_store.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"
#include "tests/core/sessions/small.h"
#include "tests/records.h"
#include "tests/said.h"

using namespace paralif;
using testing::said;
using testing::path_in;
using testing::small;
namespace fs = std::filesystem;

namespace {

/// What is kept of an epoch, to be spoilt.
struct Epoch {
  SampleProbe probe;
  ConfusionMatrix confusion;
  DecisionMap map;
};

}  // namespace

class TestRunChecks : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir dir_;
  fs::path root_;
  fs::path run_;
  fs::path other_;

  fs::path copy(const char* name) const {
    const fs::path made = path_in(dir_, name);
    fs::remove_all(made);
    fs::copy(run_, made, fs::copy_options::recursive);
    return made;
  }

  static void replaceIn(const fs::path& file, const std::string& from, const std::string& to) {
    std::string text = read_file(file);
    const std::size_t at = text.find(from);
    QVERIFY2(at != std::string::npos, from.c_str());
    const std::size_t end = text.find_first_of(",\n", at);
    write_file(file, text.replace(at, end - at, to));
  }

 private Q_SLOTS:
  void initTestCase() {
    root_ = path_in(dir_, "runs");
    SessionOptions options;
    options.runs_root = root_;
    run_ = testing::run(small(1), options).last.run_folder;
    other_ = testing::run(small(1), options).last.run_folder;
    QVERIFY(!run_.empty() && run_ != other_);
  }

  void headsOutOfRangeAreNamed_data() {
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("named");
    QTest::newRow("negative") << "\"epochs_done\"" << "\"epochs_done\": -1" << "epochs_done";
    QTest::newRow("huge") << "\"epochs_done\"" << "\"epochs_done\": 1e300" << "epochs_done";
    QTest::newRow("accuracy") << "\"last_test_accuracy\"" << "\"last_test_accuracy\": 1e300"
                              << "last_test_accuracy";
    QTest::newRow("seconds") << "\"train_seconds\"" << "\"train_seconds\": -5" << "train_seconds";
    QTest::newRow("status") << "\"status\"" << "\"status\": \"glorious\"" << "status";
    QTest::newRow("time") << "\"started_utc\"" << "\"started_utc\": \"\\u001b[2J\"" << "started_utc";
    QTest::newRow("newer") << "\"schema\"" << "\"schema\": 99" << "newer version";
    QTest::newRow("kind") << "\"status\"" << "\"status\": 7" << "damaged";
    QTest::newRow("brackets") << "\"status\""
                              << "\"status\": " + QString(100000, '[') + QString(100000, ']')
                              << "deep";
  }
  void headsOutOfRangeAreNamed() {
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QString, named);
    const fs::path bad = copy("runs/bad");
    replaceIn(bad / "run.json", from.toStdString(), to.toStdString());
    const QString sentence = said([&] { (void)read_summary(bad); });
    QVERIFY2(sentence.contains("run.json") && sentence.contains(named), qPrintable(sentence));
    // The list names it among the others.
    const auto runs = list_runs(root_);
    QCOMPARE(runs.size(), std::size_t{3});
    QCOMPARE(runs.back().status, RunStatus::damaged);
    QVERIFY(runs.back().folder == bad);
    QVERIFY2(QString::fromStdString(runs.back().problem).contains(named),
             runs.back().problem.c_str());
    QVERIFY(!runs.back().resumable);
    QVERIFY(runs.front().problem.empty());
    fs::remove_all(bad);
  }

  void whatIsMissingOrNoFileIsListedAsDamaged() {
    const fs::path bad = copy("runs/bad");
    fs::remove(bad / "run.json");
    QVERIFY(list_runs(root_).back().problem.find("run.json") != std::string::npos);
    QCOMPARE(::mkfifo((bad / "run.json").c_str(), 0600), 0);  // opening it would wait for ever
    QVERIFY(list_runs(root_).back().problem.find("regular") != std::string::npos);
    fs::remove_all(bad);
    const fs::path deep = copy("runs/bad");
    write_file(deep / "experiment.json", std::string(200000, '['));
    QVERIFY(list_runs(root_).back().problem.find("deep") != std::string::npos);
    fs::remove_all(deep);
    QCOMPARE(list_runs(root_).size(), std::size_t{2});
  }

  void aLockThatIsAPipeIsRefused() {
    const fs::path bad = copy("pipe");
    fs::remove(bad / "lock");
    QCOMPARE(::mkfifo((bad / "lock").c_str(), 0600), 0);
    QVERIFY(said([&] { (void)RunLock::is_held(bad); }).contains("lock"));
    QVERIFY(said([&] { (void)read_summary(bad); }).contains("regular file"));
    QVERIFY(said([&] { const RunLock lock(bad); }).contains("regular file"));
    fs::remove(bad / "lock");
    fs::create_symlink("/dev/zero", bad / "lock");
    QVERIFY(said([&] { const RunLock lock(bad); }).contains("regular file"));
  }

  void aRemovedLockIsNoticed() {
    const fs::path bad = copy("moved");
    const RunLock lock(bad);
    QVERIFY(lock.in_place());
    fs::rename(bad, path_in(dir_, "elsewhere"));
    QVERIFY(!lock.in_place());
    fs::create_directories(bad);
    write_file(bad / "lock", "");
    QVERIFY(!lock.in_place());
  }

  void metricsOutOfRangeAreNamed() {
    const auto refusal = [&](const auto& spoil) {
      const fs::path bad = copy("metrics");
      run_files::Metrics metrics = run_files::read_metrics(bad);
      spoil(metrics);
      run_files::write_metrics(bad, metrics);
      return said([&] { (void)read_run(bad); });
    };
    QVERIFY(refusal([](auto&) {}).isEmpty());
    QVERIFY(refusal([](auto& m) { m.epochs[0].test_loss = NAN; }).contains("test_loss"));
    QVERIFY(refusal([](auto& m) { m.epochs[0].test_accuracy = 7; }).contains("test_accuracy"));
    QVERIFY(refusal([](auto& m) { m.epochs[0].train_seconds = 1e300; }).contains("train_seconds"));
    QVERIFY(refusal([](auto& m) { m.epochs[0].epoch = -3; }).contains("epochs/epoch"));
    QVERIFY(refusal([](auto& m) { m.batches[1].step = 1; }).contains("batches/step"));
    QVERIFY(refusal([](auto& m) { m.batches[0].loss = INFINITY; }).contains("batches/loss"));
    const fs::path bad = copy("metrics");
    fs::remove(bad / "metrics.h5");
    QVERIFY(said([&] { (void)read_run(bad); }).contains("metrics.h5"));
  }

  void epochsOutOfRangeAreNamed() {
    const auto refusal = [&](const auto& spoil) {
      const fs::path bad = copy("epochs");
      const Records whole = run_files::read_epoch(bad, 1);
      SampleProbe probe = *testing::spikesIn(whole);
      probe.traces = testing::membranesIn(whole)->traces;
      probe.readout = testing::membranesIn(whole)->readout;
      Epoch epoch{probe, *testing::matrixIn(whole), *testing::mapIn(whole)};
      spoil(epoch);
      Records spoilt;
      testing::put(spoilt, epoch.probe);
      testing::put(spoilt, epoch.confusion);
      spoilt["decision_map"] = testing::recordOfValue(epoch.map);
      run_files::write_epoch(bad, 1, spoilt);
      return said([&] { (void)read_run(bad); });
    };
    QVERIFY(refusal([](auto&) {}).isEmpty());
    const auto none = std::numeric_limits<std::int32_t>::max();
    QVERIFY(refusal([&](auto& r) { r.probe.layers[1].spikes.push_back({0, 8}); }).contains("neuron"));
    QVERIFY(refusal([&](auto& r) { r.probe.layers[0].spikes.push_back({none, 0}); }).contains("step"));
    QVERIFY(refusal([&](auto& r) { r.probe.layers[0].spikes.push_back({0, -1}); }).contains("neuron"));
    QVERIFY(refusal([](auto& r) { r.probe.predicted = 3; }).contains("predicted"));
    QVERIFY(refusal([](auto& r) { r.probe.label = -1; }).contains("label"));
    QVERIFY(refusal([](auto& r) { r.probe.steps = -10; }).contains("steps"));
    QVERIFY(refusal([](auto& r) { r.probe.steps = 11; }).contains("membrane"));
    QVERIFY(refusal([](auto& r) { r.probe.time_step_s = 0; }).contains("time_step_s"));
    QVERIFY(refusal([](auto& r) { r.probe.layers[0].neurons = -4; }).contains("neurons"));
    QVERIFY(refusal([](auto& r) { r.probe.readout[0].membrane[2] = NAN; }).contains("membrane"));
    QVERIFY(refusal([](auto& r) { r.probe.readout[0].spike_steps = {10}; }).contains("spike_steps"));
    QVERIFY(refusal([](auto& r) { r.confusion.counts[0] = -1; }).contains("confusion"));
    QVERIFY(refusal([](auto& r) { r.map.confidence[0] = -1; }).contains("map"));
    QVERIFY(refusal([](auto& r) {
              r.map.side = 1;
              r.map.predicted.resize(1);
              r.map.confidence.resize(1);
            }).contains("map"));
  }

  void aRunsFilesMustBeItsOwnBeforeItIsWrittenTo() {
    const fs::path bad = copy("linked");
    write_file(path_in(dir_, "precious"), "precious");
    fs::remove(bad / "log.txt");
    fs::create_symlink(path_in(dir_, "precious"), bad / "log.txt");
    SessionOptions resume;
    resume.resume = bad;
    const auto outcome = testing::run(small(2), resume);
    QCOMPARE(outcome.last.state, SessionState::failed);
    QVERIFY(outcome.last.message.find("log.txt") != std::string::npos);
    QCOMPARE(read_file(path_in(dir_, "precious")), std::string("precious"));
  }
};

QTEST_GUILESS_MAIN(TestRunChecks)
#include "tst_run_checks.moc"
