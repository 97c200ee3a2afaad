// `paralif export`: a run leaves as a graph that answers as it does; what cannot leave says why.
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
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

  void whatCannotLeaveIsRefused() {
    const QString folder = trained("ParaLIF-SB");
    QVERIFY(!folder.isEmpty());
    const QString file = dir_.filePath("sb.nir");
    Result result = run({"export", folder, "--to", file});
    QVERIFY(result.status != 0);
    QVERIFY2(result.error.contains("fires by chance"), qPrintable(result.error));
    QVERIFY(!QFileInfo::exists(file));
    result = run({"export", folder, "--to", dir_.filePath("sb.onnx")});
    QVERIFY2(result.error.contains("is no .nir file"), qPrintable(result.error));
    result = run({"export", dir_.filePath("nothing"), "--to", file});
    QVERIFY2(result.status != 0 && result.error.contains("nothing"), qPrintable(result.error));
  }
};

QTEST_GUILESS_MAIN(TestExportCli)
#include "tst_export_cli.moc"
