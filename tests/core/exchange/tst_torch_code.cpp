// Networks as programs in PyTorch: what they contain, and that PyTorch computes the same with them
// where it is installed.
#include <torch/types.h>

#include <ATen/CPUGeneratorImpl.h>

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>

#include "core/exchange/torch_code.h"
#include "core/exchange/weights_formats.h"
#include "core/experiments/published_networks.h"
#include "core/training/network_of.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"

using namespace paralif;

namespace {

constexpr std::int64_t classes = 3;

struct Case {
  const char* name;
  NetworkDescription network;
  std::vector<std::int64_t> features;
};

NetworkDescription dense(const char* neuron, bool recurrent = false, bool learn_tau = false) {
  Experiment e;
  e.network.hidden = {12, 9};
  e.network.recurrent = {recurrent};
  e.neuron.name = neuron;
  e.neuron.tau_mem_s = 0.02;
  e.neuron.tau_syn_s = 0.01;
  e.neuron.learn_tau = learn_tau;
  if (std::string(neuron) == "ParaLIF-TT") e.neuron.threshold = 0.2;
  e.neuron.refractory_s = std::string(neuron) == "LIF" && !recurrent ? 2e-3 : 0.0;
  return network_of(e, classes);
}

NetworkDescription delayed() {
  Experiment e;
  e.network.hidden = {12};
  e.network.delay_max = {6};
  return network_of(e, classes);
}

NetworkDescription learned_delays(const char* model, const char* reset) {
  const auto neurons = [&](const char* id, bool fire) {
    return LayerDescription{id,
                            "neuron",
                            {{"model", std::string(model)},
                             {"reset", std::string(reset)},
                             {"tau", 3.0},
                             {"fire", fire}}};
  };
  const auto delays = [](const char* id, std::int64_t units, const char* kernel) {
    return LayerDescription{id,
                            "learned_delay",
                            {{"units", units},
                             {"taps", std::int64_t{7}},
                             {"padding_before", std::int64_t{6}},
                             {"padding_after", std::int64_t{0}},
                             {"kernel", std::string(kernel)},
                             {"sparsity", id[0] == 'a' ? 0.3 : 0.0}}};
  };
  return {{delays("a", 12, "gauss"), neurons("b", true), delays("c", classes, "max"),
           neurons("d", false)}};
}

std::vector<Case> cases() {
  PlifNet net;
  net.side = 8;
  net.channels = 6;
  net.classes = classes;
  net.neuron.model = "ParaLIF-T";
  return {{"LIF", dense("LIF"), {10}},
          {"recurrent LIF that learns", dense("LIF-LT", true, true), {10}},
          {"ParaLIF-D", dense("ParaLIF-D"), {10}},
          {"recurrent ParaLIF-TT", dense("ParaLIF-TT", true, true), {10}},
          {"ReLU", dense("ReLU"), {10}},
          {"fixed delays", delayed(), {10}},
          {"learned delays of SJ-LIF", learned_delays("SJ-LIF", "soft"), {10}},
          {"learned delays of PLIF", learned_delays("PLIF", "hard"), {10}},
          {"convolutions", plif_net(net), {2, 8, 8}}};
}

/// Folder that Python finds a package in: a clone of the published repository or of snnTorch, where
/// $PARALIF_PUBLISHED or $PARALIF_SNNTORCH names one, else stand_ins, which has its modules' names,
/// arguments and equations.
QString folder_of(CodeFlavour flavour) {
  if (flavour == CodeFlavour::plain) return ".";
  const QString stand_ins = PARALIF_SOURCE_DIR "/tests/core/exchange/stand_ins";
  return qEnvironmentVariable(
      flavour == CodeFlavour::paralif ? "PARALIF_PUBLISHED" : "PARALIF_SNNTORCH", stand_ins);
}

/// Longer than the filters remember: the published FFT lets the end of a sequence wrap into its
/// start, and only the difference to exact filters is compared.
constexpr std::int64_t steps = 400;

/// A Python with PyTorch; empty: there is none.
QString interpreter() {
  static const QString found = [] {
    for (const char* name : {"/usr/bin/python3", "python3"}) {
      QProcess probe;
      probe.start(name, {"-c", "import torch, numpy"});
      if (probe.waitForFinished(120000) && probe.exitStatus() == QProcess::NormalExit &&
          probe.exitCode() == 0) {
        return QString(name);
      }
    }
    return QString();
  }();
  return found;
}

std::shared_ptr<Network> made(const Case& c) {
  auto network = std::make_shared<Network>(c.network, SignalShape{0, c.features}, 7);
  const torch::NoGradGuard no_grad;
  for (auto& [name, tensor] : network->trained_tensors()) {
    if (name.ends_with("weight") && name.find("recurrent") == std::string::npos) tensor.mul_(3.0);
  }
  network->eval();
  return network;
}

}  // namespace

