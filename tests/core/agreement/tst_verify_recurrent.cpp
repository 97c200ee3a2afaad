// Recorded stochastic recurrent layers whose weights hide their spikes: judged by search, or said
// to be open, and a wrong membrane is still found out.
#include <torch/types.h>

#include <QTemporaryDir>
#include <QtTest>

#include "core/agreement/verification.h"
#include "core/neurons/neuron_layer.h"
#include "datasets/hdf5_file.h"

using namespace paralif;

namespace {

Array<float> array_of(const torch::Tensor& t) {
  const torch::Tensor flat = t.contiguous().to(torch::kFloat32);
  return {flat.sizes().vec(),
          {flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel()}};
}

/// A case of a GS layer whose recurrent weights have nearly equal rows; `error` is added to one
/// value of the membrane.
void write_case(const std::filesystem::path& path, std::int64_t neurons, double error) {
  NeuronSettings s;
  s.mode = SpikeMode::gs;
  s.neurons = neurons;
  s.recurrent = true;
  s.agreement = Agreement::published_parallel;
  s.tau_mem_s = {5e-3};
  s.tau_syn_s = {2e-3};
  NeuronLayer layer(s);
  torch::manual_seed(11);
  torch::Tensor weight = torch::randn({neurons, neurons});
  const torch::NoGradGuard no_grad;
  // The last unit's weights are the sum of two others': singular, yet sums of spikes differ.
  weight.select(1, neurons - 1).copy_(0.7 * weight.select(1, 0) + 1e-6 * weight.select(1, 1));
  layer.recurrent->weight.copy_(weight);
  const torch::Tensor x = torch::randn({4, 30, neurons});
  const NeuronOutput out = layer.forward(x, 5, true);
  torch::Tensor membrane = out.membrane.clone();
  membrane[0][20][0] += error;
  Hdf5Writer file(path);
  const std::string group = "ParaLIF-GS/000";
  file.write(group + "/input", array_of(x));
  file.write(group + "/membrane", array_of(membrane));
  file.write(group + "/spikes", array_of(out.output));
  file.write(group + "/param/fc_recu.weight", array_of(weight));
  file.write(group + "/param/fc_recu.bias", array_of(layer.recurrent->bias));
  file.attribute(group, "spike_mode", std::string("GS"));
  file.attribute(group, "n_neuron", neurons);
  file.attribute(group, "recurrent", std::int64_t{1});
  file.attribute(group, "tau_mem", 5e-3);
  file.attribute(group, "tau_syn", 2e-3);
  file.close();
}

}  // namespace

class TestVerifyRecurrent : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void fewNeuronsAreSearched() {
    QTemporaryDir dir;
    const auto path = std::filesystem::path(dir.filePath("five.h5").toStdString());
    write_case(path, 5, 0.0);
    for (const VerifiedCase& one : verify_file(path)) {
      QVERIFY2(one.passed && one.judged, (one.backend + ": " + one.note).c_str());
      QVERIFY2(one.note.find("by search") != std::string::npos, one.note.c_str());
    }
  }

  void aWrongMembraneIsFound() {
    QTemporaryDir dir;
    const auto path = std::filesystem::path(dir.filePath("wrong.h5").toStdString());
    write_case(path, 5, 0.5);
    for (const VerifiedCase& one : verify_file(path)) {
      QVERIFY2(!one.passed && one.judged, (one.backend + ": " + one.note).c_str());
    }
  }

  void manyNeuronsAreLeftOpenWithTheReason() {
    QTemporaryDir dir;
    const auto path = std::filesystem::path(dir.filePath("many.h5").toStdString());
    write_case(path, 24, 0.0);
    for (const VerifiedCase& one : verify_file(path)) {
      QVERIFY2(!one.judged, (one.backend + ": " + one.note).c_str());
      QVERIFY2(one.note.find("ill-conditioned") != std::string::npos, one.note.c_str());
    }
  }
};

QTEST_APPLESS_MAIN(TestVerifyRecurrent)
#include "tst_verify_recurrent.moc"
