// NIR graphs: read from files of other programs, and run step by step against numbers by hand.
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>

#include "core/agreement/verification.h"
#include "core/exchange/nir_interpreter.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"

using namespace paralif;

namespace {

const std::filesystem::path data = PARALIF_SOURCE_DIR "/tests/core/exchange/data";
const std::filesystem::path shared = PARALIF_SHARED_DIR "/golden/nir";

Array<double> one(double value) { return {{}, {value}}; }
Array<double> row(std::vector<double> values) {
  return {{static_cast<std::int64_t>(values.size())}, std::move(values)};
}

/// Input -> the node -> Output.
NirGraph around(NirNode node) {
  NirGraph graph;
  graph.nodes = {{"in", "Input"}, {"out", "Output"}};
  graph.edges = {{"in", node.name}, {node.name, "out"}};
  graph.nodes.push_back(std::move(node));
  return graph;
}

std::vector<double> outputs(NirNode node, const Array<double>& input, double dt = 1e-3) {
  const NirRun run = run_nir(around(std::move(node)), input, dt);
  return run.nodes.at("out").values;
}

QString error_of(const NirGraph& graph, const Array<double>& input) {
  try {
    (void)run_nir(graph, input, 1e-3);
  } catch (const Error& error) {
    return QString::fromUtf8(error.what());
  }
  return {};
}

}  // namespace

