// Experiments as files and as command lines.
#include <QTemporaryDir>
#include <QDir>
#include <QFile>
#include <QTest>

#include "core/experiments/experiment_file.h"
#include "core/experiments/presets.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"

using namespace paralif;

class TestExperimentFile : public QObject {
  Q_OBJECT

 private:
  static std::string problem(const std::string& text) {
    try {
      (void)experiment_from_json(text, "mine.json");
    } catch (const Error& error) {
      return error.what();
    }
    return {};
  }

 private Q_SLOTS:
  void everyPresetComesBack() {
    for (const Preset& preset : presets()) {
      QVERIFY(experiment_from_json(to_json(preset.experiment), "x") == preset.experiment);
    }
  }

  void filesComeBack() {
    QTemporaryDir dir;
    const std::filesystem::path path = dir.filePath("a.json").toStdString();
    Experiment experiment;
    experiment.title = "Grüße \"and\" more";
    experiment.network.hidden = {7, 9};
    experiment.neuron.tau_mem_s = 0.0123456789;
    save_experiment(experiment, path);
    QVERIFY(load_experiment(path) == experiment);
  }

  void absentAndZeroComeBackApart() {
    Experiment experiment;
    experiment.network.hidden = {7, 9};
    experiment.network.recurrent = {true, false};
    experiment.network.delay_max = {0, 3};
    experiment.neuron.tau_mem_s = {0.0, std::nullopt, 0.01};
    experiment.neuron.tau_syn_s = std::optional<double>();
    experiment.neuron.threshold = 0.0;
    experiment.neuron.surrogate_scale = 0.0;
    experiment.training.reg_threshold = 0.1;
    const std::string text = to_json(experiment);
    QVERIFY(text.find("\"schema\": 2") != std::string::npos);
    QVERIFY(text.find("\"tau_syn\": null") != std::string::npos);
    QVERIFY(experiment_from_json(text, "x") == experiment);
  }

