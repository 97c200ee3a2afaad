// Sweeps as plans and folders: axes, grid, random, list, files, states, outcome.
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>
#include <set>

#include "core/runs/run_files.h"
#include "core/runs/run_store.h"
#include "core/sweeps/child_process.h"
#include "core/sweeps/sweep_folder.h"
#include "core/sweeps/sweep_outcome.h"
#include "core/sweeps/sweep_pool.h"
#include "tests/said.h"

using namespace paralif;
using testing::said;
namespace fs = std::filesystem;

class TestSweeps : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir dir_;

  fs::path path(const char* name) const { return fs::path(dir_.path().toStdString()) / name; }
  static SweepPlan grid() {
    SweepPlan plan;
    plan.name = "sizes";
    plan.axes = {axis_of("neuron=LIF|ParaLIF-T"), axis_of("hidden=16|32,16|64"), axis_of("seed=1|2")};
    return plan;
  }
  static void finish(const fs::path& run, double accuracy) {
    run_files::Head head = run_files::read_head(run);
    head.status = RunStatus::finished;
    head.epochs_done = read_summary(run).experiment.training.epochs;
    head.last_test_accuracy = accuracy;
    head.train_seconds = 4.0;
    run_files::write_head(run, head);
  }

 private Q_SLOTS:
  void axesAreReadAsTheyAreWritten_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("whole");
    QTest::newRow("flag") << "neuron=LIF|ParaLIF-T" << "neuron.name=LIF|ParaLIF-T";
    QTest::newRow("blanks") << " hidden = 16 | 32, 16 " << "network.hidden=16|32, 16";
    QTest::newRow("absent") << "tau_mem=none|0|0.02" << "neuron.tau_mem=none|0|0.02";
    QTest::newRow("range") << "training.dropout=0..1" << "";
    QTest::newRow("linear") << "learning_rate=0.001..0.1" << "training.learning_rate=0.001..0.1";
    QTest::newRow("log") << "learning_rate=1e-4..1e-2,log"
                         << "training.learning_rate=0.0001..0.01,log";
  }
  void axesAreReadAsTheyAreWritten() {
    QFETCH(const QString, text);
    QFETCH(const QString, whole);
    if (whole.isEmpty()) {
      QVERIFY(!said([&] { (void)axis_of(text.toStdString()); }).isEmpty());
      return;
    }
    const SweepAxis axis = axis_of(text.toStdString());
    QCOMPARE(QString::fromStdString(text_of(axis)), whole);
    QVERIFY(axis_of(text_of(axis)) == axis);
  }

  void badAxesAreNamed_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("no equals") << "neuron" << "NAME=VALUE";
    QTest::newRow("unknown") << "neurn=LIF" << "did you mean 'neuron'";
    QTest::newRow("bad value") << "neuron=LIF|PLOF" << "'PLOF' is unknown";
    QTest::newRow("bad number") << "hidden=16|many" << "'many'";
    QTest::newRow("title") << "title=a|b" << "cannot vary";
    QTest::newRow("text range") << "neuron=1..3" << "no range";
    QTest::newRow("falling") << "learning_rate=1..0.1" << "does not rise";
    QTest::newRow("log of 0") << "learning_rate=0..0.1,log" << "from 0";
    QTest::newRow("out of bounds") << "learning_rate=-1..0.1" << "lr";
    QTest::newRow("twice") << "seed=1|2|1" << "lists 1 twice";
    QTest::newRow("result") << "accuracy=1|2" << "no setting";
  }
  void badAxesAreNamed() {
    QFETCH(const QString, text);
    QFETCH(const QString, sentence);
    const QString problem = said([&] { (void)axis_of(text.toStdString()); });
    QVERIFY2(problem.contains(sentence), qPrintable(problem));
  }

  void aGridHasEveryCombinationTheLastAxisFastest() {
    const auto trials = trials_of(grid());
    QCOMPARE(trials.size(), std::size_t{12});
    QCOMPARE(trials[0].experiment.seed, std::int64_t{1});
    QCOMPARE(trials[1].experiment.seed, std::int64_t{2});
    QCOMPARE(trials[2].experiment.network.hidden, (std::vector<std::int64_t>{32, 16}));
    QCOMPARE(trials[6].experiment.neuron.name, std::string("ParaLIF-T"));
    QCOMPARE(trials[11].number, std::int64_t{12});
    QCOMPARE(trials[0].experiment.title, std::string("sizes: neuron LIF, layers 16, seed 1"));
    std::set<std::string> titles;
    for (const SweepTrial& trial : trials) titles.insert(trial.experiment.title);
    QCOMPARE(titles.size(), std::size_t{12});
  }

  void drawsAreOfTheirSeed() {
    SweepPlan plan;
    plan.name = "draw";
    plan.mode = SweepMode::random;
    plan.trials = 200;
    plan.axes = {axis_of("learning_rate=1e-4..1e-2,log"), axis_of("neuron=LIF|ParaLIF-T"),
                 axis_of("batch_size=1..4")};
    const auto trials = trials_of(plan);
    QCOMPARE(trials.size(), std::size_t{200});
    int below = 0;
    int lif = 0;
    std::map<std::int64_t, int> sizes;
    for (const SweepTrial& trial : trials) {
      const auto& training = trial.experiment.training;
      QVERIFY(training.learning_rate >= 1e-4 && training.learning_rate <= 1e-2);
      below += training.learning_rate < 1e-3 ? 1 : 0;  // half of the ratios
      lif += trial.experiment.neuron.name == "LIF" ? 1 : 0;
      ++sizes[training.batch_size];
    }
    QVERIFY(below > 70 && below < 130);
    QVERIFY(lif > 70 && lif < 130);
    QCOMPARE(sizes.size(), std::size_t{4});
    for (const auto& [size, count] : sizes) QVERIFY(size >= 1 && size <= 4 && count > 25);
    QVERIFY(trials_of(plan)[7].experiment == trials[7].experiment);
    plan.seed = 1;
    QVERIFY(!(trials_of(plan)[7].experiment == trials[7].experiment));
  }

  void badPlansAreRefused() {
    SweepPlan plan;
    plan.name = "refused";
    QVERIFY(said([&] { (void)trials_of(plan); }).contains("--vary"));
    plan.axes = {axis_of("learning_rate=1e-4..1e-2")};
    QVERIFY(said([&] { (void)trials_of(plan); }).contains("--random"));
    plan.axes = {axis_of("seed=1|2"), axis_of("seed=3|4")};
    QVERIFY(said([&] { (void)trials_of(plan); }).contains("twice"));
    plan.axes = {axis_of("neuron=LIF|ParaLIF-T"), axis_of("refractory=0.005")};
    const QString sentence = said([&] { (void)trials_of(plan); });  // ParaLIF has none
    QVERIFY2(sentence.contains("ParaLIF-T") && sentence.contains("refractory"), qPrintable(sentence));
    plan.axes.clear();
    for (const char* name : {"seed", "batch_size", "nb_epochs"}) {
      SweepAxis axis;
      axis.key = axis_of(QString("%1=1").arg(name).toStdString()).key;
      for (int i = 1; i <= 100; ++i) axis.values.push_back(std::to_string(i));
      plan.axes.push_back(axis);
    }
    QVERIFY(said([&] { (void)trials_of(plan); }).contains("more than 100000"));
  }

  void plansComeBackFromTheirFiles() {
    SweepPlan plan = grid();
    plan.threads = 3;
    QVERIFY(sweep_from_json(to_json(plan), "x") == plan);
    plan.mode = SweepMode::random;
    plan.trials = 5;
    plan.seed = 9;
    plan.axes.push_back(axis_of("learning_rate=1e-4..1e-2,log"));
    QVERIFY(sweep_from_json(to_json(plan), "x") == plan);
    plan = grid();
    plan.axes.clear();
    plan.mode = SweepMode::list;
    plan.list = {{{"neuron.name", "LIF"}, {"seed", "4"}}, {{"neuron.name", "ParaLIF-D"}}};
    QVERIFY(sweep_from_json(to_json(plan), "x") == plan);
    QCOMPARE(trials_of(plan)[1].experiment.neuron.name, std::string("ParaLIF-D"));
    for (const char* bad :
         {"", "[]", "{}", R"({"schema": 9})", R"({"schema": 1, "mode": "grit", "base": {}})",
          R"({"schema": 1, "axes": [{"key": "neuron.name", "values": ["X"]}], "base": {}})",
          R"({"schema": 1, "axes": 3, "base": {}})", R"({"schema": 1, "threads": 0, "base": {}})"}) {
      const QString sentence = said([&] { (void)sweep_from_json(bad, "plan.json"); });
      QVERIFY2(sentence.startsWith("plan.json"), bad);
    }
  }

  void aSweepIsAFolderOfQueuedRuns() {
    const fs::path folder = make_sweep(path("runs"), grid());
    QCOMPARE(folder.filename().string(), std::string("sizes"));
    QVERIFY(read_sweep(folder) == grid());
    const auto states = trial_states(folder, 12);
    for (const TrialState& state : states) {
      QCOMPARE(state.status, RunStatus::queued);
      QVERIFY(wants_training(state, false));
    }
    QCOMPARE(make_sweep(path("runs"), grid()).filename().string(), std::string("sizes-2"));
    SweepPlan odd = grid();
    odd.name = "../a b/..";
    const fs::path named = make_sweep(path("runs"), odd);
    QCOMPARE(named.parent_path(), path("runs"));
    QCOMPARE(named.filename().string(), std::string("-a-b"));
    QVERIFY(!said([&] { (void)read_sweep(path("runs")); }).isEmpty());
  }

  void theOutcomeIsMeanAndDeviationOverSeeds() {
    const fs::path folder = make_sweep(path("outcome"), grid());
    finish(trial_folder(folder, 1), 0.7);
    finish(trial_folder(folder, 2), 0.9);
    finish(trial_folder(folder, 3), 0.5);
    fs::remove_all(trial_folder(folder, 12));
    const auto states = trial_states(folder, 12);
    QCOMPARE(states[11].status, RunStatus::missing);
    const SweepOutcome outcome = outcome_of(grid(), states);
    QCOMPARE(outcome.keys, (std::vector<std::string>{"neuron.name", "network.hidden"}));
    QCOMPARE(outcome.lines.size(), std::size_t{6});
    QCOMPARE(outcome.lines[0].finished, std::int64_t{2});
    QVERIFY(qFuzzyCompare(outcome.lines[0].mean, 0.8));
    QVERIFY(qFuzzyCompare(outcome.lines[0].deviation, std::sqrt(0.02)));
    QCOMPARE(outcome.lines[0].seconds, 4.0);
    QCOMPARE(outcome.lines[1].values, (std::vector<std::string>{"LIF", "32,16"}));
    QCOMPARE(outcome.lines[1].finished, std::int64_t{1});
    QCOMPARE(outcome.lines[1].deviation, 0.0);
    QCOMPARE(outcome.lines[5].finished, std::int64_t{0});
    QCOMPARE(outcome.lines[5].runs, std::int64_t{2});
  }

  void removedRunsAreMadeAnew() {
    const fs::path folder = make_sweep(path("removed"), grid());
    fs::remove_all(trial_folder(folder, 3));
    fs::remove_all(trial_folder(folder, 5));
    remake_missing(folder, trials_of(grid()), {5});
    QCOMPARE(trial_state(folder, 5).status, RunStatus::queued);
    QCOMPARE(trial_state(folder, 3).status, RunStatus::missing);
    remake_missing(folder, trials_of(grid()), {});
    QVERIFY(read_summary(trial_folder(folder, 3)).experiment == trials_of(grid())[2].experiment);
  }

  void childrenAreWaitedForAndEnded() {
    const fs::path complaints = path("complaints.txt");
    ChildProcess good({"/bin/sh", "-c", "echo trouble >&2; exit 3"}, {}, complaints);
    QTRY_VERIFY(good.poll().has_value());
    QCOMPARE(*good.poll(), 3);
    QFile file(QString::fromStdString(complaints.string()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("trouble\n"));
    ChildProcess slow({"/bin/sleep", "100"}, {"X=1"}, complaints);
    QVERIFY(!slow.poll());
    slow.terminate();
    QTRY_VERIFY(slow.poll().has_value());
    QCOMPARE(*slow.poll(), 128 + 15);
    QVERIFY(!said([&] { const ChildProcess none({"/does/not/exist"}, {}, complaints); }).isEmpty());
    ChildProcess stubborn({"/bin/sh", "-c", "trap '' TERM; sleep 100 & wait"}, {}, complaints);
    // Its destructor kills it.
  }

  void aRunThatCannotBeginHasFailed() {
    const fs::path folder = make_sweep(path("failing"), grid());
    const fs::path program = path("paralif");
    std::ofstream(program) << "#!/bin/sh\necho 'paralif: data.h5: there is no such file' >&2\nexit 1\n";
    fs::permissions(program, fs::perms::owner_all);
    JobControl control;
    const auto states = run_sweep(folder, {.program = program, .jobs = 2, .retry_failed = false, .only = {1, 2}},
                                  control, [](const auto&) {});
    QCOMPARE(states[0].status, RunStatus::failed);
    QCOMPARE(states[0].problem, std::string("data.h5: there is no such file"));
    QCOMPARE(states[2].status, RunStatus::queued);
    QVERIFY(!wants_training(states[0], false) && wants_training(states[0], true));
    QVERIFY(read_summary(trial_folder(folder, 1)).resumable);  // it may begin again
  }
};

QTEST_GUILESS_MAIN(TestSweeps)
#include "tst_sweeps.moc"
