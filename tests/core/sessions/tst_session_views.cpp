// What a session shows after its end and of recorded runs, and what may change while it trains.
#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <filesystem>
#include <set>

#include "core/experiments/training_changes.h"
#include "core/runs/run_files.h"
#include "core/runs/run_store.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"
#include "datasets/yin_yang.h"
#include "tests/core/sessions/small.h"
#include "tests/records.h"

using namespace paralif;
using testing::collect;
using testing::mapIn;
using testing::membranesIn;
using testing::Outcome;
using testing::path_in;
using testing::small;
using testing::spikesIn;

class TestSessionViews : public QObject {
  Q_OBJECT

 private:
  static bool shows(const Outcome& outcome, std::int64_t sample) {
    const auto spikes = spikesIn(outcome.last.records);
    return spikes && spikes->sample == sample;
  }
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
  static SessionOptions recording(const QTemporaryDir& dir) {
    SessionOptions options;
    options.runs_root = path_in(dir, "runs");
    return options;
  }
  static std::int64_t test_label(std::int64_t sample) {
    static const auto points = yin_yang_points(yin_yang_test.size, yin_yang_test.seed);
    return static_cast<std::int64_t>(points[static_cast<std::size_t>(sample)].label);
  }
  static WatchRequest asking(std::int64_t sample, std::vector<WatchRequest::Neuron> neurons) {
    WatchRequest request;
    request.sample = sample;
    request.neurons = std::move(neurons);
    return request;
  }

 private Q_SLOTS:
  void aFinishedRunAnswersAsALiveOne() {
    Session session(small(1));
    Outcome outcome;
    session.start();
    QVERIFY(session.wait(60));
    collect(session, outcome);
    for (const std::int64_t sample : {17, 4, 905}) {
      session.watch(asking(sample, {{1, 5}, {1, 2}}));
      QVERIFY(until(session, outcome,
                    [&] { return shows(outcome, sample); }));
      QCOMPARE(spikesIn(outcome.last.records)->label, test_label(sample));
      QCOMPARE(spikesIn(outcome.last.records)->epoch, 1);
      QCOMPARE(membranesIn(outcome.last.records)->traces.size(), std::size_t{2});
      QCOMPARE(membranesIn(outcome.last.records)->traces[0].neuron, 5);
    }
  }

  void aStoppedRunAnswersToo() {
    Session session(small(1000));
    Outcome outcome;
    session.start();
    QVERIFY(until(session, outcome, [&] { return outcome.batches.size() > 3; }));
    session.stop();
    QVERIFY(session.wait(10));
    session.watch(asking(33, {{1, 1}}));
    QVERIFY(until(session, outcome,
                  [&] { return shows(outcome, 33); }));
    QCOMPARE(spikesIn(outcome.last.records)->label, test_label(33));
  }

  void aRecordedRunIsRunOnTheSampleAskedFor() {
    const QTemporaryDir dir;
    Session trained(small(2), recording(dir));
    Outcome outcome;
    trained.start();
    QVERIFY(trained.wait(60));
    trained.watch(asking(42, {{1, 3}}));
    QVERIFY(until(trained, outcome,
                  [&] { return shows(outcome, 42); }));
    const SampleProbe live = *spikesIn(outcome.last.records);
    const SampleProbe traced = *membranesIn(outcome.last.records);
    const std::filesystem::path folder = outcome.last.run_folder;
    const auto written = std::filesystem::last_write_time(folder / run_files::head);

    SessionOptions options;
    options.inspect = folder;
    Session inspected(read_summary(folder).experiment, options);
    Outcome seen;
    inspected.watch(asking(42, {{1, 3}}));
    inspected.start();
    QVERIFY(until(inspected, seen,
                  [&] { return shows(seen, 42); }));
    QCOMPARE(inspected.state(), SessionState::finished);
    QCOMPARE(inspected.test_samples(), std::int64_t(yin_yang_test.size));
    QCOMPARE(spikesIn(seen.last.records)->predicted, live.predicted);
    QCOMPARE(spikesIn(seen.last.records)->epoch, 2);
    QCOMPARE(membranesIn(seen.last.records)->traces.at(0).membrane, traced.traces.at(0).membrane);
    QVERIFY(seen.last.records.contains("weights"));
    QVERIFY(std::filesystem::last_write_time(folder / run_files::head) == written);
    QCOMPARE(read_summary(folder).status, RunStatus::finished);
  }

