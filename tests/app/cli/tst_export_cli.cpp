// `paralif export`: a run leaves as a graph that answers as it does; what cannot leave says why.
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "tests/app/cli/paralif_process.h"

class TestExportCli : public QObject {
  Q_OBJECT

 private:
  using Result = paralif::testing::CliResult;
  QTemporaryDir dir_;

  [[nodiscard]] Result run(const QStringList& arguments) const {
    return paralif::testing::runParalif(dir_.path(), arguments);
  }
  /// Trains a little; the folder of the run.
  [[nodiscard]] QString trained(const QString& neuron) const {
    const QString runs = dir_.filePath("runs-" + neuron);
    const Result result =
        run({"train", "--dataset", "yinyang", "--steps", "20", "--hidden_size", "24", "--nb_layers",
             "1", "--nb_epochs", "2", "--neuron", neuron, "--dir", runs});
    if (result.status != 0) return {};
    const QStringList made = QDir(runs).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    return made.isEmpty() ? QString() : runs + "/" + made.first();
  }

 private Q_SLOTS:
  void aRunLeavesAndAnswersAsItDid_data() {
    QTest::addColumn<QString>("neuron");
    for (const char* name : {"LIF", "ParaLIF-T", "ParaLIF-D"}) QTest::newRow(name) << QString(name);
  }

  void aRunLeavesAndAnswersAsItDid() {
    QFETCH(QString, neuron);
    const QString folder = trained(neuron);
    QVERIFY(!folder.isEmpty());
    const QString file = dir_.filePath(neuron + ".nir");
    const Result result = run({"export", folder, "--to", file, "--samples", "30", "--json"});
    QVERIFY2(result.status == 0, qPrintable(result.error));
    QVERIFY(QFileInfo(file).size() > 1000);
    const QJsonObject json = QJsonDocument::fromJson(result.out.toUtf8()).object();
    QCOMPARE(json["samples"].toInt(), 30);
    QCOMPARE(json["graph_accuracy"].toDouble(), json["network_accuracy"].toDouble());
    QVERIFY(json["readout_error"].toDouble() < 1e-3);
    const QJsonArray layers = json["layers"].toArray();
    QCOMPARE(layers.size(), 1);
    QVERIFY(layers[0].toObject()["spikes"].toDouble() > 0);
    // A membrane within rounding of its threshold may fall to either side.
    QVERIFY(layers[0].toObject()["equal"].toDouble() > 0.9999);
  }

  void aGraphComesInTrainsAndLeaves() {
    const QString folder = trained("LIF");
    const QString file = dir_.filePath("back.nir");
    QCOMPARE(run({"export", folder, "--to", file}).status, 0);
    const QStringList asked{"--dataset", "yinyang", "--steps", "20", "--dir", dir_.filePath("in")};
    const Result nothing = run({"import", file});
    QCOMPARE(nothing.status, 2);
    QVERIFY2(nothing.error.contains("time_step: is missing"), qPrintable(nothing.error));
    const Result where = run({"import", file, "--time_step", "1e-3"});
    QVERIFY2(where.error.contains("dataset: is missing"), qPrintable(where.error));
    const Result result =
        run(QStringList{"import", file, "--time_step", "1e-3", "--json"} + asked);
    QVERIFY2(result.status == 0, qPrintable(result.error));
    const QJsonObject json = QJsonDocument::fromJson(result.out.toUtf8()).object();
    QVERIFY(json["readout_error"].toDouble() < 1e-5);
    QCOMPARE(json["layers"].toArray()[0].toObject()["equal"].toDouble(), 1.0);
    const auto accuracyOf = [&](const QString& of) {
      const Result test = run({"test", of, "--json"});
      return QJsonDocument::fromJson(test.out.toUtf8()).object()["accuracy"].toDouble(-1);
    };
    const QString made = json["run"].toString();
    QCOMPARE(accuracyOf(made), accuracyOf(folder));
    const Result on = run({"train", "--resume", made, "--nb_epochs", "1"});
    QVERIFY2(on.status == 0, qPrintable(on.error));
    QCOMPARE(run({"export", made, "--to", dir_.filePath("again.nir")}).status, 0);
    // Data that the network was not made for.
    const Result other = run({"import", file, "--time_step", "1e-3", "--dataset", "points",
                              "--data-dir", dir_.filePath("nothing")});
    QVERIFY(other.status != 0);
    const Result step = run(QStringList{"import", file, "--time_step", "1"} + asked);
    QVERIFY2(step.error.contains("below the time step of 1 s"), qPrintable(step.error));
    QVERIFY(!QDir(dir_.filePath("in")).isEmpty());
  }

