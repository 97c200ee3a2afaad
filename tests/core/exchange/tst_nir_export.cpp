// Networks leave as NIR graphs that do what the networks do, and come back from the file.
#include <torch/types.h>

#include <ATen/CPUGeneratorImpl.h>

#include <QTemporaryDir>
#include <QTest>
#include <filesystem>

#include "core/exchange/nir_export.h"
#include "core/exchange/nir_import.h"
#include "core/exchange/nir_interpreter.h"
#include "core/exchange/nir_reference.h"
#include "core/exchange/nir_targets.h"
#include "core/exchange/nir_weights.h"
#include "core/experiments/published_networks.h"
#include "core/training/network_of.h"
#include "datasets/error.h"
#include "datasets/hdf5_file.h"

using namespace paralif;

namespace {

constexpr std::int64_t classes = 3;
constexpr std::int64_t steps = 25;

struct Case {
  const char* name;
  NetworkDescription network;
  std::vector<std::int64_t> features;
  double gain = 3.0;  ///< of the weights, so that neurons fire
};

NetworkDescription dense(const char* neuron, bool recurrent = false,
                         std::optional<double> tau_syn = 0.01,
                         std::optional<double> threshold = std::nullopt) {
  Experiment e;
  e.network.hidden = {12, 9};
  e.network.recurrent = {recurrent};
  e.neuron.name = neuron;
  e.neuron.tau_mem_s = 0.02;
  e.neuron.tau_syn_s = tau_syn;
  NetworkDescription network = network_of(e, classes);
  for (LayerDescription& layer : network.layers) {
    if (threshold && layer.kind == "neuron") layer.values["threshold"] = *threshold;
  }
  return network;
}

/// CubaLIF that resets to a value of its own.
NetworkDescription reset_to(double value) {
  NetworkDescription network = dense("CubaLIF", false, 0.01, 0.2);
  for (LayerDescription& layer : network.layers) {
    if (layer.kind == "neuron") layer.values["reset_to"] = value;
  }
  return network;
}

NetworkDescription pictures(const char* model) {
  PlifNet net;
  net.side = 8;
  net.channels = 6;
  net.classes = classes;
  net.neuron.model = model;
  return plif_net(net);
}

std::vector<Case> cases() {
  return {{"LIF", dense("LIF"), {10}},
          {"LIF without synapse", dense("LIF", false, std::nullopt), {10}, 40.0},
          {"recurrent LIF", dense("LIF", true), {10}},
          {"CubaLIF", reset_to(-0.5), {10}},
          {"ParaLIF-T", dense("ParaLIF-T"), {10}},
          {"ParaLIF-ST", dense("ParaLIF-ST", false, 0.01, 0.6), {10}},
          {"ParaLIF-TT", dense("ParaLIF-TT", false, 0.01, 0.4), {10}},
          {"ParaLIF-TRT", dense("ParaLIF-TRT", false, 0.01, 0.4), {10}},
          {"ParaLIF-D", dense("ParaLIF-D"), {10}},
          {"recurrent ParaLIF-T", dense("ParaLIF-T", true), {10}},
          {"convolutions of PLIF", pictures("PLIF"), {2, 8, 8}, 4.0},
          {"convolutions of ParaLIF-T", pictures("ParaLIF-T"), {2, 8, 8}, 4.0}};
}

/// With weights large enough to fire, and batch norms that have seen data.
std::shared_ptr<Network> made(const Case& c) {
  auto network = std::make_shared<Network>(c.network, SignalShape{0, c.features}, 7);
  auto generator = at::make_generator<at::CPUGeneratorImpl>(std::uint64_t{11});
  const torch::NoGradGuard no_grad;
  for (auto& [name, tensor] : network->kept_tensors()) {
    if (name.ends_with("running_mean")) tensor.uniform_(-0.2, 0.2, generator);
    if (name.ends_with("running_var")) tensor.uniform_(0.2, 1.5, generator);
  }
  for (auto& [name, tensor] : network->trained_tensors()) {
    const bool weight = name.ends_with("weight");  // of batch norms too
    if (weight && name.find("recurrent") == std::string::npos) tensor.mul_(c.gain);
  }
  network->eval();
  return network;
}

torch::Tensor input_for(const Case& c) {
  auto generator = at::make_generator<at::CPUGeneratorImpl>(std::uint64_t{5});
  std::vector<std::int64_t> sizes{1, steps};
  sizes.insert(sizes.end(), c.features.begin(), c.features.end());
  return (torch::rand(sizes, generator) < 0.3).to(torch::kFloat32);
}

Array<double> array_of(const torch::Tensor& x) {
  const torch::Tensor plain = x.select(0, 0).to(torch::kFloat64).contiguous();
  const double* const first = plain.data_ptr<double>();
  return {{plain.sizes().begin(), plain.sizes().end()}, {first, first + plain.numel()}};
}

QString error_of(const NetworkDescription& network, const std::vector<std::int64_t>& features) {
  const Network built(network, SignalShape{0, features}, 1);
  try {
    (void)to_nir(built, 1e-3);
  } catch (const Error& error) {
    return QString::fromUtf8(error.what());
  }
  return {};
}

}  // namespace

