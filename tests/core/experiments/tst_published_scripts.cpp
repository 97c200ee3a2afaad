// Command lines of the published scripts: the best settings are the presets, flags act as there.
#include <QTest>

#include <algorithm>

#include "core/experiments/network_presets.h"
#include "core/experiments/presets.h"
#include "core/experiments/published_scripts.h"
#include "datasets/error.h"

using namespace paralif;

namespace {

const Experiment& preset(const std::string& id) {
  return std::ranges::find(presets(), id, &Preset::id)->experiment;
}

ParameterValue value_of(const Experiment& e, const std::string& layer, const std::string& key) {
  for (const LayerDescription& one : e.network.layers.layers) {
    if (one.id == layer) return one.values.at(key);
  }
  return std::string("no such layer");
}

std::string error_of(const std::string& script, const std::vector<std::string>& flags) {
  try {
    (void)experiment_of_script(script, flags);
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

}  // namespace

class TestPublishedScripts : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void bestSettingsAreThePresets_data() {
    QTest::addColumn<QString>("script");
    QTest::addColumn<QStringList>("flags");
    QTest::addColumn<QString>("preset");
    QTest::newRow("nmnist") << "plif_net" << QStringList{"-dataset_name", "NMNIST", "-best_config"}
                            << "plif-net-nmnist";
    QTest::newRow("gesture") << "plif_net"
                             << QStringList{"-best_config", "-dataset_name=DVS128Gesture"}
                             << "plif-net-dvsgesture";
    QTest::newRow("cifar") << "seqcifar10" << QStringList{"-best_config"} << "sequential-cifar10";
    QTest::newRow("shd") << "snn_delays" << QStringList{} << "delays-heidelberg";
    QTest::newRow("ntidigits") << "snn_delays" << QStringList{"--dataset", "ntidigits"}
                               << "delays-ntidigits";
  }
  void bestSettingsAreThePresets() {
    QFETCH(QString, script);
    QFETCH(QStringList, flags);
    std::vector<std::string> words;
    for (const QString& flag : flags) words.push_back(flag.toStdString());
    Experiment e = experiment_of_script(script.toStdString(), words);
    QFETCH(QString, preset);
    const Experiment expected = ::preset(preset.toStdString());
    e.title = expected.title;
    for (auto* layers : {&e.network.layers.layers}) {
      QCOMPARE(layers->size(), expected.network.layers.layers.size());
      for (std::size_t i = 0; i < layers->size(); ++i) {
        const LayerDescription& theirs = expected.network.layers.layers[i];
        for (const auto& [key, value] : theirs.values) {
          QVERIFY2((*layers)[i].values.at(key) == value, (theirs.id + "." + key).c_str());
        }
      }
    }
    e.network = expected.network;
    QVERIFY(e.dataset == expected.dataset);
    QVERIFY(e.training == expected.training);
    QVERIFY(e == expected);
  }

  void defaultsAndFlagsOfPlifNet() {
    const Experiment e = experiment_of_script(
        "plif_net", {"-dataset_name", "NMNIST", "-T", "7", "-number_layer", "3", "-channels", "5",
                     "-init_tau", "3", "-data_ratio", "0.5", "-detach_reset"});
    QCOMPARE(e.training.epochs, 1024);
    QCOMPARE(e.training.batch_size, 16);
    QCOMPARE(e.training.learning_rate, 1e-4);
    QVERIFY(!e.dataset.augmentation);
    QVERIFY(!e.training.save_model);
    QCOMPARE(e.dataset.bins.value(), 7);
    QCOMPARE(e.dataset.data_ratio, 0.5);
    QVERIFY(value_of(e, "conv_0", "channels") == ParameterValue(std::int64_t{5}));
    QVERIFY(value_of(e, "conv_2", "model") == ParameterValue(std::string("PLIF")));
    QVERIFY(value_of(e, "conv_2", "tau") == ParameterValue(3.0));
    QVERIFY(value_of(e, "conv_2", "detach_reset") == ParameterValue(true));
    QCOMPARE(e.network.layers.layers[3].kind, std::string("average_pool"));
    // Three stages of a 34 x 34 sensor leave 4 x 4 places.
    QVERIFY(value_of(e, "fc_2", "units") == ParameterValue(std::int64_t{5 * 16 / 4}));
  }

  void flagsOfSequentialCifar() {
    const Experiment e = experiment_of_script(
        "seqcifar10", {"-neu", "ParaLIF-T", "-opt", "adamw", "-lr", "0.01", "-n_down", "1", "-n_conv",
                       "2", "-channels", "8", "-recurrent", "-tau_mem", "2e-2", "-b", "32"});
    QCOMPARE(e.training.optimizer, std::string("adamw"));
    QCOMPARE(e.training.learning_rate, 0.01);
    QCOMPARE(e.training.batch_size, 32);
    QCOMPARE(e.training.epochs, 200);
    QVERIFY(value_of(e, "conv_2", "model") == ParameterValue(std::string("ParaLIF-T")));
    QVERIFY(value_of(e, "conv_2", "tau_mem") == ParameterValue(2e-2));
    QVERIFY(value_of(e, "conv_2", "feed_spikes") == ParameterValue(false));
    QVERIFY(value_of(e, "fc_1", "units") == ParameterValue(std::int64_t{8 * 16 / 4}));
    const Experiment lif = experiment_of_script("seqcifar10", {});
    QVERIFY(value_of(lif, "conv_2", "model") == ParameterValue(std::string("SJ-LIF")));
    QVERIFY(value_of(lif, "conv_2", "reset") == ParameterValue(std::string("soft")));
  }

  void errorsNameTheFlag_data() {
    QTest::addColumn<QString>("script");
    QTest::addColumn<QStringList>("flags");
    QTest::addColumn<QString>("said");
    QTest::newRow("script") << "basics" << QStringList{} << "'basics' is no published script";
    QTest::newRow("missing data") << "plif_net" << QStringList{"-best_config"} << "-dataset_name";
    QTest::newRow("data") << "plif_net" << QStringList{"-dataset_name", "MNIST"} << "'MNIST'";
    QTest::newRow("no T") << "plif_net" << QStringList{"-dataset_name", "NMNIST"} << "-T of plif_net";
    QTest::newRow("unknown") << "seqcifar10" << QStringList{"-zz", "1"} << "'-zz' is no flag";
    QTest::newRow("word") << "seqcifar10" << QStringList{"b"} << "'b' is no flag";
    QTest::newRow("number") << "seqcifar10" << QStringList{"-b", "many"} << "'many' is not";
    QTest::newRow("fraction") << "seqcifar10" << QStringList{"-b", "1.5"} << "whole number";
    QTest::newRow("no value") << "seqcifar10" << QStringList{"-b"} << "-b of seqcifar10: has no value";
    QTest::newRow("value") << "seqcifar10" << QStringList{"-debug=1"} << "takes no value";
    QTest::newRow("neuron") << "seqcifar10" << QStringList{"-neu", "PLIF"} << "'PLIF' is unknown";
    QTest::newRow("delay data") << "snn_delays" << QStringList{"--dataset", "ssc"} << "'ssc'";
  }
  void errorsNameTheFlag() {
    QFETCH(QString, script);
    QFETCH(QStringList, flags);
    QFETCH(QString, said);
    std::vector<std::string> words;
    for (const QString& flag : flags) words.push_back(flag.toStdString());
    const QString error = QString::fromStdString(error_of(script.toStdString(), words));
    QVERIFY2(error.contains(said), qPrintable(error));
  }

  /// Other neurons in a published network keep its settings for them, and a name.
  void presetsTakeOtherNeurons() {
    Experiment e;
    e.network.layers = network_named("plif-net-nmnist-small:PLIF");
    QCOMPARE(network_title(e), std::string("plif-net-nmnist-small:PLIF"));
    QVERIFY(value_of(e, "conv_2", "decay_input") == ParameterValue(true));
    e.network.layers = network_named("sequential-cifar10:SJ-LIF");
    QVERIFY(value_of(e, "conv_2", "reset") == ParameterValue(std::string("soft")));
    QVERIFY_EXCEPTION_THROWN((void)network_named("plif-net-nmnist:Hodgkin"), Error);
  }
};

QTEST_GUILESS_MAIN(TestPublishedScripts)
#include "tst_published_scripts.moc"
