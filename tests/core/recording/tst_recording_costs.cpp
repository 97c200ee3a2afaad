// What is said beforehand of a recording's size is what the files come to, and what is chosen is what
// is kept.
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <set>

#include "core/experiments/fields.h"
#include "core/experiments/network_experiments.h"
#include "core/recording/recorder.h"
#include "core/recording/recording_costs.h"
#include "core/runs/run_files.h"
#include "core/runs/run_store.h"
#include "datasets/catalogue/catalogue.h"
#include "datasets/error.h"
#include "datasets/hdf5_file.h"
#include "tests/core/sessions/small.h"
#include "tests/said.h"

using namespace paralif;
using testing::path_in;
using testing::said;
using testing::small;

class TestRecordingCosts : public QObject {
  Q_OBJECT

 private:
  static std::set<std::string> ids(const Records& records) {
    std::set<std::string> all;
    for (const auto& [id, record] : records) all.insert(id);
    return all;
  }
  static std::filesystem::path trained(const Experiment& experiment, const QTemporaryDir& dir) {
    SessionOptions options;
    options.runs_root = path_in(dir, "runs");
    options.watch = false;
    return testing::run(experiment, options).last.run_folder;
  }

 private Q_SLOTS:
  void sizesAreThoseOfTheFiles_data() {
    QTest::addColumn<int>("hidden");
    QTest::addColumn<int>("steps");
    QTest::addColumn<QString>("keep");
    QTest::newRow("all") << 16 << 50 << "all";
    QTest::newRow("membranes") << 16 << 400 << "membranes";
    QTest::newRow("map") << 16 << 50 << "decision_map";
    QTest::newRow("weights and layers") << 64 << 50 << "weights, layers";
  }

  void sizesAreThoseOfTheFiles() {
    QFETCH(int, hidden);
    QFETCH(int, steps);
    QFETCH(QString, keep);
    const QTemporaryDir dir;
    Experiment experiment = small(1);
    experiment.network.hidden = {hidden};
    experiment.dataset.steps = steps;
    experiment.training.debug = true;
    experiment.recording.keep = keep.toStdString();
    const double expected = recorded_epoch_bytes(recording_costs(experiment));
    const auto run = trained(experiment, dir);
    const auto real = double(std::filesystem::file_size(run_files::epoch_file(run, 1)));
    QVERIFY2(expected > 0.6 * real && expected < 1.4 * real,
             qPrintable(QString("%1 for %2").arg(expected).arg(real)));
  }

  void sizesAreThoseOfTheFilesOfConvolutions() {
    const QTemporaryDir dir;
    const auto all = network_experiments();
    const auto preset = std::ranges::find(all, "plif-net-nmnist-small", &Preset::id);
    QVERIFY(preset != all.end());
    Experiment experiment = preset->experiment;
    experiment.dataset.data_dir = path_in(dir, "data").string();
    find_dataset("nmnist")->write_samples(experiment.dataset.data_dir, {});
    experiment.training.epochs = 1;
    experiment.training.debug = true;
    const double expected = recorded_epoch_bytes(recording_costs(experiment));
    const auto run = trained(experiment, dir);
    const auto real = double(std::filesystem::file_size(run_files::epoch_file(run, 1)));
    QVERIFY2(expected > 0.5 * real && expected < 2.0 * real,
             qPrintable(QString("%1 for %2").arg(expected).arg(real)));
  }

  void everyRecorderIsInTheHelp() {
    const Field& keep = *find_field("record");
    for (const Recorder* recorder : recorders()) {
      QVERIFY2(keep.explanation.english().find(recorder->id()) != std::string_view::npos,
               recorder->id().data());
      QVERIFY(!recorder->explanation().empty() && recorder->title().english() != recorder->id());
    }
  }

  void keepsWhatIsChosenWhenItIsChosen() {
    const QTemporaryDir dir;
    Experiment experiment = small(5);
    experiment.training.debug = true;
    experiment.recording.every = 2;
    experiment.recording.keep = "confusion, weights";
    QCOMPARE(recorded_epoch_count(experiment), 3);
    const auto run = trained(experiment, dir);
    const auto epochs = recorded_epochs(run);
    QVERIFY(!epochs.empty() && epochs.back() == 5);  // the last besides
    for (const std::int64_t epoch : epochs) QVERIFY(epoch % 2 == 0 || epoch == 5);
    QVERIFY((ids(run_files::read_epoch(run, 5)) == std::set<std::string>{"confusion", "weights"}));
    QVERIFY(ids(run_files::read_epoch(run, 5, [](std::string_view id) { return id == "weights"; })) ==
            std::set<std::string>{"weights"});
  }