class TestNir : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void filesOfOtherProgramsAgree_data() {
    QTest::addColumn<QString>("file");
    for (const auto& folder : {data, shared}) {
      std::error_code code;
      for (const auto& at : std::filesystem::directory_iterator(folder, code)) {
        if (at.path().extension() != ".nir") continue;
        QTest::newRow(at.path().stem().c_str()) << QString::fromStdString(at.path().string());
      }
    }
  }

  void filesOfOtherProgramsAgree() {
    QFETCH(QString, file);
    const auto cases = verify_file(file.toStdString());
    QCOMPARE(cases.size(), std::size_t{1});
    QVERIFY2(cases[0].passed, cases[0].note.c_str());
    QCOMPARE(cases[0].spikes, 0.0);
  }

  void neuronsFollowTheirEquations() {
    using Values = std::vector<double>;
    // v += 0.1 (1 - v + 2 x), from v_leak.
    QCOMPARE(outputs({"n", "LI", {{"tau", one(0.01)}, {"r", one(2)}, {"v_leak", one(1)}}},
                     {{3, 1}, {0, 1, 1}}),
             (Values{1.0, 1.2, 1.38}));
    // IF adds its input without dt; the spike resets at once; at the threshold nothing fires.
    QCOMPARE(outputs({"n", "IF", {{"r", one(1)}, {"v_threshold", one(1)}, {"v_reset", one(-0.5)}}},
                     {{4, 1}, {0.5, 0.5, 0.25, 2}}),
             (Values{0, 0, 1, 1}));
    // I integrates with dt.
    QCOMPARE(outputs({"n", "I", {{"r", one(10)}}}, {{2, 1}, {1, 2}}, 0.1), (Values{1, 3}));
    // The new current drives the membrane: I = 0.5, v = 0.25; I = 0.25, v = 0.25.
    QCOMPARE(outputs({"n", "CubaLI", {{"tau_syn", one(2e-3)}, {"tau_mem", one(2e-3)}}},
                     {{2, 1}, {1, 0}}),
             (Values{0.25, 0.25}));
    QCOMPARE(outputs({"n", "Threshold", {{"threshold", row({1, 2})}}}, {{1, 2}, {1.5, 2}}),
             (Values{1, 0}));
    QCOMPARE(outputs({"n", "Delay", {{"delay", row({0, 2e-3})}}}, {{3, 2}, {1, 2, 3, 4, 5, 6}}),
             (Values{1, 0, 3, 0, 5, 2}));
  }

  void windowsAddUp() {
    using Values = std::vector<double>;
    const Array<double> picture{{1, 1, 3, 3}, {1, 2, 3, 4, 5, 6, 7, 8, 9}};
    NirNode conv{"n", "Conv2d", {{"weight", {{1, 1, 2, 2}, {1, 0, 0, 1}}}, {"bias", row({10})}}};
    QCOMPARE(outputs(conv, picture), (Values{16, 18, 22, 24}));
    conv.values["stride"] = row({2, 2});
    conv.values["padding"] = one(1);
    QCOMPARE(outputs(conv, picture), (Values{11, 13, 17, 24}));
    conv = {"n", "Conv2d", {{"weight", {{1, 1, 3, 3}, {0, 0, 0, 0, 1, 0, 0, 0, 0}}}}};
    conv.words["padding"] = "same";
    QCOMPARE(outputs(conv, picture), picture.values);
    QCOMPARE(outputs({"n", "SumPool2d", {{"kernel_size", row({2, 2})}, {"stride", one(1)}}}, picture),
             (Values{12, 16, 24, 28}));
    QCOMPARE(outputs({"n", "AvgPool2d", {{"kernel_size", one(3)}}}, picture), (Values{5}));
    QCOMPARE(outputs({"n", "Conv1d", {{"weight", {{1, 1, 2}, {1, -1}}}}}, {{1, 1, 3}, {1, 4, 9}}),
             (Values{-3, -5}));
    // Groups: each output channel sees its own input channel.
    NirNode grouped{"n", "Conv1d", {{"weight", {{2, 1, 1}, {2, 3}}}, {"groups", one(2)}}};
    QCOMPARE(outputs(grouped, {{1, 2, 2}, {1, 2, 3, 4}}), (Values{2, 4, 9, 12}));
  }

  void aCycleComesBackOneStepLate() {
    NirGraph graph = around({"n", "Scale", {{"scale", one(1)}}});
    graph.nodes.push_back({"back", "Affine", {{"weight", {{1, 1}, {2}}}, {"bias", row({1})}}});
    graph.edges.emplace_back("n", "back");
    graph.edges.emplace_back("back", "n");
    // 1; 1 + (2 x 1 + 1) = 4; 1 + (2 x 4 + 1) = 10: nothing comes back to the first step.
    const NirRun run = run_nir(graph, {{3, 1}, {1, 1, 1}}, 1e-3);
    QCOMPARE(run.nodes.at("out").values, (std::vector<double>{1, 4, 10}));
  }

  void whatDoesNotFitIsToldAtItsNode_data() {
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("problem");
    QTest::newRow("type") << QByteArray("Sigmoid") << QByteArray() << QByteArray("not understood");
    QTest::newRow("missing") << QByteArray("LIF") << QByteArray("r") << QByteArray("has no 'tau'");
    QTest::newRow("negative") << QByteArray("LI") << QByteArray("tau") << QByteArray("above 0");
    QTest::newRow("too many") << QByteArray("Scale") << QByteArray("scale")
                              << QByteArray("3 values of 'scale' for 2 units");
    QTest::newRow("no number") << QByteArray("Flatten") << QByteArray("end_dim")
                               << QByteArray("3 values for 'end_dim'");
    QTest::newRow("weight") << QByteArray("Linear") << QByteArray("weight") << QByteArray("weight of 3");
  }

  void whatDoesNotFitIsToldAtItsNode() {
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, problem);
    NirNode node{"odd", type.toStdString()};
    if (!key.isEmpty()) node.values[key.toStdString()] = row({-1, -1, -1});
    if (key == "tau" || key == "r") node.values[key.toStdString()] = row({-1, -1});
    const QString error = error_of(around(node), {{1, 2}, {1, 1}});
    QVERIFY2(error.startsWith("node 'odd'") && error.contains(problem), qPrintable(error));
  }

  void damagedFilesAreRefused() {
    QTemporaryDir folder;
    const auto path = std::filesystem::path(folder.filePath("g.nir").toStdString());
    std::string bytes = read_file(data / "mixed_nodes.nir");
    const auto error_for = [&](const std::string& content) {
      write_file(path, content);
      try {
        (void)read_nir(path);
      } catch (const Error& error) {
        return QString::fromUtf8(error.what());
      }
      return QString();
    };
    QVERIFY(error_for(bytes).isEmpty());
    for (const std::size_t kept : {bytes.size() / 2, std::size_t{100}, std::size_t{0}}) {
      const QString error = error_for(bytes.substr(0, kept));
      QVERIFY2(error.contains("g.nir"), qPrintable(error));
    }
    QVERIFY(error_for(read_file(data / "mixed_nodes.h5")).contains("is no NIR graph"));
  }

  void publishedWeightsGiveTheirOutputs_data() {
    QTest::addColumn<QString>("file");
    for (const auto& folder : {data, shared.parent_path() / "pytorch"}) {
      std::error_code code;
      for (const auto& at : std::filesystem::directory_iterator(folder, code)) {
        if (at.path().extension() != ".pt") continue;
        QTest::newRow(at.path().stem().c_str()) << QString::fromStdString(at.path().string());
      }
    }
  }

  void publishedWeightsGiveTheirOutputs() {
    QFETCH(QString, file);
    const auto cases = verify_file(file.toStdString());
    QVERIFY(cases.size() >= 2);
    for (const VerifiedCase& one : cases) {
      QVERIFY2(one.passed, qPrintable(QString("%1: %2")
                                          .arg(QString::fromStdString(one.backend))
                                          .arg(one.membrane)));
    }
  }
};

QTEST_GUILESS_MAIN(TestNir)
#include "tst_nir.moc"
