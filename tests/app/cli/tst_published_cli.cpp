// Published command lines run as they are and mean what they meant.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include "tests/app/cli/paralif_process.h"

class TestPublishedCli : public QObject {
  Q_OBJECT

 private:
  using Result = paralif::testing::CliResult;
  QTemporaryDir dir_;

  [[nodiscard]] Result run(const QStringList& arguments) const {
    return paralif::testing::runParalif(dir_.path(), arguments);
  }

  /// The members of a file of the run that a training names at its end.
  static QJsonObject fileOf(const Result& result, const QString& name) {
    QFile file(paralif::testing::runFolderOf(result) + "/" + name);
    if (!file.open(QIODevice::ReadOnly)) return {};
    return QJsonDocument::fromJson(file.readAll()).object();
  }

  static QJsonValue at(const QJsonObject& experiment, const char* group, const char* name) {
    return experiment[group].toObject()[name];
  }

 private Q_SLOTS:
  void initTestCase() {
    for (const char* name : {"heidelberg", "ntidigits"}) {
      const Result made = run({"datasets", "sample", name, "--out", dir_.filePath("data")});
      QVERIFY2(made.status == 0, qPrintable(made.error));
    }
  }

  // The three examples of the published README, shortened to one epoch.
  void theExamplesOfTheReadmeRun_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("dataset");
    QTest::addColumn<QString>("neuron");
    QTest::newRow("best") << "--dataset heidelberg --neuron ParaLIF-D --best_config"
                          << "heidelberg" << "ParaLIF-D";
    QTest::newRow("yinyang") << "--neuron ParaLIF-GS --dataset yinyang" << "yinyang"
                             << "ParaLIF-GS";
    QTest::newRow("recurrent") << "--neuron ParaLIF-T --dataset ntidigits --recurrent"
                               << "ntidigits" << "ParaLIF-T";
  }
  void theExamplesOfTheReadmeRun() {
    QFETCH(QString, line);
    QFETCH(QString, dataset);
    QFETCH(QString, neuron);
    const Result result =
        run(QStringList{"train"} + line.split(' ') + QStringList{"--nb_epochs", "1", "--debug"});
    QVERIFY2(result.status == 0, qPrintable(result.error));
    const QJsonObject experiment = fileOf(result, "experiment.json");
    QCOMPARE(at(experiment, "dataset", "name").toString(), dataset);
    QCOMPARE(at(experiment, "neuron", "name").toString(), neuron);
    QCOMPARE(at(experiment, "network", "hidden").toArray(), (QJsonArray{128, 128, 128}));
    const QJsonObject parameters = fileOf(result, "results.json")["PARAMS"].toObject();
    QCOMPARE(parameters["neuron"].toString(), neuron);
    QCOMPARE(parameters["hidden_size"].toInt(), 128);
    QCOMPARE(parameters["nb_layers"].toInt(), 3);
    QVERIFY(parameters["input_size"].toInt() > 0 && parameters["nb_class"].toInt() > 0);
  }

  void withNoFlagItIsThePublishedOne() {
    const Result result = run({"train", "--nb_epochs", "1", "--debug"});
    QVERIFY2(result.status == 0, qPrintable(result.error));
    const QJsonObject experiment = fileOf(result, "experiment.json");
    QCOMPARE(at(experiment, "dataset", "name").toString(), QString("heidelberg"));
    QCOMPARE(at(experiment, "neuron", "name").toString(), QString("ParaLIF-D"));
  }

  void bestConfigurationsHalveTheRate() {
    const Result result = run({"train", "--dataset", "heidelberg", "--best_config", "--nb_epochs",
                               "27", "--debug", "--hidden_size", "4", "--nb_layers", "1",
                               "--window_size", "0.05"});
    QVERIFY2(result.status == 0, qPrintable(result.error));
    for (const QString& line : result.out.split('\n')) {
      if (!line.startsWith("Epoch ")) continue;
      const int epoch = line.mid(6).section('/', 0, 0).toInt();
      QVERIFY2(line.contains(epoch <= 25 ? "learning rate 1e-3," : "learning rate 5e-4,"),
               qPrintable(line));
    }
    QVERIFY(result.out.contains("Epoch 27/27"));
  }

  void theScheduleIsOurs() {
    const QStringList tiny{"train",       "--dataset",    "yinyang", "--layers", "4",
                           "--nb_epochs", "2",            "--debug", "--steps",  "5",
                           "--json",      "--no-record", "--schedule_step_epochs", "1"};
    const auto rate = [](const Result& result) {
      const QByteArray second = result.out.section('\n', 1, 1).toUtf8();
      return QJsonDocument::fromJson(second).object()["learning_rate"].toDouble();
    };
    QCOMPARE(rate(run(tiny)), 5e-4);
    QCOMPARE(rate(run(tiny + QStringList{"--schedule", "none"})), 1e-3);
    // The published flag is read and has no effect.
    QCOMPARE(rate(run(tiny + QStringList{"--scheduler"})), 5e-4);
    QCOMPARE(rate(run(tiny + QStringList{"--scheduler", "--schedule", "none"})), 1e-3);
  }

  void theWindowOfYinYangIsItsSteps() {
    const QStringList line{"train", "--dataset", "yinyang", "--layers", "4", "--nb_epochs", "1",
                           "--debug", "--window_size"};
    const Result result = run(line + QStringList{"1e2"});
    QVERIFY2(result.status == 0, qPrintable(result.error));
    QCOMPARE(at(fileOf(result, "experiment.json"), "dataset", "steps").toInt(), 100);
    QCOMPARE(fileOf(result, "results.json")["PARAMS"].toObject()["window_size"].toInt(), 100);
    const Result fraction = run(line + QStringList{"0.001"});
    QCOMPARE(fraction.status, 2);
    QVERIFY(fraction.error.contains("window_size") && fraction.error.contains("steps"));
  }

  void listsGiveEachLayerItsOwn() {
    const Result result =
        run({"train", "--dataset", "yinyang", "--steps", "20", "--nb_epochs", "1", "--debug",
             "--hidden_size", "6", "5", "--tau_mem", "0.02", "none", "0.01", "--tau_syn",
             "0,0.02", "--recurrent", "true", "false", "--delay_max", "0", "3", "--learn_tau"});
    QVERIFY2(result.status == 0, qPrintable(result.error));
    const QJsonObject experiment = fileOf(result, "experiment.json");
    QCOMPARE(at(experiment, "network", "hidden").toArray(), (QJsonArray{6, 5}));
    QCOMPARE(at(experiment, "network", "recurrent").toArray(), (QJsonArray{true, false}));
    QCOMPARE(at(experiment, "network", "delay_max").toArray(), (QJsonArray{0, 3}));
    QCOMPARE(at(experiment, "neuron", "tau_mem").toArray(),
             (QJsonArray{0.02, QJsonValue(), 0.01}));
    QCOMPARE(at(experiment, "neuron", "tau_syn").toArray(), (QJsonArray{0, 0.02}));
  }

  void conflictsAreErrors_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("named");
    QTest::newRow("layers and hidden_size") << "--layers 8 --hidden_size 8" << "layers";
    QTest::newRow("layers and nb_layers") << "--layers 8 --nb_layers 2" << "layers";
    QTest::newRow("sizes and nb_layers") << "--hidden_size 8 4 --nb_layers 3" << "hidden_size";
    QTest::newRow("steps and window_size")
        << "--dataset yinyang --steps 10 --window_size 10" << "window_size";
    QTest::newRow("bins and window_size") << "--bins 10 --window_size 0.01" << "window_size";
    QTest::newRow("published and not") << "--published --tau_init logit" << "tau_init";
    QTest::newRow("more values than layers") << "--tau_mem 1 2 3 4 5 --nb_layers 3" << "tau_mem";
    QTest::newRow("too many layers") << "--nb_layers 200000" << "nb_layers";
  }
  void conflictsAreErrors() {
    QFETCH(QString, line);
    QFETCH(QString, named);
    const Result result =
        run(QStringList{"train", "--no-record", "--nb_epochs", "1", "--debug"} + line.split(' '));
    QCOMPARE(result.status, 2);
    QVERIFY2(result.error.contains(named), qPrintable(result.error));
    QCOMPARE(result.error.count('\n'), 1);
  }

  void publishedRestoresTheDefaultsThatDiffer() {
    const Result result = run({"train", "--published", "--dataset", "yinyang", "--layers", "4",
                               "--steps", "5", "--nb_epochs", "1", "--debug"});
    QVERIFY2(result.status == 0, qPrintable(result.error));
    const QJsonObject experiment = fileOf(result, "experiment.json");
    QCOMPARE(at(experiment, "neuron", "tau_init").toString(), QString("reference"));
    QCOMPARE(at(experiment, "dataset", "redraw").toBool(true), false);
  }

  void validationIsCalledThat() {
    const Result result =
        run({"train", "--dataset", "yinyang", "--layers", "4", "--steps", "5", "--nb_epochs", "1",
             "--validation", "0.2", "--json", "--no-record"});
    QVERIFY2(result.status == 0, qPrintable(result.error));
    const auto object = [&](int line) {
      return QJsonDocument::fromJson(result.out.section('\n', line, line).toUtf8()).object();
    };
    QVERIFY(object(0).contains("validation_accuracy") && object(0).contains("test_accuracy"));
    QVERIFY(object(1).contains("best_validation_accuracy"));
    QVERIFY(!object(1).contains("best_test_accuracy"));
  }

  void helpShowsDefaults() {
    QString help = run({"train", "--help"}).out;
    help.replace(QRegularExpression("\\s+"), " ");
    for (const char* text :
         {"Default: 0.001.", "Default: heidelberg.", "Default: ParaLIF-D.", "Default: 200.",
          "Default: step.", "Default: published.", "without effect", "--published"}) {
      QVERIFY2(help.contains(text), text);
    }
  }
};

QTEST_GUILESS_MAIN(TestPublishedCli)
#include "tst_published_cli.moc"