  void theFirstSchemaKeepsItsMeaning() {
    const Experiment old = experiment_from_json(
        R"({"schema": 1, "dataset": {"name": "points", "validation": 0.3, "bins": 0, "resize": 0},
            "neuron": {"tau_mem": 0, "tau_syn": 0.01, "threshold": 0, "surrogate_scale": 0.0},
            "training": {"scheduler": true, "scheduler_epochs": 7, "scheduler_factor": 0.9,
                         "reg_threshold": 0}})",
        "x");
    QVERIFY(!old.dataset.bins && !old.dataset.resize);
    QCOMPARE(old.dataset.test_share, 0.3);
    QCOMPARE(old.dataset.validation, 0.0);
    QVERIFY(old.neuron.tau_mem_s.all(std::nullopt));
    QVERIFY(old.neuron.tau_syn_s == 0.01);
    QVERIFY(!old.neuron.threshold && !old.neuron.surrogate_scale);
    QVERIFY(!old.training.reg_threshold);
    QCOMPARE(old.training.schedule, std::string("step"));
    QCOMPARE(old.training.schedule_step_epochs, 7);
    QCOMPARE(old.training.schedule_gamma, 0.9);
    // The learning rate was constant unless said otherwise; now it is not.
    QCOMPARE(experiment_from_json(R"({"schema": 1})", "x").training.schedule, std::string("none"));
    QCOMPARE(experiment_from_json(R"({"schema": 1, "training": {"scheduler": false}})", "x")
                 .training.schedule,
             std::string("none"));
    QCOMPARE(experiment_from_json(R"({"schema": 2})", "x").training.schedule, std::string("step"));
    QCOMPARE(
        experiment_from_json(R"({"schema": 1, "dataset": {"name": "nmnist", "validation": 0.3}})",
                             "x")
            .dataset.validation,
        0.3);
  }

  void hugeFilesAreRefusedByName() {
    std::string sizes = "8";
    for (int i = 1; i < 200000; ++i) sizes += ",8";
    const std::string said = problem(R"({"schema": 2, "network": {"hidden": [)" + sizes + "]}}");
    QVERIFY2(said.find("network.hidden") != std::string::npos, said.c_str());
    QVERIFY2(said.find("200000") != std::string::npos, said.c_str());
    const std::string deep = problem(std::string(100000, '[') + std::string(100000, ']'));
    QVERIFY(deep.find("mine.json") != std::string::npos);
  }

  void refuses_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("named");
    QTest::newRow("empty") << ""
                           << "mine.json";
    QTest::newRow("truncated") << R"({"schema": 1, "neuron": {)"
                               << "mine.json";
    QTest::newRow("no schema") << R"({"seed": 1})"
                               << "schema";
    QTest::newRow("newer") << R"({"schema": 99})"
                           << "schema 99";
    QTest::newRow("no time constants") << R"({"schema": 2, "training": {"learning_rate": null}})"
                                       << "training.learning_rate";
    QTest::newRow("old switch of a wrong type") << R"({"schema": 1, "training": {"scheduler": 1}})"
                                                << "training.scheduler";
    QTest::newRow("old switch in a new file") << R"({"schema": 2, "training": {"scheduler": true}})"
                                              << "training.scheduler";
    QTest::newRow("a value a layer") << R"({"schema": 2, "neuron": {"threshold": [1, 2]}})"
                                     << "neuron.threshold";
    QTest::newRow("misspelt") << R"({"schema": 1, "neuron": {"tau_men": 1}})"
                              << "neuron.tau_men";
    QTest::newRow("type") << R"({"schema": 1, "seed": "x"})"
                          << "seed";
    QTest::newRow("range") << R"({"schema": 1, "training": {"batch_size": 0}})"
                           << "training.batch_size";
    QTest::newRow("choice") << R"({"schema": 1, "neuron": {"name": "HH"}})"
                            << "neuron.name";
    QTest::newRow("list") << R"({"schema": 1, "network": {"hidden": [1, "x"]}})"
                          << "network.hidden";
  }
  void refuses() {
    QFETCH(QString, text);
    QFETCH(QString, named);
    const QString said = QString::fromStdString(problem(text.toStdString()));
    QVERIFY2(said.contains(named), qPrintable(said));
  }

  void tellsItsCommandLine() {
    Experiment experiment;
    experiment.title = "It's mine";
    experiment.training.epochs = 3;
    experiment.neuron.name = "ParaLIF-SB";
    const QString line = QString::fromStdString(command_line_of(experiment));
    QVERIFY(line.startsWith("paralif train"));
    QVERIFY(line.contains("--neuron ParaLIF-SB"));
    QVERIFY(line.contains("--nb_epochs 3"));
    QVERIFY(line.contains(R"(--title 'It'\''s mine')"));
  }

  void keepsACopyOfAnEarlierSchema() {
    QTemporaryDir dir;
    const std::filesystem::path path = dir.filePath("mine.json").toStdString();
    const std::filesystem::path kept = dir.filePath("mine.schema1.json").toStdString();
    const std::string old = R"({"schema": 1, "seed": 7})";
    write_file(path, old);
    const Experiment read = load_experiment(path);
    save_experiment(read, path);
    QVERIFY(load_experiment(path) == read);
    QFile copy(kept);
    QVERIFY(copy.open(QIODevice::ReadOnly));
    QCOMPARE(copy.readAll().toStdString(), old);
    // Files of this version, and files that are no experiments, leave none.
    save_experiment(Experiment(), path);
    const std::filesystem::path other = dir.filePath("other.json").toStdString();
    write_file(other, "no JSON");
    save_experiment(Experiment(), other);
    QCOMPARE(QDir(dir.path()).entryList(QDir::Files).size(), 3);
  }
};

QTEST_GUILESS_MAIN(TestExperimentFile)
#include "tst_experiment_file.moc"