  void weightsLeaveForOthers() {
    const QString folder = trained("ParaLIF-SB");  // which no graph can say
    QVERIFY(!folder.isEmpty());
    for (const char* name : {"w.pt", "w.safetensors", "w.npz"}) {
      const Result result = run({"export", folder, "--to", dir_.filePath(name), "--json"});
      QVERIFY2(result.status == 0, qPrintable(result.error));
      const QJsonObject json = QJsonDocument::fromJson(result.out.toUtf8()).object();
      QVERIFY(json["tensors"].toInt() >= 4);
      // 4 inputs, 24 neurons, 3 classes, and what learns of each layer of neurons.
      QVERIFY(json["values"].toInt() >= 4 * 24 + 24 + 24 * 3 + 3);
      QVERIFY(QFileInfo(dir_.filePath(name)).size() > 4 * json["values"].toInt());
    }
  }

  void weightsComeBack() {
    const QString folder = trained("ParaLIF-D");
    QVERIFY(!folder.isEmpty());
    const auto accuracyOf = [&](const QStringList& of) {
      const Result test = run(QStringList{"test"} + of + QStringList{"--json"});
      return QJsonDocument::fromJson(test.out.toUtf8()).object()["accuracy"].toDouble(-1);
    };
    const double recorded = accuracyOf({folder});
    QVERIFY(recorded > 0);
    const QStringList asked{"--dataset", "yinyang", "--steps", "20", "--neuron", "ParaLIF-D", "--dir", dir_.filePath("in")};
    for (const char* name : {"w.pt", "w.safetensors", "w.npz"}) {
      const QString file = dir_.filePath(name);
      QCOMPARE(run({"export", folder, "--to", file}).status, 0);
      QCOMPARE(accuracyOf({folder, "--weights", file}), recorded);
      const Result made = run(QStringList{"import", file, "--layers", "24", "--json"} + asked);
      QVERIFY2(made.status == 0, qPrintable(made.error));
      const QString in = QJsonDocument::fromJson(made.out.toUtf8()).object()["run"].toString();
      QCOMPARE(accuracyOf({in}), recorded);
    }
    const Result near = run({"import", dir_.filePath("w.npz"), "--approximate"});
    QVERIFY2(near.error.contains("--approximate: is for NIR graphs alone"), qPrintable(near.error));
    const Result on = run({"import", dir_.filePath("w.npz")});
    QVERIFY2(on.error.contains("dataset: is missing"), qPrintable(on.error));
    const Result other = run(QStringList{"import", dir_.filePath("w.npz"), "--layers", "25"} + asked);
    QVERIFY2(other.status != 0 && other.error.contains("has '0.bias' of (24), this network of (25)"), qPrintable(other.error));
  }

  /// The formats themselves are held by tst_weights_formats; this one asks PyTorch and NumPy too.
  void othersReadTheWeights() {
    const QString folder = trained("ParaLIF-D");
    QVERIFY(!folder.isEmpty());
    for (const char* name : {"w.pt", "w.npz"}) {
      QCOMPARE(run({"export", folder, "--to", dir_.filePath(name)}).status, 0);
    }
    QFile script(dir_.filePath("read.py"));
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write("import sys\n"
                 "try:\n"
                 "    import torch, numpy\n"
                 "except ImportError:\n"
                 "    sys.exit(77)\n"
                 "state = torch.load('w.pt')\n"
                 "arrays = numpy.load('w.npz')\n"
                 "import os\n"
                 "sys.dont_write_bytecode = True\n"
                 "sys.path.insert(0, os.environ.get('PARALIF_PUBLISHED', '" PARALIF_SOURCE_DIR
                 "/tests/core/exchange/stand_ins'))  # or a clone of the published repository\n"
                 "from ParaLIF import ParaLIF\n"
                 "torch.nn.Sequential(\n"
                 "    torch.nn.Linear(4, 24), ParaLIF(24, 'D', learn_threshold=True),\n"
                 "    torch.nn.Linear(24, 3), ParaLIF(3, 'D', fire=False, learn_threshold=True),\n"
                 ").load_state_dict(state)\n"
                 "counters = [k for k in state if '.nb_spike_per_neuron' in k]\n"
                 "assert len(counters) == 4 and state[counters[0]].shape == (24,), counters\n"
                 "for k in counters: del state[k]\n"
                 "assert sorted(state) == sorted(arrays.files), list(state)\n"
                 "assert '1._spk_threshold' in state and '1._alpha' in state, list(state)\n"
                 "assert '0.weight' in state and state['0.weight'].shape == (24, 4)\n"
                 "assert all(numpy.array_equal(arrays[k], state[k].numpy()) for k in state)\n");
    script.close();
    QProcess python;
    python.setWorkingDirectory(dir_.path());
    python.start("/usr/bin/python3", {"read.py"});
    if (!python.waitForFinished(60000) || python.exitCode() == 77) {
      QSKIP("python3-torch and python3-numpy are not installed");
    }
    QVERIFY2(python.exitCode() == 0, python.readAllStandardError().constData());
  }