class TestNirExport : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void graphsComeBackAsNetworks_data() { graphsDoWhatNetworksDo_data(); }
  /// Another network, whose layers may be other ones, that computes the same.
  void graphsComeBackAsNetworks() {
    QFETCH(int, index);
    const Case c = cases()[std::size_t(index)];
    const auto network = made(c);
    const torch::Tensor input = input_for(c);
    const torch::NoGradGuard no_grad;
    const ImportedNetwork imported = network_from_nir(to_nir(*network, 1e-3), 1e-3);
    QCOMPARE(imported.input, c.features);
    QCOMPARE(imported.output, std::vector<std::int64_t>{classes});
    Network back(imported.network, SignalShape{0, imported.input}, 3);
    give_weights(back, imported);
    back.eval();
    const torch::Tensor expected = network->forward(input).readout;
    const torch::Tensor found = back.forward(input).readout;
    QCOMPARE(found.sizes(), expected.sizes());
    const double scale = expected.abs().max().item<double>();
    QVERIFY(scale > 1e-3);
    const double error = (found - expected).abs().max().item<double>() / scale;
    QVERIFY2(error < 1e-5, qPrintable(QString::number(error)));
    // And leaves again.
    const NirGraph again = to_nir(back, 1e-3);
    const NirRun run = run_nir(again, array_of(input), 1e-3);
    const torch::Tensor given = torch::tensor(run.nodes.at(run.output).values, torch::kFloat64);
    QVERIFY(torch::allclose(given.reshape(expected.sizes()), expected.to(torch::kFloat64), 1e-4,
                            1e-4 * scale));
  }

  void graphsOfOtherProgramsTrain_data() {
    QTest::addColumn<QString>("path");
    const std::filesystem::path shared = std::filesystem::path(PARALIF_SHARED_DIR) / "golden/nir";
    const std::filesystem::path here =
        std::filesystem::path(PARALIF_SOURCE_DIR) / "tests/core/exchange/data";
    for (const auto& folder : {shared, here}) {
      if (!std::filesystem::exists(folder)) continue;
      for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".nir" || entry.path().stem() == "mixed_nodes") continue;
        QTest::newRow(entry.path().c_str()) << QString::fromStdString(entry.path().string());
      }
    }
  }
  /// Their recorded outputs are those of the network, and gradients reach every weight.
  void graphsOfOtherProgramsTrain() {
    QFETCH(QString, path);
    std::filesystem::path beside = path.toStdString();
    const NirGraph graph = read_nir(beside);
    const Hdf5Reader file(beside.replace_extension(".h5"));
    const auto dt = std::get<double>(file.attributes("/").at("time_step"));
    const ImportedNetwork imported = network_from_nir(graph, dt);
    Network network(imported.network, SignalShape{0, imported.input}, 3);
    give_weights(network, imported);
    network.eval();
    const auto tensor = [&](const char* name) {
      const Array<double> array = file.doubles(name);
      return torch::tensor(array.values, torch::kFloat64).reshape(array.shape).to(torch::kFloat32).unsqueeze(0);
    };
    const torch::Tensor expected = tensor("output");
    std::vector<std::int64_t> sizes{1, expected.size(1)};
    sizes.insert(sizes.end(), imported.input.begin(), imported.input.end());
    const NetworkOutput out = network.forward(tensor("input").reshape(sizes));
    torch::Tensor found = out.readout.flatten(2);
    found = found.slice(1, 0, expected.size(1));  // delays make it longer
    const torch::Tensor wanted = expected.flatten(2);
    const double scale = std::max(1e-6, wanted.abs().max().item<double>());
    const double error = (found - wanted).abs().max().item<double>() / scale;
    QVERIFY2(error < 1e-4, qPrintable(QString("%1").arg(error)));
    // The report that an import makes of the same recording.
    QVERIFY(has_reference(path.toStdString()));
    const NirFidelity report = reference_fidelity(network, imported, path.toStdString(), dt);
    QVERIFY(report.readout_error < 1e-4);
    for (const auto& layer : report.layers) QCOMPARE(layer.equal, 1.0);
    QVERIFY_EXCEPTION_THROWN(
        (void)reference_fidelity(network, imported, path.toStdString(), 2 * dt), Error);
    out.readout.sum().backward();
    double reached = 0;
    for (const auto& p : network.parameters()) {
      if (p.grad().defined()) reached += p.grad().abs().sum().item<double>();
    }
    QVERIFY(reached > 0);
  }

  /// The product of r and w_in is split otherwise, and the graph does the same.
  void formsOfOtherProgramsDoTheSame() {
    const Case c{"LIF", dense("LIF"), {10}};
    const auto network = made(c);
    const NirGraph graph = to_nir(*network, 1e-3);
    const NirTarget& snntorch = nir_target("snntorch");
    QVERIFY(!problems_for(graph, snntorch, 1e-3).empty());
    const NirGraph forms = adapted(graph, snntorch, 1e-3);
    QCOMPARE(problems_for(forms, snntorch, 1e-3), std::vector<std::string>{});
    const Array<double> input = array_of(input_for(c));
    const NirRun before = run_nir(graph, input, 1e-3);
    const NirRun after = run_nir(forms, input, 1e-3);
    QVERIFY(std::ranges::count(before.nodes.at("1").values, 1.0) > 5);
    QCOMPARE(after.nodes.at("1").values, before.nodes.at("1").values);
    // Which comes back as the read-out that it is.
    const NirGraph again = with_readout(forms);
    const auto readout = run_nir(again, input, 1e-3).nodes.at(after.output).values;
    QVERIFY(std::ranges::equal(readout, before.nodes.at(before.output).values, [](double a, double b) {
      return std::abs(a - b) <= 1e-9 * std::max(1.0, std::abs(b));
    }));
    QCOMPARE(network_from_nir(again, 1e-3).network.layers.back().values.at("fire"), ParameterValue(false));
    // Nothing passes the threshold of what is a read-out.
    QCOMPARE(std::ranges::count(after.nodes.at(after.output).values, 0.0), std::ptrdiff_t(classes * steps));
    const Case paralif{"ParaLIF-T", dense("ParaLIF-T"), {10}};
    const auto problems = problems_for(to_nir(*made(paralif), 1e-3), nir_target("norse"), 1e-3);
    QVERIFY(std::ranges::any_of(problems, [](const auto& p) {
      return p.find("(Threshold) is of a type") != std::string::npos;
    }));
    const Case recurrent{"recurrent LIF", dense("LIF", true), {10}};
    const auto cycle = problems_for(to_nir(*made(recurrent), 1e-3), nir_target("spinnaker2"), 1e-3);
    QVERIFY(std::ranges::any_of(cycle, [](const auto& p) { return p.find("cycle") != std::string::npos; }));
    QVERIFY_EXCEPTION_THROWN((void)nir_target("nobody"), Error);
  }

  void whatNoLayerComputesIsRefusedByNode() {
    NirGraph graph;
    graph.nodes = {{"in", "Input", {{"shape", {{1}, {2}}}}},
                   {"a", "Threshold", {{"threshold", {{}, {0.5}}}}},
                   {"out", "Output", {{"shape", {{1}, {2}}}}}};
    graph.edges = {{"in", "a"}, {"a", "out"}};
    const auto said = [&] {
      try {
        (void)network_from_nir(graph, 1e-3);
      } catch (const Error& error) {
        return QString::fromUtf8(error.what());
      }
      return QString();
    };
    QVERIFY2(said().contains("node 'a' (Threshold): stands behind no membrane"), qPrintable(said()));
    graph.nodes[1] = {"a", "LIF", {{"tau", {{}, {1e-4}}}, {"v_threshold", {{}, {1.0}}}}};
    QVERIFY2(said().contains("has a 'tau' of 0.0001 s, below the time step"), qPrintable(said()));
    graph.nodes[1] = {"a", "Affine", {{"weight", {{2, 3}, {1, 2, 3, 4, 5, 6}}}}};
    QVERIFY2(said().contains("has a weight of 2 x 3 for 2 values"), qPrintable(said()));
    graph.nodes[1] = {"a", "Linear", {{"weight", {{1, 2}, {1, NAN}}}}};
    QVERIFY2(said().contains("has a value of 'weight' that is not finite"), qPrintable(said()));
    graph.nodes[1] = {"a", "Linear", {{"weight", {{1, 2}, {1, 2}}}}};
    QVERIFY2(said().contains("node 'out' (Output): says 2 values, and 1 come"), qPrintable(said()));
    graph.nodes[1] = {"a", "LI", {{"tau", {{}, {1e-2}}}}};
    graph.edges.emplace_back("a", "a");
    QVERIFY2(said().contains("node 'a' (LI): leads to itself"), qPrintable(said()));
    graph.edges.pop_back();
    graph.nodes.push_back({"b", "Scale", {{"scale", {{}, {2.0}}}}});
    graph.edges.emplace_back("a", "b");
    QVERIFY2(said().contains("node 'a' (LI): leads to several nodes"), qPrintable(said()));
  }

  void graphsDoWhatNetworksDo_data() {
    QTest::addColumn<int>("index");
    const auto all = cases();
    for (std::size_t i = 0; i < all.size(); ++i) QTest::newRow(all[i].name) << int(i);
  }

  void graphsDoWhatNetworksDo() {
    QFETCH(int, index);
    const Case c = cases()[std::size_t(index)];
    const auto network = made(c);
    const torch::Tensor x = input_for(c);
    const torch::NoGradGuard no_grad;
    const NetworkOutput out = network->forward(x);
    const double dt = nir_time_step_s(*network, 1e-3);

    QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("net.nir").toStdString();
    write_nir(to_nir(*network, dt), file);
    const NirRun run = run_nir(read_nir(file), array_of(x), dt);

    for (std::size_t i = 0; i < out.hidden.size(); ++i) {
      const NirTrace& trace = run.nodes.at(network->hidden()[i].id);
      QVERIFY(trace.spikes);
      const torch::Tensor ours = out.hidden[i].output.select(0, 0).flatten(1).to(torch::kFloat64);
      const torch::Tensor theirs = torch::tensor(trace.values).reshape(ours.sizes());
      const auto fired = ours.sum().item<double>();
      QVERIFY2(fired > 0 && fired < double(ours.numel()), qPrintable(QString::number(fired)));
      const auto differ = ours.ne(theirs).sum().item<std::int64_t>();
      QVERIFY2(differ == 0, qPrintable(QString("layer %1: %2 of %3").arg(i).arg(differ).arg(fired)));
    }
    const torch::Tensor ours = out.readout.select(0, 0).to(torch::kFloat64);
    const torch::Tensor theirs =
        torch::tensor(run.nodes.at(run.output).values).reshape(ours.sizes());
    const double largest = ours.abs().max().item<double>();
    QVERIFY((ours - theirs).abs().max().item<double>() <= 1e-4 * largest);
  }

  void whatNirCannotSayIsRefused() {
    QVERIFY(error_of(dense("ParaLIF-SB"), {10}).contains("fires by chance"));
    QVERIFY(error_of(dense("ParaLIF-TD"), {10})
                .contains("as an approximation: written as the change of the membrane"));
    QVERIFY(error_of(dense("ReLU"), {10}).contains("is no spiking neuron"));
    NetworkDescription soft{{{"l", "linear", {}},
                             {"n", "neuron", {{"model", std::string("SJ-LIF")},
                                              {"reset", std::string("soft")}}}}};
    QVERIFY(error_of(soft, {10}).contains("layer 2, neuron \"n\": resets softly"));
    NetworkDescription delays{{{"d", "learned_delay", {}}}};
    QVERIFY(error_of(delays, {10}).contains("NIR delays units"));
    NetworkDescription alone{{{"b", "batch_norm", {}}}};
    QVERIFY(error_of(alone, {10}).contains("behind no weights"));
  }
};

QTEST_GUILESS_MAIN(TestNirExport)
#include "tst_nir_export.moc"
