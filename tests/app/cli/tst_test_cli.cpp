// `paralif test`: repeats what a run recorded, by class, with noise and with rounded weights.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include <algorithm>

#include "datasets/hdf5_file.h"
#include "tests/app/cli/paralif_process.h"

class TestTestCli : public QObject {
  Q_OBJECT

 private:
  using Result = paralif::testing::CliResult;
  QTemporaryDir dir_;
  QString folder_;

  [[nodiscard]] Result run(const QStringList& arguments) const {
    return paralif::testing::runParalif(dir_.path(), arguments);
  }
  [[nodiscard]] QJsonObject tested(const QStringList& more) const {
    const Result result = run(QStringList{"test", folder_, "--json"} + more);
    return QJsonDocument::fromJson(result.out.toUtf8()).object();
  }
  [[nodiscard]] QStringList lines(const QString& name) const {
    QFile file(dir_.filePath(name));
    if (!file.open(QIODevice::ReadOnly)) return {};
    return QString::fromUtf8(file.readAll()).split('\n', Qt::SkipEmptyParts);
  }

 private Q_SLOTS:
  void initTestCase() {
    const Result trained =
        run({"train", "--dataset", "yinyang", "--steps", "20", "--hidden_size", "24", "--nb_layers",
             "1", "--nb_epochs", "3", "--validation", "0.1", "--dir", dir_.filePath("runs")});
    QVERIFY2(trained.status == 0, qPrintable(trained.error));
    folder_ = paralif::testing::runFolderOf(trained);
  }

  void repeatsTheRecordedAccuracyExactly() {
    const QJsonObject json = tested({});
    QCOMPARE(json["samples"].toInt(), 1000);
    QVERIFY(json["accuracy"].toDouble() > 0.34);
    QCOMPARE(json["accuracy"].toDouble(), json["recorded_accuracy"].toDouble());
    QCOMPARE(json["layers"].toArray().size(), 1);
    QVERIFY(json["layers"].toArray()[0].toObject()["spikes"].toDouble() > 0);
  }

  /// 4 inputs of rate coded spikes, 24 neurons, 3 classes, 20 steps; counted by hand where it can be.
  void countsWhatItComputes() {
    const Result result = run({"cost", folder_, "--samples", "50", "--json"});
    QVERIFY2(result.status == 0, qPrintable(result.error));
    const QJsonObject json = QJsonDocument::fromJson(result.out.toUtf8()).object();
    QCOMPARE(json["steps"].toDouble(), 20.0);
    const QJsonArray layers = json["layers"].toArray();
    QCOMPARE(layers.size(), 4);
    const auto value = [&](int layer, const char* key) { return layers[layer].toObject()[key].toDouble(); };
    QCOMPARE(value(0, "dense"), 4.0 * 24 * 20);
    QCOMPARE(value(2, "dense"), 24.0 * 3 * 20);
    QCOMPARE(value(1, "updates"), 24.0 * 20);
    QCOMPARE(value(3, "updates"), 3.0 * 20);
    QCOMPARE(value(0, "multiplications"), 0.0);  // spikes pick weights
    QVERIFY(std::abs(value(0, "additions") - value(0, "active") * value(0, "dense")) < 1e-6);
    QVERIFY(std::abs(value(2, "additions") - 3 * value(1, "spikes")) < 1e-6);
    QCOMPARE(value(0, "memory_bytes"), 4.0 * (4 * 24 + 24));
    const QJsonObject energy = json["energy_uj"].toObject();
    const double additions = value(0, "additions") + value(2, "additions");
    QVERIFY(std::abs(energy["synapses"].toDouble() - 0.9e-6 * additions) < 1e-12);
    QVERIFY(std::abs(energy["updates"].toDouble() - 1e-6 * (27 * 20) * (2 * 3.7 + 2 * 0.9)) < 1e-12);
    QVERIFY(std::abs(energy["dense_relu"].toDouble() - 4.6e-6 * (4 * 24 + 24 * 3) * 20) < 1e-12);
    const Result chip = run({"cost", folder_, "--samples", "50", "--figures", "loihi", "--update", "50", "--json"});
    const QJsonObject other = QJsonDocument::fromJson(chip.out.toUtf8()).object();
    QVERIFY(std::abs(other["energy_uj"].toObject()["updates"].toDouble() - 1e-6 * 27 * 20 * 50) < 1e-12);
    QCOMPARE(other["figures_pj"].toObject()["synapse"].toDouble(), 23.6);
    QVERIFY(run({"cost", folder_, "--figures", "nobody"}).error.contains("choose float32"));
    QCOMPARE(run({"cost", folder_, "--addition", "nan"}).status, 2);
    QCOMPARE(run({"test", folder_, "--lost", "nan"}).status, 2);
    // One figure of one's own leaves the others: those of the chip were measured apart.
    const Result own = run({"cost", folder_, "--figures", "loihi", "--addition", "1", "--json"});
    const QJsonObject kept = QJsonDocument::fromJson(own.out.toUtf8()).object()["figures_pj"].toObject();
    QCOMPARE(kept["synapse"].toDouble(), 23.6);
    QCOMPARE(kept["addition"].toDouble(), 1.0);
  }

