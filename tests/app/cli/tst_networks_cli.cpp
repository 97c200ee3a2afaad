// Networks of layers from the command line: presets, files, errors, and what runs record of them.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include "tests/app/cli/paralif_process.h"

class TestNetworksCli : public QObject {
  Q_OBJECT

 private:
  using Result = paralif::testing::CliResult;
  QTemporaryDir dir_;

  [[nodiscard]] Result run(const QStringList& arguments) const {
    return paralif::testing::runParalif(dir_.path(), arguments);
  }

 private Q_SLOTS:
  void initTestCase() {
    for (const char* name : {"nmnist", "heidelberg", "cifar10"}) {
      const Result made = run({"datasets", "sample", name, "--out", dir_.filePath("data")});
      QVERIFY2(made.status == 0, qPrintable(made.error));
    }
  }

  void smallPresetsTrain_data() {
    QTest::addColumn<QString>("preset");
    for (const char* name :
         {"plif-net-nmnist-small", "sequential-cifar10-small", "delays-heidelberg-small"}) {
      QTest::newRow(name) << name;
    }
  }

  void smallPresetsTrain() {
    QFETCH(QString, preset);
    const Result first = run({"train", "--preset", preset, "--nb_epochs", "2", "--debug",
                              "--batch_size", "8"});
    QVERIFY2(first.status == 0, qPrintable(first.error));
    QVERIFY2(first.out.contains(preset), qPrintable(first.out));
    QFile file(paralif::testing::runFolderOf(first) + "/experiment.json");
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto network = QJsonDocument::fromJson(file.readAll()).object()["network"].toObject();
    QVERIFY(network["layers"].toArray().size() > 3);
    // It goes on, and is listed under its name.
    const Result more = run({"train", "--resume", paralif::testing::runFolderOf(first), "--nb_epochs", "3"});
    QVERIFY2(more.status == 0, qPrintable(more.error));
    const Result listed = run({"runs", "--json"});
    QVERIFY2(listed.out.contains("\"" + preset + "\""), qPrintable(listed.out));
  }

  void publishedCommandLinesTrain_data() {
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("said");
    QTest::newRow("plif_net") << QStringList{"--experiment", "plif_net", "-dataset_name", "NMNIST",
                                             "-best_config", "-channels", "4"}
                              << "plif_net, nmnist, ParaLIF-T";
    QTest::newRow("negative numbers are values")
        << QStringList{"--experiment=plif_net", "-dataset_name", "NMNIST", "-T", "5",
                       "-number_layer", "1", "-channels", "2", "-neu", "LIF", "-scale", "-0"}
        << "plif_net, nmnist, SJ-LIF";
    QTest::newRow("seqcifar10") << QStringList{"--experiment", "seqcifar10", "-neu", "lif",
                                               "-channels", "8", "-n_conv", "1"}
                                << "seqcifar10, SJ-LIF";
    QTest::newRow("a preset's other neurons")
        << QStringList{"--preset", "delays-heidelberg-small", "--neuron", "PLIF"}
        << "delays-heidelberg-small:PLIF";
  }
  void publishedCommandLinesTrain() {
    QFETCH(QStringList, words);
    QFETCH(QString, said);
    const Result made = run(QStringList{"train"} + words + QStringList{"--nb_epochs", "1", "--debug",
                                                                       "--batch_size", "8"});
    QVERIFY2(made.status == 0, qPrintable(made.error));
    QFile file(paralif::testing::runFolderOf(made) + "/experiment.json");
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString title = QJsonDocument::fromJson(file.readAll()).object()["title"].toString();
    QVERIFY2(title.contains(said), qPrintable(title));
  }

  void wrongFlagsOfScriptsAreNamed() {
    const Result made = run({"train", "--experiment", "plif_net", "-dataset_name", "NMNIST", "-x"});
    QCOMPARE(made.status, 2);
    QVERIFY2(made.error.contains("'-x' is no flag of plif_net"), qPrintable(made.error));
    const Result both = run({"train", "--experiment", "plif_net", "--best_config"});
    QCOMPARE(both.status, 2);
    QVERIFY2(both.error.contains("exclude each other"), qPrintable(both.error));
  }

  void filesOfLayersTrain() {
    const Result printed = run({"networks", "plif-net-nmnist-small"});
    QCOMPARE(printed.status, 0);
    const QString path = dir_.filePath("mine.json");
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(printed.out.toUtf8().replace("\"channels\": 8", "\"channels\": 4"));
    file.close();
    const Result trained =
        run({"train", "--dataset", "nmnist", "--polarity", "both", "--bins", "5", "--network", path,
             "--nb_epochs", "1", "--debug", "--batch_size", "4", "--no-record"});
    QVERIFY2(trained.status == 0, qPrintable(trained.error));
    QVERIFY(trained.out.contains("layers"));
  }

  void aModelWrittenAsOneStepTrains() {
    const QString path = dir_.filePath("alif.json");
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"layers": [
      {"id": "l1", "kind": "linear", "units": 20},
      {"id": "n1", "kind": "neuron", "model": "ALIF", "adaptation": 0.5, "threshold": 0.2,
       "learn_tau": true, "learn_threshold": true, "share": "neuron"},
      {"id": "l2", "kind": "linear", "units": 3},
      {"id": "n2", "kind": "neuron", "model": "ALIF", "fire": false}]})");
    file.close();
    const Result trained = run({"train", "--preset", "yinyang-first", "--network", path,
                                "--nb_epochs", "1", "--debug"});
    QVERIFY2(trained.status == 0, qPrintable(trained.error));
    // A preset's title names its neurons: not of a run with others.
    const QString folder = paralif::testing::runFolderOf(trained);
    QVERIFY2(folder.contains("4-layers"), qPrintable(folder));
    QVERIFY2(!folder.contains("paralif-t"), qPrintable(folder));
    const Result exported = run({"export", folder, "--to", dir_.filePath("alif.nir")});
    QVERIFY(exported.status != 0);
    QVERIFY2(exported.error.contains("adapts its threshold and resets softly"), qPrintable(exported.error));
    QVERIFY(!QFile::exists(dir_.filePath("alif.nir")));
  }

  void saysWhatDoesNotFit() {
    const Result other = run({"train", "--dataset", "heidelberg", "--network",
                              "plif-net-nmnist-small", "--no-record"});
    QCOMPARE(other.status, 1);
    QVERIFY2(other.error.contains("layer 1, conv2d \"conv_0\""), qPrintable(other.error));
    const Result both = run({"train", "--dataset", "nmnist", "--network", "plif-net-nmnist-small",
                             "--hidden_size", "64", "--no-record"});
    QCOMPARE(both.status, 2);
    QVERIFY2(both.error.contains("hidden_size"), qPrintable(both.error));
    const Result none = run({"train", "--network", "nothing-such", "--no-record"});
    QCOMPARE(none.status, 2);
    QVERIFY2(none.error.contains("plif-net-nmnist"), qPrintable(none.error));
  }

  void listsNetworksAndLayers() {
    const Result networks = run({"networks"});
    QCOMPARE(networks.out.count('\n'), 10);
    const Result kinds = run({"layers"});
    for (const char* kind : {"conv2d", "learned_delay", "batch_norm", "vote", "add"}) {
      QVERIFY2(kinds.out.contains(kind), kind);
    }
    QVERIFY(run({"layers", "conv2d"}).out.contains("padding"));
    QCOMPARE(run({"layers", "nothing"}).status, 2);
  }
};

QTEST_GUILESS_MAIN(TestNetworksCli)
#include "tst_networks_cli.moc"
