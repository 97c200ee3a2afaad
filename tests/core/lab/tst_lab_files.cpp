// Scenes and answers as JSON: what is written is read back, bad files are refused by name.
#include <QTemporaryDir>
#include <QTest>

#include "core/lab/biological.h"
#include "core/lab/lab_file.h"
#include "datasets/error.h"

using namespace paralif;
using namespace paralif::lab;

class TestLabFiles : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void scenesComeBack() {
    QTemporaryDir folder;
    const auto path = std::filesystem::path(folder.filePath("scene.json").toStdString());
    for (const Stimulus& stimulus : stimulus_presets()) {
      LabScene scene;
      scene.stimulus = stimulus;
      for (const char* name : {"LIF", "PLIF", "ParaLIF-TRB", "ParaLIF-D"}) {
        scene.neurons.push_back(*neuron_named(name));
      }
      scene.neurons[2].seed = 77;
      scene.neurons.push_back(biological_panel(Feature::accommodation).neuron);
      save_scene(scene, path);
      QVERIFY(load_scene(path) == scene);
    }
  }

  void keepsTheRefractoryRule() {
    QTemporaryDir folder;
    const auto path = std::filesystem::path(folder.filePath("rule.json").toStdString());
    LabScene scene;
    scene.neurons = {*neuron_named("LIF"), *neuron_named("LIF")};
    scene.neurons[1].refractory_rule = RefractoryRule::reference;
    scene.neurons[1].refractory_s = 2e-3;
    save_scene(scene, path);
    QVERIFY(load_scene(path) == scene);
    // A file from before there were two rules means the published one.
    const LabScene old = scene_from_json(
        R"({"lab": 1, "neurons": [{"model": "LIF", "refractory_s": 0.002}],
            "stimulus": {"time_step_s": 0.001, "duration_s": 0.1}})",
        "old");
    QVERIFY(old.neurons[0].refractory_rule == RefractoryRule::reference);
  }

  void answersComeBack() {
    CellResult cell;
    cell.model = "ParaLIF-D";
    cell.feature = Feature::rebound_spike;
    cell.answer = Answer::found;
    cell.tried = 10;
    cell.shown = 2;
    cell.best = FoundSetting{*neuron_named("ParaLIF-D"), usual_settings(cell.feature), 1.0, 0.5};
    cell.most_robust = cell.best;
    const auto read = answers_from_json(answers_to_json({cell}, 1.5), "answers");
    QCOMPARE(read.size(), std::size_t{1});
    QVERIFY(read[0].best->neuron == cell.best->neuron);
    QVERIFY(read[0].best->protocol == cell.best->protocol);
    QCOMPARE(read[0].shown, 2);
  }

  void refuses_data() {
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << "";
    QTest::newRow("list") << "[]";
    QTest::newRow("no neurons") << R"({"lab": 1, "neurons": [], "stimulus": {}})";
    QTest::newRow("newer") << R"({"lab": 2, "neurons": [{"model": "LIF"}], "stimulus": {}})";
    QTest::newRow("model") << R"({"lab": 1, "neurons": [{"model": "HH"}], "stimulus": {}})";
    QTest::newRow("member")
        << R"({"lab": 1, "neurons": [{"model": "LIF", "x": 1}], "stimulus": {}})";
    QTest::newRow("type")
        << R"({"lab": 1, "neurons": [{"model": "LIF", "gain": "a"}], "stimulus": {}})";
    QTest::newRow("tau")
        << R"({"lab": 1, "neurons": [{"model": "LIF", "tau_mem_s": -1}], "stimulus": {}})";
    QTest::newRow("shape")
        << R"({"lab": 1, "neurons": [{"model": "LIF"}], "stimulus": {"segments": [{"shape": "cube"}]}})";
    QTest::newRow("endless")
        << R"({"lab": 1, "neurons": [{"model": "LIF"}], "stimulus": {"duration_s": 1e12}})";
    QTest::newRow("rule")
        << R"({"lab": 1, "neurons": [{"model": "LIF", "refractory_rule": "both"}], "stimulus": {}})";
    QTest::newRow("deep") << QString(200000, '[');
    QTest::newRow("points")
        << R"({"lab": 1, "neurons": [{"model": "LIF"}], "stimulus": {"segments": [{"points": [1]}]}})";
  }
  void refuses() {
    QFETCH(QString, text);
    try {
      scene_from_json(text.toStdString(), "scene.json");
      QFAIL("accepted");
    } catch (const Error& error) {
      QCOMPARE(QString::fromStdString(error.subject()), QString("scene.json"));
    }
  }

  void refusesAnswers() {
    QVERIFY_EXCEPTION_THROWN(answers_from_json("{}", "a"), Error);
    QVERIFY_EXCEPTION_THROWN(answers_from_json(R"({"cells": [{"model": 1}]})", "a"), Error);
  }
};

QTEST_GUILESS_MAIN(TestLabFiles)
#include "tst_lab_files.moc"
