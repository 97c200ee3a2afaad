// Runs on disk: what comes back, and what a damaged folder says.
#include <QTest>
#include <map>

#include <nlohmann/json.hpp>

#include "core/encoding/spike_source.h"
#include "core/experiments/experiment_file.h"
#include "core/runs/published_results.h"
#include "core/runs/run_files.h"
#include "core/runs/run_lock.h"
#include "core/runs/run_store.h"
#include "core/runs/run_writer.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"
#include "tests/core/sessions/small.h"
#include "tests/records.h"

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
    QCOMPARE(record.summary.status, RunStatus::finished);
    QCOMPARE(record.summary.epochs_done, 3);
    QVERIFY(!record.summary.resumable);
    QVERIFY(record.summary.experiment == small(3));
    QCOMPARE(record.batches.size(), outcome_.batches.size());
    QCOMPARE(record.batches.back().loss, outcome_.batches.back().loss);
    QCOMPARE(record.epochs.size(), std::size_t{3});
    QVERIFY(record.epochs[1].layer_rates == outcome_.epochs[1].layer_rates);
    QCOMPARE(record.summary.last_test_accuracy, outcome_.epochs[2].test_accuracy);
    QCOMPARE(recorded_epochs(run_).back(), 3);
    const auto spikes = testing::spikesIn(record.records);
    QVERIFY(spikes && testing::matrixIn(record.records) && testing::mapIn(record.records));
    QCOMPARE(spikes->epoch, 3);
    QVERIFY(spikes->layers == testing::spikesIn(outcome_.last.records)->layers);
    QVERIFY(testing::membranesIn(record.records)->readout ==
            testing::membranesIn(outcome_.last.records)->readout);
    // What the recorders saw, as it was shown.
    QVERIFY(record.records.contains("layers") && record.records.contains("constants"));
    QCOMPARE(record.records.size(), outcome_.last.records.size());
    const Record& layers = *record.records.at("layers");
    QCOMPARE(layers.epoch, 3);
    QVERIFY(layers.labels == outcome_.last.records.at("layers")->labels);
    QCOMPARE(layers.find("rate")->values[0],
             outcome_.last.records.at("layers")->find("rate")->values[0]);
    std::int64_t tested = 0;
    for (const std::int64_t count : testing::matrixIn(record.records)->counts) tested += count;
    QCOMPARE(tested, 1000);
  }

  void publishedResults() {
    const auto json = nlohmann::json::parse(read_file(run_ / "results.json"));
    double loss = 0.0;  // sum of the batches' mean losses over the number of samples
    for (const BatchMetrics& batch : outcome_.batches) {
      if (batch.epoch == 2) loss += batch.loss / 5000.0;
    }
    QCOMPARE(json["loss_hist"].size(), std::size_t{3});
    QVERIFY(std::abs(json["loss_hist"][1].get<double>() - loss) < 1e-12);
    QVERIFY(loss < outcome_.epochs[1].train_loss / 32.0);
    QCOMPARE(json["train_accuracies"].size(), std::size_t{3});
    QVERIFY(json["train_duration"].is_number() && json["test_duration"].is_number());
    // One test, after the last epoch.
    QCOMPARE(json["test_accuracies"].size(), std::size_t{1});
    QCOMPARE(json["test_accuracies"][0].get<double>(), outcome_.epochs[2].test_accuracy);
    QCOMPARE(json["nb_spikes"].size(), std::size_t{1});
    const auto& spikes = json["nb_spikes"][0];
    QCOMPARE(spikes.size(), std::size_t{2});
    QCOMPARE(spikes[0].size(), std::size_t{1});
    QVERIFY(spikes[1] == nlohmann::json::parse("[0.0]"));
    // Batches of 64 and one of 40: not the mean over samples, but close to it.
    const double mean = 8.0 * outcome_.epochs[2].layer_rates[0];
    QVERIFY(std::abs(spikes[0][0].get<double>() - mean) < 0.1 * mean);
    const auto& parameters = json["PARAMS"];
    QCOMPARE(parameters["neuron"].get<std::string>(), std::string("ParaLIF-T"));
    QCOMPARE(parameters["hidden_size"].get<int>(), 8);
    QCOMPARE(parameters["nb_layers"].get<int>(), 1);
    QCOMPARE(parameters["input_size"].get<int>(), 4);
    QCOMPARE(parameters["nb_class"].get<int>(), 3);
    QCOMPARE(parameters["device"].get<std::string>(), std::string("cpu"));
    QCOMPARE(parameters["window_size"].get<std::int64_t>(), small(3).dataset.steps);
    QCOMPARE(json["epochs"]["test_accuracy"].size(), std::size_t{3});
    QVERIFY(fs::exists(run_ / "weights.h5"));
  }

  void resultsOfAFinishedRunOutliveAResume() {
    const fs::path copy = path_in(dir_, "again");
    fs::copy(run_, copy, fs::copy_options::recursive);
    SessionOptions resume;
    resume.resume = copy;
    QCOMPARE(testing::run(small(3), resume).last.state, SessionState::finished);
    const auto spikes = [](const fs::path& run) {
      return nlohmann::json::parse(read_file(run / "results.json"))["nb_spikes"];
    };
    QVERIFY(spikes(copy) == spikes(run_));
  }

  void unfinishedRunsHaveNoTestYet() {
    run_files::Metrics metrics;
    metrics.epochs.resize(2);
    metrics.epochs[0].epoch = 1;
    metrics.epochs[1].epoch = 2;
    std::map<std::int64_t, double> losses;
    for (const BatchMetrics& batch : metrics.batches) losses[batch.epoch] += batch.loss;
    const auto json = nlohmann::json::parse(
        published_results(small(3), {4, 3, 100}, metrics.epochs, losses));
    QVERIFY(json["test_accuracies"].empty());
    QVERIFY(json["test_duration"].is_null());
    QCOMPARE(json["train_accuracies"].size(), std::size_t{2});
  }

  void onlyAValidationPartHasABest() {
    QVERIFY(!fs::exists(run_ / "checkpoint-best.h5"));
    const RunSummary plain = read_summary(run_);
    QVERIFY(!plain.best_test_accuracy && !plain.best_validation_accuracy);

    SessionOptions options;
    options.runs_root = path_in(dir_, "validated");
    Experiment experiment = small(2);
    experiment.dataset.validation = 0.2;
    const auto outcome = testing::run(experiment, options);
    const fs::path run = outcome.last.run_folder;
    QVERIFY(fs::exists(run / "checkpoint-best.h5"));
    const RunRecord record = read_run(run);
    double best = 0.0;
    for (const EpochMetrics& epoch : outcome.epochs) {
      QVERIFY(epoch.validation_accuracy && epoch.validation_loss);
      best = std::max(best, *epoch.validation_accuracy);
    }
    QVERIFY(record.summary.best_validation_accuracy == best);
    QVERIFY(!record.summary.best_test_accuracy);
    QVERIFY(record.epochs[1].validation_accuracy == outcome.epochs[1].validation_accuracy);
    const auto json = nlohmann::json::parse(read_file(run / "results.json"));
    QCOMPARE(json["epochs"]["validation_accuracy"].size(), std::size_t{2});
    QCOMPARE(json["test_accuracies"][0].get<double>(), outcome.epochs[1].test_accuracy);
    const std::string log = read_file(run / "log.txt");
    const DataSplit data = open_data(experiment.dataset);
    QCOMPARE(data.train->samples() + data.validation->samples(), 5000);
    const std::string counts = std::to_string(data.train->samples()) + " training, " +
                               std::to_string(data.validation->samples()) +
                               " validation and 1000 test samples";
    QVERIFY(log.find(counts) != std::string::npos);
    QVERIFY(log.find(", validation ") != std::string::npos);
    std::int64_t tested = 0;
    for (const std::int64_t count : testing::matrixIn(record.records)->counts) tested += count;
    QCOMPARE(tested, 1000);
  }

  void bestOfEarlierVersionsIsShownAsWhatItIs() {
    const fs::path copy = path_in(dir_, "earlier");
    fs::copy(run_, copy, fs::copy_options::recursive);
    auto head = nlohmann::json::parse(read_file(copy / "run.json"));
    head["best_test_accuracy"] = 0.75;
    write_file(copy / "run.json", head.dump());
    QVERIFY(read_summary(copy).best_test_accuracy == 0.75);
    QVERIFY(!read_summary(copy).best_validation_accuracy);
    // There, a held-out share was tested in place of the test set.
    Experiment held = small(3);
    held.dataset.validation = 0.2;
    save_experiment(held, copy / "experiment.json");
    QVERIFY(read_summary(copy).best_validation_accuracy == 0.75);
    QVERIFY(!read_summary(copy).best_test_accuracy);
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

  void batchesLeaveTheMemoryOnceWritten() {
    const fs::path root = path_in(dir_, "flushed");
    RunWriter writer(root, small(3));
    const auto add = [&](std::int64_t first, std::int64_t last) {
      for (std::int64_t step = first; step <= last; ++step) {
        writer.add(BatchMetrics{.step = step, .epoch = 1, .batch = step, .loss = 0.5});
      }
    };
    add(1, 200);
    QCOMPARE(writer.metrics().batches.size(), std::size_t{200});
    writer.flush(RunStatus::running, {});
    QVERIFY(writer.metrics().batches.empty());
    add(201, 300);
    writer.forget_after(250, 2);
    writer.flush(RunStatus::running, {});
    writer.forget_after(150, 2);
    add(151, 160);
    writer.flush(RunStatus::interrupted, {});
    const auto batches = run_files::read_metrics(writer.folder()).batches;
    QCOMPARE(batches.size(), std::size_t{160});
    for (std::size_t i = 0; i < batches.size(); ++i) {
      QCOMPARE(batches[i].step, static_cast<std::int64_t>(i) + 1);
    }
  }

  /// Rows are added in many flushes and read back as if they had been written at once.
  void flushesAddToTheTables() {
    const fs::path root = path_in(dir_, "added");
    RunWriter writer(root, small(9));
    std::vector<EpochMetrics> epochs;
    std::int64_t step = 0;
    for (std::int64_t epoch = 1; epoch <= 6; ++epoch) {
      for (int flushes = 0; flushes < 3; ++flushes) {
        for (int i = 0; i < 100; ++i) {
          ++step;
          writer.add(BatchMetrics{.step = step, .epoch = epoch, .batch = i + 1, .loss = 1.0 / double(step)});
        }
        writer.flush(RunStatus::running, {});
      }
      EpochMetrics metrics;
      metrics.epoch = epoch;
      metrics.step = step;
      metrics.test_accuracy = 0.1 * double(epoch);
      metrics.layer_rates = {0.5 * double(epoch), 0.25};
      if (epoch > 2) metrics.validation_accuracy = 0.2;  // a column that begins late
      writer.add(metrics);
      epochs.push_back(metrics);
      writer.flush(RunStatus::running, {});
    }
    const run_files::Metrics read = run_files::read_metrics(writer.folder());
    QCOMPARE(read.batches.size(), std::size_t(step));
    for (std::size_t i = 0; i < read.batches.size(); ++i) {
      QCOMPARE(read.batches[i].step, std::int64_t(i) + 1);
      QCOMPARE(read.batches[i].loss, 1.0 / double(i + 1));
    }
    QCOMPARE(read.epochs.size(), epochs.size());
    for (std::size_t i = 0; i < epochs.size(); ++i) {
      QCOMPARE(read.epochs[i].step, epochs[i].step);
      QCOMPARE(read.epochs[i].test_accuracy, epochs[i].test_accuracy);
      QVERIFY(read.epochs[i].layer_rates == epochs[i].layer_rates);
      QVERIFY(read.epochs[i].validation_accuracy == epochs[i].validation_accuracy);
    }
    const auto size = fs::file_size(writer.folder() / run_files::metrics);
    QVERIFY2(size < 200000, qPrintable(QString::number(size)));
  }

  void aHistoryThatCannotBeReadIsKept() {
    const fs::path root = path_in(dir_, "kept");
    RunWriter writer(root, small(3));
    writer.add(BatchMetrics{.step = 1, .epoch = 1, .batch = 1});
    writer.flush(RunStatus::running, {});
    write_file(writer.folder() / run_files::metrics, "not a table");
    writer.add(BatchMetrics{.step = 2, .epoch = 1, .batch = 2});
    writer.flush(RunStatus::running, {});
    const auto batches = run_files::read_metrics(writer.folder()).batches;
    QCOMPARE(batches.size(), std::size_t{1});
    QCOMPARE(batches[0].step, 2);
    QCOMPARE(read_file(writer.folder() / "metrics-until-1.h5"), std::string("not a table"));
    const std::string log = read_file(writer.folder() / run_files::log);
    QVERIFY(log.find("metrics-until-1.h5") != std::string::npos);
  }

  void unfinishedFoldersGo() {
    const fs::path root = path_in(dir_, "unfinished");
    for (const char* name : {".old.part", ".new.part", ".other.part"}) {
      fs::create_directories(root / name);
      write_file(root / name / (std::string(name) == ".other.part" ? "thesis.txt" : "run.json"),
                 "{}");
    }
    const auto past = fs::file_time_type::clock::now() - std::chrono::hours(3);
    fs::last_write_time(root / ".old.part", past);
    fs::last_write_time(root / ".other.part", past);
    const RunWriter writer(root, small(3));
    QVERIFY(!fs::exists(root / ".old.part"));
    QVERIFY(fs::exists(root / ".new.part"));
    QVERIFY(fs::exists(root / ".other.part" / "thesis.txt"));
  }

  /// Another machine, whose locks are not seen here.
  void aHeartbeatOfAnotherMachineHoldsARun() {
    const QTemporaryDir dir;
    const fs::path folder = dir.path().toStdString();
    const fs::path beat = folder / run_files::heartbeat;
    {
      const RunLock lock(folder);
      QVERIFY(fs::exists(beat));
      QVERIFY(Heartbeat::other_machine(folder).empty());  // it is this one's
    }
    QVERIFY(!fs::exists(beat));
    QVERIFY(!RunLock::is_held(folder));
    write_file(beat, "elsewhere\n");
    QCOMPARE(Heartbeat::other_machine(folder), std::string("elsewhere"));
    QVERIFY(RunLock::is_held(folder));
    QString said;
    try {
      const RunLock lock(folder);
    } catch (const Error& error) {
      said = QString::fromUtf8(error.what());
    }
    QVERIFY2(said.contains("is being trained on elsewhere"), qPrintable(said));
    // A minute and more without a touch: it is gone.
    fs::last_write_time(beat, fs::last_write_time(beat) - std::chrono::seconds(90));
    QVERIFY(!RunLock::is_held(folder));
    const RunLock lock(folder);
    QVERIFY(Heartbeat::other_machine(folder).empty());
  }

  void aHeartbeatIsTouched() {
    const QTemporaryDir dir;
    const fs::path beat = fs::path(dir.path().toStdString()) / run_files::heartbeat;
    const Heartbeat heart(dir.path().toStdString(), std::chrono::milliseconds(20));
    fs::last_write_time(beat, fs::last_write_time(beat) - std::chrono::seconds(90));
    const auto old = fs::last_write_time(beat);
    QTRY_VERIFY(fs::last_write_time(beat) > old);
  }

  void aRunWhoseProcessDiedIsInterrupted() {
    const fs::path copy = path_in(dir_, "crashed");
    fs::copy(run_, copy, fs::copy_options::recursive);
    auto head = run_files::read_head(copy);
    head.status = RunStatus::running;
    head.epochs_done = 2;
    run_files::write_head(copy, head);
    QCOMPARE(read_summary(copy).status, RunStatus::interrupted);
    QVERIFY(read_summary(copy).resumable);
    const RunLock lock(copy);
    QCOMPARE(read_summary(copy).status, RunStatus::running);
    QVERIFY(!read_summary(copy).resumable);
    QVERIFY_EXCEPTION_THROWN(RunLock{copy}, Error);
  }
};

QTEST_GUILESS_MAIN(TestRunStore)
#include "tst_run_store.moc"
