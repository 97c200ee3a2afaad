// Networks as lists of layers in experiments: files, names, command lines, and what is refused.
#include <QTemporaryDir>
#include <QTest>

#include "core/experiments/experiment_file.h"
#include "core/experiments/fields.h"
#include "core/experiments/network_presets.h"
#include "core/experiments/presets.h"
#include "core/values/parameter_text.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"

using namespace paralif;

namespace {

std::string error_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

}  // namespace

class TestNetworks : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void experimentsKeepTheirLayers() {
    for (const NetworkPreset& preset : network_presets()) {
      Experiment e;
      e.network.layers = preset.make();
      const Experiment read = experiment_from_json(to_json(e), "test");
      QVERIFY2(read == e, preset.name.data());
      QCOMPARE(network_title(read), std::string(preset.name));
      QVERIFY(problems_of(read).empty());
    }
    // The dense network's files stay as they were.
    QVERIFY(to_json(Experiment()).find("\"layers\"") == std::string::npos);
  }

  void layersAreNamed() {
    const Field& field = *find_field("network");
    QCOMPARE(std::get<std::string>(parse_parameter(field, "dense")), std::string());
    const ParameterValue small = parse_parameter(field, "plif-net-nmnist-small");
    QCOMPARE(format_parameter(field, small), std::string("plif-net-nmnist-small"));
    Experiment e;
    field.set(e, small);
    QVERIFY(e.network.layers == network_named("plif-net-nmnist-small"));
    QVERIFY(field.get(e) == small);
    QVERIFY(!find_field("network.hidden")->applies(e));
    QVERIFY(!find_field("neuron.name")->applies(e));
    const std::string own = R"([{"id": "a", "kind": "linear", "units": 3}])";
    const ParameterValue given = parse_parameter(field, own);
    QVERIFY(parse_parameter(field, format_parameter(field, given)) == given);
  }

  void readsFiles() {
    QTemporaryDir dir;
    const auto path = [&](const char* name) {
      return std::filesystem::path(dir.filePath(name).toStdString());
    };
    const std::string list = R"([{"id": "a", "kind": "linear", "units": 3}])";
    write_file(path("list.json"), list);
    write_file(path("object.json"), "{\"layers\": " + list + "}");
    Experiment e;
    e.network.layers = network_named(list);
    save_experiment(e, path("experiment.json"));
    for (const char* name : {"list.json", "object.json", "experiment.json"}) {
      QVERIFY2(network_named(path(name).string()) == e.network.layers, name);
    }
    write_file(path("bad.json"), R"([{"id": "a"}])");
    const std::string sentence = error_of([&] { network_named(path("bad.json").string()); });
    QVERIFY2(sentence.find("bad.json") != std::string::npos &&
                 sentence.find("layer 1 has no") != std::string::npos,
             sentence.c_str());
    const std::string unknown = error_of([] { network_named("nothing-such"); });
    QVERIFY2(unknown.find("delays-heidelberg-small") != std::string::npos, unknown.c_str());
    QVERIFY(!error_of([] { network_named("[1, 2"); }).empty());
  }

  void commandLinesSayTheNetworkAlone() {
    Experiment e;
    e.network.layers = network_named("delays-ntidigits-small");
    const std::string line = command_line_of(e);
    QVERIFY2(line.find("--network delays-ntidigits-small") != std::string::npos, line.c_str());
    QVERIFY2(line.find("--layers") == std::string::npos, line.c_str());
    QVERIFY2(line.find("--neuron") == std::string::npos, line.c_str());
    QVERIFY(command_line_of(Experiment()).find("--network") == std::string::npos);
  }

  void badLayersInFilesAreRefused() {
    const auto with = [](const std::string& layers) {
      return error_of([&] {
        experiment_from_json("{\"schema\": 2, \"network\": {\"layers\": " + layers + "}}", "f.json");
      });
    };
    QVERIFY(with("[]").empty());
    for (const char* bad : {"3", "{}", "[3]", R"([{"id": 1, "kind": "linear"}])",
                            R"([{"id": "a", "kind": "linear", "units": {}}])"}) {
      QVERIFY2(with(bad).find("f.json") != std::string::npos, bad);
    }
  }
};

QTEST_GUILESS_MAIN(TestNetworks)
#include "tst_networks.moc"