class TestTorchCode : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void saysWhatTheNetworkIs() {
    const Case c = cases()[0];
    const auto network = made(c);
    const QString code = QString::fromStdString(torch_code(*network, {}, {"A \"title\"", "w.pt"}));
    QVERIFY(code.startsWith("\"\"\"A 'title': a network"));
    QVERIFY(code.contains("\"0\": nn.Linear(10, 12, bias=True)"));
    QVERIFY(code.contains("Neurons(reset=True, squash=\"identity\", spikes=\"threshold\", fire=True"));
    QVERIFY(code.contains("refractory=2"));
    QVERIFY(code.contains("\"w.pt\""));
    QVERIFY(!code.contains("{{") && !code.contains("}}"));
    std::vector<std::string> names;
    for (const auto& [name, tensor] : state_for_code(*network, CodeFlavour::plain))
      names.push_back(name);
    QVERIFY(std::ranges::find(names, "layers.1.threshold") != names.end());
    NetworkDescription delays = c.network;
    delays.layers[1].values["model"] = std::string("ALIF");
    const Network other(delays, SignalShape{0, c.features}, 7);
    QVERIFY_EXCEPTION_THROWN((void)torch_code(other, {}, {"t", "w.pt"}), Error);
  }

  void whatAFlavourHasNotIsRefusedByLayer_data() {
    QTest::addColumn<int>("index");
    QTest::addColumn<QString>("flavour");
    QTest::addColumn<QString>("said");
    QTest::newRow("refractory") << 0 << "snntorch"
                                << "layer 2, neuron \"1\"";
    QTest::newRow("D") << 2 << "snntorch"
                       << "ParaLIF-D";
    QTest::newRow("recurrent ParaLIF") << 3 << "snntorch"
                                       << "recurrent ParaLIF";
  }
  void whatAFlavourHasNotIsRefusedByLayer() {
    QFETCH(int, index);
    QFETCH(QString, flavour);
    QFETCH(QString, said);
    const auto network = made(cases()[std::size_t(index)]);
    try {
      (void)torch_code(*network, {}, {"t", "w.pt", code_flavour(flavour.toStdString())});
      QFAIL("was not refused");
    } catch (const Error& error) {
      QVERIFY2(QString(error.what()).contains(said), error.what());
    }
    QVERIFY_EXCEPTION_THROWN((void)code_flavour("keras"), Error);
  }

  void trainsAsTheExperimentSays() {
    const Case c = cases()[0];
    const auto network = made(c);
    Experiment e;
    e.training.loss = "cumsum";
    e.training.label_smoothing = 0.1;
    e.training.optimizer = "sgd";
    e.training.momentum = 0.8;
    e.training.learning_rate = 0.05;
    e.training.schedule = "cosine";
    e.training.schedule_period_epochs = 7;
    e.training.reg_threshold = 0.1;
    const QString code = QString::fromStdString(torch_code(*network, e, {"t", "w.pt"}));
    for (const char* part :
         {"torch.softmax(readout, 2).sum(1)", "label_smoothing=0.1", "torch.optim.SGD(", "lr=0.05",
          "momentum=0.8", "CosineAnnealingLR(optimizer, T_max=7)",
          "Left out: the firing-rate regularisation.", "paralif train"}) {
      QVERIFY2(code.contains(part), part);
    }
  }

  void pytorchComputesTheSame_data() {
    QTest::addColumn<int>("index");
    QTest::addColumn<int>("flavour");
    const auto all = cases();
    for (const CodeFlavourFacts& flavour : code_flavours()) {
      for (std::size_t i = 0; i < all.size(); ++i) {
        const auto network = made(all[i]);
        try {
          (void)torch_code(*network, {}, {"t", "w.pt", flavour.flavour});
        } catch (const Error&) {
          continue;  // see whatAFlavourHasNotIsRefusedByLayer
        }
        QTest::addRow("%s, %s", all[i].name, flavour.name.data()) << int(i) << int(flavour.flavour);
      }
    }
  }
  void pytorchComputesTheSame() {
    const QString python3 = interpreter();
    if (python3.isEmpty()) QSKIP("python3-torch is not installed");
    QFETCH(int, index);
    QFETCH(int, flavour);
    const auto used = CodeFlavour(flavour);
    const QString package = folder_of(used);
    const Case c = cases()[std::size_t(index)];
    const auto network = made(c);
    auto generator = at::make_generator<at::CPUGeneratorImpl>(std::uint64_t{5});
    std::vector<std::int64_t> sizes{2, used == CodeFlavour::paralif ? steps : 20};
    sizes.insert(sizes.end(), c.features.begin(), c.features.end());
    const torch::Tensor input = (torch::rand(sizes, generator) < 0.3).to(torch::kFloat32);
    torch::Tensor expected;
    {
      const torch::NoGradGuard no_grad;
      expected = network->forward(input).readout;
    }
    const QTemporaryDir dir;
    const std::filesystem::path folder = dir.path().toStdString();
    write_file(folder / "net.py", torch_code(*network, {}, {c.name, "net.pt", used}));
    write_state_dict(state_for_code(*network, used), folder / "net.pt");
    write_npz({{"input", input}, {"expected", expected}}, folder / "data.npz");
    // Single spikes at a tie may differ where the filter is an FFT.
    const char* const judged = used == CodeFlavour::paralif
                                   ? "(found - expected).abs().mean() / expected.abs().mean()"
                                   : "(found - expected).abs().max() / expected.abs().max()";
    write_file(
        folder / "check.py",
        "import numpy, torch, net\n"
        "data = numpy.load('data.npz')\n"
        "network = net.load()\n"
        "spikes = torch.from_numpy(data['input'])\n"
        "with torch.no_grad(): found = network(spikes)\n"
        "expected = torch.from_numpy(data['expected'])\n"
        "assert found.shape == expected.shape, found.shape\n"
        "error = " +
            std::string(judged) +
            "\n"
            "assert error < 1e-4, error\n"
            "network.train()\n"
            "network(spikes).sum().backward()\n"
            "reached = [name for name, p in network.named_parameters() if p.grad is not None]\n"
            "assert all(n in reached for n, _ in network.named_parameters() if "
            "n.endswith('weight')), reached\n"
            "before = [p.detach().clone() for p in network.parameters()]\n"
            "net.train(network, [(spikes, torch.tensor([0, 1]))], epochs=2)\n"
            "assert any((a != b).any() for a, b in zip(before, network.parameters()))\n"
            "print('same', float(expected.abs().max()))\n");
    QProcess python;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("PYTHONPATH", package);
    environment.insert("PYTHONDONTWRITEBYTECODE", "1");
    python.setProcessEnvironment(environment);
    python.setWorkingDirectory(dir.path());
    python.start(python3, {"check.py"});
    QVERIFY(python.waitForFinished(120000));
    const QByteArray said = python.readAllStandardOutput();
    QVERIFY2(said.startsWith("same"), python.readAllStandardError().constData());
    QProcess alone;
    alone.setProcessEnvironment(environment);
    alone.setWorkingDirectory(dir.path());
    alone.start(python3, {"net.py"});
    QVERIFY(alone.waitForFinished(120000));
    QVERIFY2(alone.exitCode() == 0, alone.readAllStandardError().constData());
  }
};

QTEST_GUILESS_MAIN(TestTorchCode)
#include "tst_torch_code.moc"
