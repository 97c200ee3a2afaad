// Edits of a list of layers, and the stages that repeat in it.
#include <QTest>

#include "core/values/network_edit.h"

using namespace paralif;

namespace {

NetworkDescription of(std::initializer_list<const char*> kinds) {
  NetworkDescription network;
  for (const char* kind : kinds) network = with_layer(network, network.layers.size(), kind);
  return network;
}

QString kinds(const NetworkDescription& network) {
  QStringList all;
  for (const LayerDescription& layer : network.layers) all << QString::fromStdString(layer.kind);
  return all.join(' ');
}

QString ids(const NetworkDescription& network) {
  QStringList all;
  for (const LayerDescription& layer : network.layers) all << QString::fromStdString(layer.id);
  return all.join(' ');
}

}  // namespace

class TestNetworkEdit : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void idsStayUnique() {
    NetworkDescription network = of({"conv2d", "neuron", "conv2d"});
    QCOMPARE(ids(network), QString("c1 n1 c2"));
    network = without_layers(network, 0);
    network = with_layer(network, 99, "conv1d");  // behind the last one
    QCOMPARE(ids(network), QString("n1 c2 c1"));
    network = with_copy(network, 0, 2);
    QCOMPARE(ids(network), QString("n1 c2 n2 c3 c1"));
  }

  void movesBlocks() {
    const NetworkDescription network = of({"a", "b", "c", "d", "e"});
    QCOMPARE(kinds(with_moved(network, 1, 2, 5)), QString("a d e b c"));
    QCOMPARE(kinds(with_moved(network, 3, 2, 0)), QString("d e a b c"));
    QCOMPARE(kinds(with_moved(network, 1, 2, 2)), QString("a b c d e"));  // into itself
    QCOMPARE(kinds(with_moved(network, 1, 1, 2)), QString("a b c d e"));  // where it is
  }

  void findsWhatRepeats() {
    using Stages = std::vector<RepeatedStage>;
    QVERIFY(repeated_stages({}) == Stages{});
    const auto plain = of({"conv2d", "neuron", "flatten", "linear"});
    QVERIFY((repeated_stages(plain) == Stages{{0, 1, 1}, {1, 1, 1}, {2, 1, 1}, {3, 1, 1}}));
    const auto stages =
        of({"conv2d", "neuron", "max_pool", "conv2d", "neuron", "max_pool", "flatten", "linear"});
    QVERIFY((repeated_stages(stages) == Stages{{0, 3, 2}, {6, 1, 1}, {7, 1, 1}}));
    // One other value, and they are no longer alike.
    auto other = stages;
    other.layers[3].values["channels"] = std::int64_t{7};
    QCOMPARE(repeated_stages(other).size(), std::size_t{8});
    // (c n) three times, then once with a pool behind: the longest cover from the front.
    const auto inner = of({"conv2d", "neuron", "conv2d", "neuron", "conv2d", "neuron", "max_pool"});
    QVERIFY((repeated_stages(inner) == Stages{{0, 2, 3}, {6, 1, 1}}));
  }

  void repeatsAreAddedAndTakenAway() {
    const auto network = of({"linear", "conv2d", "neuron", "conv2d", "neuron", "flatten"});
    const RepeatedStage stage = repeated_stages(network)[1];
    QVERIFY((stage == RepeatedStage{1, 2, 2}));
    const auto four = with_repeats(network, stage, 4);
    QCOMPARE(kinds(four), QString("linear conv2d neuron conv2d neuron conv2d neuron conv2d neuron "
                                  "flatten"));
    QVERIFY((repeated_stages(four)[1] == RepeatedStage{1, 2, 4}));
    QCOMPARE(kinds(with_repeats(four, repeated_stages(four)[1], 1)),
             QString("linear conv2d neuron flatten"));
    QCOMPARE(kinds(with_repeats(network, stage, 0)), QString("linear conv2d neuron flatten"));
  }
};

QTEST_GUILESS_MAIN(TestNetworkEdit)
#include "tst_network_edit.moc"