  void aRunWithoutItsWeightsSaysSo() {
    const QTemporaryDir dir;
    const Outcome outcome = testing::run(small(1), recording(dir));
    const std::filesystem::path folder = outcome.last.run_folder;
    std::filesystem::remove(folder / run_files::checkpoint);
    std::filesystem::remove(folder / run_files::best_checkpoint);
    SessionOptions options;
    options.inspect = folder;
    Session inspected(read_summary(folder).experiment, options);
    inspected.watch(asking(3, {}));
    inspected.start();
    QVERIFY(inspected.wait(60));
    Outcome seen;
    collect(inspected, seen);
    QCOMPARE(seen.last.state, SessionState::failed);
    QVERIFY(spikesIn(seen.last.records) == nullptr);
    QVERIFY(seen.last.watch_problem.find("checkpoint") != std::string::npos);
  }

  void crossingValuesReachTheThreshold_data() {
    QTest::addColumn<QString>("neuron");
    QTest::addColumn<bool>("recurrent");
    QTest::addColumn<QString>("backend");
    QTest::addColumn<double>("refractory");
    QTest::newRow("fused") << "LIF" << false << "fused" << 0.0;
    QTest::newRow("recurrent") << "LIF" << true << "fused" << 0.0;
    QTest::newRow("refractory") << "LIF" << false << "sequential" << 3e-3;
    QTest::newRow("ParaLIF has no reset") << "ParaLIF-T" << false << "fused" << 0.0;
  }
  void crossingValuesReachTheThreshold() {
    QFETCH(QString, neuron);
    QFETCH(bool, recurrent);
    QFETCH(QString, backend);
    QFETCH(double, refractory);
    const QTemporaryDir dir;
    Experiment experiment = small(1);
    experiment.dataset.steps = 60;
    experiment.neuron.name = neuron.toStdString();
    experiment.network.recurrent = recurrent;
    experiment.neuron.refractory_s = refractory;
    experiment.backend = backend.toStdString();
    experiment.training.debug = true;
    Session session(experiment, recording(dir));
    Outcome outcome;
    std::vector<WatchRequest::Neuron> neurons;
    for (std::int64_t i = 0; i < 8; ++i) neurons.push_back({1, i});
    session.watch(asking(2, neurons));
    session.start();
    QVERIFY(session.wait(60));
    QVERIFY(until(session, outcome, [&] { return spikesIn(outcome.last.records) != nullptr; }));
    std::size_t spikes = 0;
    for (const MembraneTrace& trace : membranesIn(outcome.last.records)->traces) {
      spikes += trace.spike_steps.size();
      if (neuron != "LIF") {
        QVERIFY(trace.crossed.empty());
        continue;
      }
      QCOMPARE(trace.crossed.size(), trace.spike_steps.size());
      for (std::size_t i = 0; i < trace.crossed.size(); ++i) {
        QVERIFY2(trace.crossed[i] > trace.threshold - 1e-5F,
                 qPrintable(QString::number(double(trace.crossed[i]))));
        QCOMPARE(trace.membrane[static_cast<std::size_t>(trace.spike_steps[i])], 0.0F);
      }
    }
    QVERIFY(spikes > 0);
    const RunRecord record = read_run(outcome.last.run_folder);
    QVERIFY(membranesIn(record.records) != nullptr);
    for (const MembraneTrace& trace : membranesIn(record.records)->traces) {
      QCOMPARE(trace.crossed.size(), neuron == "LIF" ? trace.spike_steps.size() : std::size_t{0});
    }
  }

  void theMapTakesAShareOfAnEpochWhateverTheSteps() {
    const QTemporaryDir dir;
    Experiment experiment = small(1);
    experiment.dataset.steps = 3000;
    experiment.network.hidden = {128};  // 10 points are one piece of work
    experiment.training.debug = true;  // two batches of training and of test
    experiment.training.batch_size = 32;
    const Outcome outcome = testing::run(experiment, recording(dir));
    const RunRecord record = read_run(outcome.last.run_folder);
    QVERIFY(mapIn(record.records) != nullptr);
    const auto seen = std::ranges::count_if(mapIn(record.records)->predicted,
                                            [](std::int8_t at) { return at >= 0; });
    // 32 pieces at the start, a piece after each of the two batches, and an eighth of the passes
    // of the epoch, 3 x 64 + 64; not the 1800 points of a round.
    QVERIFY2(seen > 0 && seen <= 320 + 20 + 40, qPrintable(QString::number(seen)));
  }

  void aMapIsCompletedWhileNothingTrains() {
    Experiment experiment = small(1);
    experiment.dataset.steps = 300;
    experiment.network.hidden = {64};
    experiment.training.debug = true;
    Session session(experiment);
    Outcome outcome;
    session.start();
    QVERIFY(session.wait(60));
    QVERIFY(until(session, outcome, [&] {
      const auto& map = mapIn(outcome.last.records);
      return map && map->first_epoch == 1 && map->epoch == 1 &&
             map->predicted[static_cast<std::size_t>(24 * 48 + 24)] >= 0;
    }));
  }