  /// What is fed back: 12 x 12 weights, for the spikes of the step before.
  void countsFeedbackOnce() {
    const Result trained =
        run({"train", "--dataset", "yinyang", "--steps", "20", "--hidden", "12", "--neuron", "LIF",
             "--recurrent", "--nb_epochs", "1", "--debug", "--dir", dir_.filePath("recurrent")});
    const Result result =
        run({"cost", paralif::testing::runFolderOf(trained), "--samples", "20", "--json"});
    QVERIFY2(result.status == 0, qPrintable(result.error));
    const QJsonObject layer =
        QJsonDocument::fromJson(result.out.toUtf8()).object()["layers"].toArray()[1].toObject();
    QCOMPARE(layer["dense"].toDouble(), 12.0 * 12 * 20);
    QVERIFY(std::abs(layer["additions"].toDouble() - layer["active"].toDouble() * 12 * 12 * 20) < 1e-6);
  }

  void aWorseSensorAndWorseWeights() {
    const double clean = tested({})["accuracy"].toDouble();
    const QJsonObject lost = tested({"--lost", "1"});
    QVERIFY(lost["recorded_accuracy"].isNull());  // it is another test
    QVERIFY(lost["accuracy"].toDouble() < 0.5);   // nothing comes in: one class for all
    QCOMPARE(lost["layers"].toArray()[0].toObject()["spikes"].toDouble() <
                 tested({})["layers"].toArray()[0].toObject()["spikes"].toDouble(),
             true);
    QVERIFY(std::abs(tested({"--jitter", "2"})["accuracy"].toDouble() - clean) < 0.2);
    QCOMPARE(tested({"--weight_noise", "1e-9"})["accuracy"].toDouble(), clean);
    QVERIFY(tested({"--weight_noise", "5"})["accuracy"].toDouble() < clean);
    const QJsonArray bits = tested({"--bits", "16,2", "--bits_by_layer"})["rounded"].toArray();
    QCOMPARE(bits.size(), 6);  // all and two layers, two numbers of bits each
    QCOMPARE(bits[3].toObject()["layer"].toString(), QString("0"));
    QVERIFY(std::abs(bits[0].toObject()["accuracy"].toDouble() - clean) < 0.01);
    QCOMPARE(tested({"--weights", folder_ + "/checkpoint.h5"})["accuracy"].toDouble(), clean);
    QVERIFY(run({"test", folder_, "--weights", dir_.filePath("none.h5")}).status != 0);
    QVERIFY(run({"test", folder_, "--lost", "2"}).status != 0);
  }

