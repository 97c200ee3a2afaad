// Networks leave as NIR graphs that do what the networks do, and come back from the file.
#include <torch/types.h>

#include <ATen/CPUGeneratorImpl.h>

#include <QTemporaryDir>
#include <QTest>
#include <filesystem>

#include "core/exchange/nir_export.h"
#include "core/exchange/nir_interpreter.h"
#include "core/experiments/published_networks.h"
#include "core/training/network_of.h"
#include "datasets/error.h"

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
    QVERIFY(error_of(dense("ParaLIF-TD"), {10}).contains("ParaLIF-D has a form"));
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
