// Experiments as files and as command lines.
#include <QTemporaryDir>
#include <QTest>

#include "core/experiments/experiment_file.h"
#include "core/experiments/presets.h"
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
};

QTEST_GUILESS_MAIN(TestExperimentFile)
#include "tst_experiment_file.moc"