  void spikesLeaveAsHdf5() {
    const QString file = dir_.filePath("spikes.h5");
    const Result result = run({"test", folder_, "--spikes", file, "--spike_samples", "5"});
    QVERIFY2(result.status == 0, qPrintable(result.error));
    const paralif::Hdf5Reader reader(file.toStdString());
    QCOMPARE(reader.integers("labels").values.size(), std::size_t(5));
    QCOMPARE(reader.integers("input/shape").values, (std::vector<std::int64_t>{4}));
    const auto sample = reader.integers("1/sample").values;
    const auto step = reader.integers("1/step").values;
    const auto unit = reader.integers("1/unit").values;
    QVERIFY(!sample.empty());
    QCOMPARE(step.size(), sample.size());
    QVERIFY(std::ranges::is_sorted(sample));
    QVERIFY(std::ranges::all_of(step, [](auto s) { return s >= 0 && s < 20; }));
    QVERIFY(std::ranges::all_of(unit, [](auto u) { return u >= 0 && u < 24; }));
    QCOMPARE(std::get<double>(reader.attributes("/").at("time_step")), 1e-3);
  }

  void writesWhatItPredicts() {
    const QJsonObject json = tested({"--predictions", dir_.filePath("p.csv"), "--confusion",
                                     dir_.filePath("c.csv")});
    const QStringList predictions = lines("p.csv");
    QCOMPARE(predictions.size(), 1001);
    QCOMPARE(predictions.first(), QString("sample,label,predicted,right,confidence"));
    int right = 0;
    for (const QString& line : predictions.mid(1)) {
      const QStringList cells = line.split(',');
      QCOMPARE(cells.size(), 5);
      QCOMPARE(cells[3] == "1", cells[1] == cells[2]);
      right += cells[3].toInt();
      QVERIFY(cells[4].toDouble() > 0.33 && cells[4].toDouble() <= 1.0);
    }
    QCOMPARE(right / 1000.0, json["accuracy"].toDouble());
    const QStringList confusion = lines("c.csv");
    QCOMPARE(confusion.size(), 4);
    int diagonal = 0;
    for (int i = 0; i < 3; ++i) diagonal += confusion[i + 1].split(',')[i + 1].toInt();
    QCOMPARE(diagonal, right);
  }

  void testsOtherParts() {
    const QJsonObject validation = tested({"--part", "validation"});
    QVERIFY(validation["samples"].toInt() > 0);
    QVERIFY(validation["recorded_accuracy"].isNull());
    QVERIFY(tested({"--part", "training"})["samples"].toInt() > validation["samples"].toInt());
    const Result other = run({"test", folder_, "--part", "exam"});
    QVERIFY(other.status != 0);
    QVERIFY2(other.error.contains("part: 'exam' is unknown"), qPrintable(other.error));
  }

  void roundsWeightsAndAddsNoise() {
    const double plain = tested({})["accuracy"].toDouble();
    const QJsonObject json = tested({"--bits", "16,2"});
    const QJsonArray rounded = json["rounded"].toArray();
    QCOMPARE(rounded.size(), 2);
    QCOMPARE(json["accuracy"].toDouble(), plain);
    QVERIFY(qAbs(rounded[0].toObject()["accuracy"].toDouble() - plain) < 0.02);
    QVERIFY(rounded[1].toObject()["accuracy"].toDouble() != plain);
    const QJsonObject noisy = tested({"--noise", "0"});
    QVERIFY(noisy["accuracy"].toDouble() != plain);
    QVERIFY(noisy["recorded_accuracy"].isNull());
    const Result wrong = run({"test", folder_, "--bits", "1"});
    QVERIFY(wrong.status != 0);
    QVERIFY2(wrong.error.contains("bits"), qPrintable(wrong.error));
  }

  void saysWhatIsNoRun() {
    const Result none = run({"test", dir_.filePath("nothing")});
    QVERIFY(none.status != 0);
    QVERIFY2(none.error.contains("nothing"), qPrintable(none.error));
    const Result unwritable = run({"test", folder_, "--predictions", "/nowhere/p.csv"});
    QVERIFY(unwritable.status != 0);
    QVERIFY2(unwritable.error.contains("/nowhere"), qPrintable(unwritable.error));
  }
};

QTEST_GUILESS_MAIN(TestTestCli)
#include "tst_test_cli.moc"
