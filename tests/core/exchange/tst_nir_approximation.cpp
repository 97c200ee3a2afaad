// What NIR, or a network of ours, cannot say: refused, or by choice written as what comes nearest.
#include <torch/types.h>

#include <QTest>
#include <cmath>

#include "core/exchange/nir_approximation.h"
#include "core/exchange/nir_export.h"
#include "core/exchange/nir_import.h"
#include "core/training/network_of.h"
#include "datasets/error.h"

using namespace paralif;

namespace {

constexpr std::int64_t classes = 3;

NetworkDescription dense(const std::string& neuron, double refractory_s = 0.0) {
  Experiment e;
  e.network.hidden = {6};
  e.neuron.name = neuron;
  e.neuron.tau_syn_s = 0.01;
  e.neuron.refractory_s = refractory_s;
  return network_of(e, classes);
}

NetworkDescription soft_reset() {
  NetworkDescription network = dense("LIF");
  for (LayerDescription& layer : network.layers) {
    if (layer.kind != "neuron") continue;
    layer.values = {{"model", std::string("SJ-LIF")}, {"reset", std::string("soft")}};
    break;
  }
  return network;
}

const NirNode& node(const NirGraph& graph, const char* name) {
  const auto found = std::ranges::find(graph.nodes, name, &NirNode::name);
  if (found == graph.nodes.end()) throw std::logic_error(std::string("no node ") + name);
  return *found;
}

}  // namespace

class TestNirApproximation : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void whatNirCannotSay_data() {
    QTest::addColumn<QString>("neuron");
    QTest::addColumn<double>("refractory");
    QTest::addColumn<QString>("type");
    QTest::addColumn<double>("threshold");
    // Half of the steps fire where the probability is 1/2: sigmoid(u), tanh(u), 1/(1 + exp(-2u)).
    QTest::newRow("sigmoid, Bernoulli") << "ParaLIF-SB" << 0.0 << "Threshold" << 0.0;
    QTest::newRow("tanh, Bernoulli") << "ParaLIF-TRB" << 0.0 << "Threshold" << std::atanh(0.5);
    QTest::newRow("Gumbel") << "ParaLIF-GS" << 0.0 << "Threshold" << 0.0;
    // The published threshold of the D modes is 0.1; sigmoid'(0) = 1/4, tanh'(0) = 1.
    QTest::newRow("change of a sigmoid") << "ParaLIF-SD" << 0.0 << "Threshold" << 0.4;
    QTest::newRow("change of a tanh") << "ParaLIF-TD" << 0.0 << "Threshold" << 0.1;
    QTest::newRow("refractory period") << "LIF" << 2e-3 << "CubaLIF" << 1.0;
    QTest::newRow("adaptation") << "ALIF" << 0.0 << "LIF" << 1.0;
    QTest::newRow("soft reset") << "soft" << 0.0 << "LIF" << 1.0;
  }
  void whatNirCannotSay() {
    QFETCH(QString, neuron);
    QFETCH(double, refractory);
    QFETCH(QString, type);
    QFETCH(double, threshold);
    const Network network(neuron == "soft" ? soft_reset() : dense(neuron.toStdString(), refractory),
                          SignalShape{0, {4}}, 1);
    try {
      (void)to_nir(network, 1e-3);
      QFAIL("was not refused");
    } catch (const Error& error) {
      const QString said = error.what();
      QVERIFY2(said.contains("layer 2, neuron \"1\"") && said.contains("as an approximation"),
               error.what());
    }
    std::vector<std::string> notes;
    const NirGraph graph = to_nir(network, 1e-3, &notes);
    QCOMPARE(notes.size(), std::size_t{1});
    QVERIFY(QString::fromStdString(notes[0]).startsWith("layer 2, neuron \"1\", "));
    const NirNode& written = node(graph, "1");
    QCOMPARE(QString::fromStdString(written.type), type);
    const std::string key = type == "Threshold" ? "threshold" : "v_threshold";
    for (const double value : written.values.at(key).values) {
      QVERIFY2(std::abs(value - threshold) < 1e-6, qPrintable(QString::number(value)));
    }
  }

  void nothingIsApproximatedWithoutNeed() {
    for (const char* neuron : {"LIF", "ParaLIF-T", "ParaLIF-D"}) {
      const Network network(dense(neuron), SignalShape{0, {4}}, 1);
      std::vector<std::string> notes;
      const NirGraph with = to_nir(network, 1e-3, &notes);
      QVERIFY(notes.empty());
      QCOMPARE(with.nodes.size(), to_nir(network, 1e-3).nodes.size());
    }
  }

  void delaysAndTimeConstantsOfGraphs() {
    const Network network(dense("LIF"), SignalShape{0, {4}}, 1);
    NirGraph graph = to_nir(network, 1e-3);
    NirNode delay{"later", "Delay", {{"delay", {{4}, {0.0, 1e-3, 2.4e-3, 3e-3}}}}};
    graph.edges.emplace_back("input", "later");
    for (auto& [from, to] : graph.edges) {
      if (from == "input" && to != "later") from = "later";
    }
    graph.nodes.push_back(delay);
    for (NirNode& one : graph.nodes) {
      if (one.name == "1") one.values["tau_syn"].values[2] = 0.4e-3;
    }
    QVERIFY_EXCEPTION_THROWN((void)network_from_nir(graph, 1e-3), Error);
    std::vector<std::string> notes;
    const NirGraph near = approximated(graph, 1e-3, notes);
    QCOMPARE(notes.size(), std::size_t{2});
    QVERIFY(QString::fromStdString(notes[0]).startsWith("1: 1 of 6 values of 'tau_syn'"));
    QVERIFY(QString::fromStdString(notes[1]).startsWith("later: delays are rounded"));
    QCOMPARE(node(near, "later").values.at("delay").values,
             (std::vector<double>{0.0, 1e-3, 2e-3, 3e-3}));
    QCOMPARE(node(near, "1").values.at("tau_syn").values[2], 1e-3);
    QCOMPARE(network_from_nir(near, 1e-3).network.layers.front().kind, std::string("fixed_delay"));
    std::vector<std::string> none;
    (void)approximated(near, 1e-3, none);
    QVERIFY(none.empty());
  }
};

QTEST_GUILESS_MAIN(TestNirApproximation)
#include "tst_nir_approximation.moc"