  void theLearningRateChangesWhileItTrains() {
    const QTemporaryDir dir;
    Experiment experiment = small(4);
    Session session(experiment, recording(dir));
    Outcome outcome;
    session.step();
    QVERIFY(until(session, outcome, [&] { return session.state() == SessionState::paused; }));
    session.change({"training.learning_rate", ParameterValue(0.0125)});
    session.change({"training.epochs", ParameterValue(std::int64_t{3})});
    std::vector<AppliedChange> applied;
    QVERIFY(until(session, outcome, [&] {
      applied.insert(applied.end(), outcome.last.changes_since.begin(),
                     outcome.last.changes_since.end());
      outcome.last.changes_since.clear();
      return applied.size() == 2;
    }));
    QCOMPARE(applied[0], (AppliedChange{"training.learning_rate", "0.0125", 1, 1, 1}));
    session.start();
    QVERIFY(session.wait(60));
    collect(session, outcome);
    QCOMPARE(outcome.epochs.size(), std::size_t{3});
    QCOMPARE(outcome.epochs.back().learning_rate, 0.0125);
    const std::filesystem::path folder = outcome.last.run_folder;
    QCOMPARE(read_changes(folder).size(), std::size_t{2});
    const RunSummary run = read_summary(folder);
    QCOMPARE(run.experiment.training.epochs, 3);
    QVERIFY(run.experiment.training.learning_rate != 0.0125);  // as it began
    QCOMPARE(changed_experiment(run.experiment, read_changes(folder)).training.learning_rate,
             0.0125);
    // A change asks for a training.
    QVERIFY_EXCEPTION_THROWN(session.change({"training.learning_rate", ParameterValue(1e-3)}), Error);
  }

  void aResumeGoesOnWithTheChange() {
    Experiment experiment = small(3);
    const auto stopped_in_the_second = [&](bool stop, const QTemporaryDir& dir) {
      Session session(experiment, recording(dir));
      Outcome outcome;
      session.step();
      until(session, outcome, [&] { return session.state() == SessionState::paused; });
      session.change({"training.learning_rate", ParameterValue(0.0125)});
      session.change({"training.weight_decay", ParameterValue(1e-3)});
      session.start();
      if (stop) {
        until(session, outcome, [&] { return !outcome.epochs.empty(); });
        session.stop();
      }
      session.wait(60);
      collect(session, outcome);
      return outcome;
    };
    const QTemporaryDir a;
    const QTemporaryDir b;
    const Outcome whole = stopped_in_the_second(false, a);
    const Outcome part = stopped_in_the_second(true, b);
    SessionOptions resume;
    resume.resume = part.last.run_folder;
    const Outcome rest = testing::run(read_summary(part.last.run_folder).experiment, resume);
    QCOMPARE(rest.last.state, SessionState::finished);
    QCOMPARE(rest.batches.size(), whole.batches.size());
    for (std::size_t i = 0; i < whole.batches.size(); ++i) {
      QCOMPARE(rest.batches[i].loss, whole.batches[i].loss);
    }
  }

  void whatMayNotChangeIsRefused() {
    Session session(small(1000));
    Outcome outcome;
    session.step();
    QVERIFY(until(session, outcome, [&] { return session.state() == SessionState::paused; }));
    QVERIFY_EXCEPTION_THROWN(session.change({"network.hidden", ParameterValue(std::vector<std::int64_t>{9})}),
                             Error);
    QVERIFY_EXCEPTION_THROWN(session.change({"training.learning_rate", ParameterValue(-1.0)}), Error);
    QVERIFY_EXCEPTION_THROWN(session.change({"training.epochs", ParameterValue(std::int64_t{0})}),
                             Error);
    QVERIFY_EXCEPTION_THROWN(session.change({"no.such", ParameterValue(1.0)}), Error);
  }

  void aDamagedListOfChangesIsNamed() {
    const QTemporaryDir dir;
    const std::filesystem::path folder = path_in(dir, "");
    for (const char* text :
         {"{", "{\"changes\": 3}",
          R"({"changes": [{"key": "seed", "value": "1", "step": 0, "epoch": 1, "batch": 0}]})",
          R"({"changes": [{"key": "training.learning_rate", "value": "-1", "step": 0, "epoch": 1,
              "batch": 0}]})",
          R"({"changes": [{"key": "training.epochs", "value": "2", "step": -4, "epoch": 1,
              "batch": 0}]})"}) {
      write_file(folder / "changes.json", text);
      QVERIFY_EXCEPTION_THROWN(read_changes(folder), Error);
    }
  }
};

QTEST_GUILESS_MAIN(TestSessionViews)
#include "tst_session_views.moc"