  void anExperimentLeavesAsCode() {
    const QString file = dir_.filePath("net.py");
    QFile experiment(dir_.filePath("e.json"));
    QVERIFY(experiment.open(QIODevice::WriteOnly));
    experiment.write("{\"schema\": 2, \"dataset\": {\"name\": \"yinyang\", \"steps\": 20}, "
                     "\"neuron\": {\"name\": \"LIF\"}, \"training\": {\"loss\": \"max\"}}");
    experiment.close();
    const Result result = run({"export", experiment.fileName(), "--to", file, "--with", "paralif"});
    QVERIFY2(result.status == 0, qPrintable(result.error));
    QFile program(file);
    QVERIFY(program.open(QIODevice::ReadOnly));
    const QString code = program.readAll();
    QVERIFY(code.contains("from ParaLIF import LIF, ParaLIF"));
    QVERIFY(code.contains("readout.max(1).values"));
    QVERIFY(QFileInfo::exists(dir_.filePath("net.weights.pt")));
  }

  void whatCannotLeaveIsRefused() {
    const QString folder = trained("ParaLIF-SB");
    QVERIFY(!folder.isEmpty());
    const QString file = dir_.filePath("sb.nir");
    Result result = run({"export", folder, "--to", file});
    QVERIFY(result.status != 0);
    QVERIFY2(result.error.contains("fires by chance"), qPrintable(result.error));
    QVERIFY(!QFileInfo::exists(file));
    // By choice as what comes nearest, with what it costs.
    result = run({"export", folder, "--to", file, "--approximate", "--json"});
    QVERIFY2(result.status == 0, qPrintable(result.error));
    const QJsonObject json = QJsonDocument::fromJson(result.out.toUtf8()).object();
    QCOMPARE(json["approximations"].toArray().size(), 1);
    QVERIFY(json["approximations"].toArray()[0].toString().startsWith("layer 2, neuron \"1\""));
    QVERIFY(json["layers"].toArray()[0].toObject()["equal"].toDouble() < 1.0);
    QVERIFY(QFileInfo::exists(file));
    result = run({"export", folder, "--to", dir_.filePath("sb.pt"), "--approximate"});
    QVERIFY2(result.error.contains("--approximate: is for NIR graphs alone"), qPrintable(result.error));
    result = run({"export", folder, "--to", dir_.filePath("sb.py"), "--with", "snntorch"});
    QVERIFY2(result.error.contains("ParaLIF-SB, which snnTorch has no neuron for"), qPrintable(result.error));
    QVERIFY(!QFileInfo::exists(dir_.filePath("sb.py")));
    result = run({"export", folder, "--to", dir_.filePath("sb.py"), "--with", "keras"});
    QVERIFY2(result.error.contains("choose plain, paralif or snntorch"), qPrintable(result.error));
    result = run({"export", folder, "--to", file, "--with", "paralif"});
    QVERIFY2(result.error.contains("--with: is for programs alone"), qPrintable(result.error));
    result = run({"export", folder, "--to", dir_.filePath("sb.onnx")});
    QVERIFY2(result.error.contains("is no .nir, .pt, .py, .safetensors, .npz or .tfevents file"), qPrintable(result.error));
    result = run({"export", dir_.filePath("nothing"), "--to", file});
    QVERIFY2(result.status != 0 && result.error.contains("nothing"), qPrintable(result.error));
  }
};

QTEST_GUILESS_MAIN(TestExportCli)
#include "tst_export_cli.moc"
