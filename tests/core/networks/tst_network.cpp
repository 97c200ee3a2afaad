// Networks from lists of layers: shapes, errors, files, and the published ones.
#include <torch/types.h>

#include <QtTest>
#include <nlohmann/json.hpp>

#include "core/experiments/published_networks.h"
#include "core/networks/infer_shapes.h"
#include "core/networks/network.h"
#include "datasets/error.h"

using namespace paralif;

namespace {

NetworkDescription small() {
  NetworkDescription n;
  n.layers = {{"c1", "conv2d", {{"channels", std::int64_t{4}}}},
              {"b1", "batch_norm", {}},
              {"n1", "neuron", {{"model", std::string("ParaLIF-T")}}},
              {"c2", "conv2d", {{"channels", std::int64_t{4}}, {"inputs", std::int64_t{4}}}},
              {"sum", "add", {{"from", std::string("n1")}}},
              {"flat", "flatten", {}},
              {"out", "linear", {{"units", std::int64_t{3}}}}};
  return n;
}

std::string error_of(const NetworkDescription& network, const SignalShape& input) {
  try {
    (void)infer_shapes(network, input);
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

std::int64_t parameters_of(const NetworkDescription& description, const SignalShape& input) {
  const Network network(description, input, 0);
  std::int64_t count = 0;
  for (const auto& p : network.parameters()) count += p.numel();
  return count;
}

}  // namespace

class TestNetwork : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void shapesFollowTheLayers() {
    const auto shapes = infer_shapes(small(), {5, {2, 6, 6}});
    QCOMPARE(shapes.size(), std::size_t{7});
    QCOMPARE(features_text(shapes[4]), std::string("4 x 6 x 6"));
    QCOMPARE(shapes.back(), (SignalShape{5, {3}}));
    Network network(small(), {5, {2, 6, 6}}, 1);
    const auto out = network.forward(torch::rand({2, 5, 2, 6, 6}), 0, true);
    QCOMPARE(out.readout.sizes().vec(), (std::vector<std::int64_t>{2, 5, 3}));
    QVERIFY(out.hidden[0].output.defined());
    QVERIFY(out.hidden[0].membrane.defined());
  }

  void errorsNameLayerKindAndId() {
    NetworkDescription n = small();
    n.layers[3].values["inputs"] = std::int64_t{128};
    QCOMPARE(error_of(n, {5, {2, 6, 6}}),
             std::string("layer 4, conv2d \"c2\": expects 128 channels, gets 4"));
    n = small();
    n.layers[4].values["from"] = std::string("nope");
    QCOMPARE(error_of(n, {5, {2, 6, 6}}),
             std::string("layer 5: no earlier layer has the id 'nope'"));
    n = small();
    n.layers[1].id = "c1";
    QCOMPARE(error_of(n, {5, {2, 6, 6}}),
             std::string("layer 2: the id 'c1' is taken by an earlier layer"));
    n = small();
    n.layers[2].kind = "nope";
    QCOMPARE(error_of(n, {5, {2, 6, 6}}), std::string("layer 3: 'nope' is no kind of layer"));
    QVERIFY(!error_of({}, {5, {2}}).empty());
  }

  void aFileKeepsEveryValue() {
    NetworkDescription n = small();
    n.layers[2].values["threshold"] = std::monostate{};
    n.layers[2].values["tau_mem"] = 0.01;
    const std::string text = to_json(n).dump();
    QCOMPARE(network_from_json(nlohmann::json::parse(text), "x.json"), n);
    QVERIFY_EXCEPTION_THROWN(network_from_json(nlohmann::json::parse("[{\"id\": 3}]"), "x"), Error);
    QVERIFY_EXCEPTION_THROWN(
        network_from_json(nlohmann::json::parse(R"([{"id":"a","kind":"linear","units":{}}])"), "x"),
        Error);
  }

  void aSeedGivesTheSameWeights() {
    const SignalShape input{5, {2, 6, 6}};
    const Network a(small(), input, 3);
    torch::manual_seed(99);
    const Network b(small(), input, 3);
    const Network c(small(), input, 4);
    const auto pa = a.named_parameters();
    const auto pb = b.named_parameters();
    QVERIFY(pa["c1.weight"].equal(pb["c1.weight"]));
    QVERIFY(pa["out.weight"].equal(pb["out.weight"]));
    QVERIFY(!pa["c1.weight"].equal(c.named_parameters()["c1.weight"]));
  }

  void publishedNetworksHaveTheirSizes() {
    PlifNet plif;
    plif.neuron.tau_mem_s = 0.01;
    plif.neuron.learn_tau = true;
    QCOMPARE(parameters_of(plif_net(plif), {10, {2, 34, 34}}), 17132288 + 4);
    plif.side = 128;
    plif.stages = 5;
    QCOMPARE(parameters_of(plif_net(plif), {20, {2, 128, 128}}), 1693184 + 7);
    SequentialCifar10 cifar;
    QCOMPARE(parameters_of(sequential_cifar10(cifar), {32, {3, 32}}), 513418 + 7);
    DelayNet delays;
    delays.neuron.tau_mem_s = 3.2e-4;
    QCOMPARE(parameters_of(delay_net(delays), {0, {140}}), 214016);
    delays.classes = 11;
    QCOMPARE(parameters_of(delay_net(delays), {0, {64}}), 170496);
  }
};

QTEST_APPLESS_MAIN(TestNetwork)
#include "tst_network.moc"
