// Every dataset trains with what a user begins with on it, on sample data.
#include <QTemporaryDir>
#include <QTest>

#include "core/encoding/spike_source.h"
#include "core/experiments/presets.h"
#include "datasets/catalogue/catalogue.h"
#include "datasets/samples/sample_data.h"
#include "tests/core/sessions/small.h"

using namespace paralif;

class TestStartingPoints : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void trains_data() {
    QTest::addColumn<QString>("dataset");
    for (const std::string& name : trainable_datasets()) QTest::newRow(name.c_str()) << QString::fromStdString(name);
  }

  void trains() {
    QFETCH(QString, dataset);
    const QTemporaryDir dir;
    Experiment experiment = starting_point(dataset.toStdString());
    experiment.dataset.data_dir = dir.path().toStdString();
    experiment.training.epochs = 1;
    experiment.training.debug = true;
    experiment.training.batch_size = 8;
    experiment.network.hidden = {8};
    experiment.network.recurrent = {false};
    experiment.dataset.steps = 20;
    const Dataset& described = dataset_named(experiment.dataset.name);
    if (described.write_samples != nullptr) write_sample_data(described.name, dir.path().toStdString());
    const auto outcome = testing::run(experiment, {});
    QVERIFY2(outcome.last.state == SessionState::finished, outcome.last.message.c_str());
    QCOMPARE(outcome.epochs.size(), std::size_t(1));
    QVERIFY(outcome.epochs[0].train_loss > 0);
    QCOMPARE(outcome.epochs[0].validation_accuracy.has_value(), described.has_validation());
  }

  /// A share of the training set is taken for validation where that is asked for.
  void aShareGoesBeforeThePublishersOwnPart() {
    const QTemporaryDir dir;
    write_sample_data("ssc", dir.path().toStdString());
    DatasetSettings settings;
    settings.name = "ssc";
    settings.data_dir = dir.path().toStdString();
    const DataSplit own = open_data(settings);
    QCOMPARE(own.validation->samples(), 175);
    QCOMPARE(own.train->samples(), 700);
    settings.validation = 0.2;
    const DataSplit held = open_data(settings);
    QCOMPARE(held.validation->samples(), 140);
    QCOMPARE(held.train->samples(), 560);
    settings.validation = 0;
    std::filesystem::remove(dir.filePath("ssc_valid.h5").toStdString());
    QVERIFY(open_data(settings).validation == nullptr);
  }
};

QTEST_GUILESS_MAIN(TestStartingPoints)
#include "tst_starting_points.moc"