  void nothingIsKeptWhereNothingIsWanted() {
    for (const char* what : {"never", "none"}) {
      const QTemporaryDir dir;
      Experiment experiment = small(1);
      experiment.training.debug = true;
      if (std::string(what) == "never") experiment.recording.every = 0;
      if (std::string(what) == "none") experiment.recording.keep = "none";
      QCOMPARE(recorded_epoch_count(experiment), 0);
      const auto run = trained(experiment, dir);
      QVERIFY(recorded_epochs(run).empty());
      QCOMPARE(read_run(run).epochs.size(), std::size_t{1});
    }
  }

  /// What scripts of users read beside the numbers.
  void arraysHaveUnits() {
    const auto unit = [](const std::filesystem::path& file, const std::string& array) {
      const auto all = Hdf5Reader(file).attributes(array);
      const auto at = all.find("unit");
      return at == all.end() ? std::string() : std::get<std::string>(at->second);
    };
    const QTemporaryDir dir;
    Experiment experiment = small(1);
    experiment.training.debug = true;
    const auto run = trained(experiment, dir);
    const std::filesystem::path metrics = run / run_files::metrics;
    QCOMPARE(unit(metrics, "epochs/train_seconds"), std::string("s"));
    QVERIFY(unit(metrics, "epochs/layer_rates").starts_with("spikes a neuron and time step"));
    QCOMPARE(unit(metrics, "batches/accuracy"), std::string("share, 0 to 1"));
    const std::filesystem::path epoch = run_files::epoch_file(run, 1);
    QVERIFY(unit(epoch, "confusion/counts").starts_with("test samples"));
    QCOMPARE(unit(epoch, "records/layers/synaptic_operations"), std::string("additions a sample"));
    QCOMPARE(unit(epoch, "records/constants/1.tau_mem.mean"), std::string("s"));
    QVERIFY(!unit(epoch, "probe/readout/000/membrane").empty());
  }

  void anUnknownRecorderIsNamed() {
    Experiment experiment = small(1);
    experiment.recording.keep = "spikes,spices";
    QVERIFY(said([&] { (void)recording_costs(experiment); }).contains("'spices' is no recorder"));
    QVERIFY(said([&] { Session session(experiment); }).contains("recording.keep"));
  }

  void aChangeWhileTrainingIsChecked() {
    Session session(small(1000));
    session.step();
    QTRY_COMPARE(session.state(), SessionState::paused);
    QVERIFY(said([&] { session.change({"recording.keep", std::string("spices")}); })
                .contains("'spices' is no recorder"));
    session.change({"recording.keep", std::string("weights")});
    session.stop();
    QVERIFY(session.wait(20));
  }

  void networksOfLayersHaveTheirOwnRecorders() {
    const auto all = network_experiments();
    const auto preset = std::ranges::find_if(
        all, [](const Preset& one) { return one.experiment.dataset.name == "nmnist"; });
    QVERIFY(preset != all.end());
    const Experiment& experiment = preset->experiment;
    std::set<std::string> found;
    for (const RecordingCost& cost : recording_costs(experiment)) {
      found.insert(cost.id);
      QVERIFY2(cost.bytes > 0 && cost.bytes < 1e9, cost.id.c_str());
    }
    QVERIFY(found.contains("kernels") && found.contains("feature_maps"));
    QVERIFY(!found.contains("decision_map"));
  }

  /// A network of points has no feature maps, and its samples are counted without a run.
  void samplesAreCountedForTheShareOfTime() {
    Experiment experiment = small(1);
    SampleCounts counts = count_samples(experiment);
    QCOMPARE(counts.training, 5000);
    QCOMPARE(counts.test, 1000);
    QCOMPARE(share_of_epoch(16.0, counts), 16.0 / 16000.0);
    experiment.training.debug = true;
    counts = count_samples(experiment);
    QCOMPARE(counts.training, 2 * experiment.training.batch_size);
  }
};

QTEST_GUILESS_MAIN(TestRecordingCosts)
#include "tst_recording_costs.moc"
