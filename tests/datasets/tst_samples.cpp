// Sample data: written, found, marked and read back, the same for the same seed.
#include <QTest>

#include "datasets/catalogue/catalogue.h"
#include "datasets/catalogue/check.h"
#include "datasets/data_folder.h"
#include "datasets/readers/points_reader.h"
#include "datasets/samples/sample_data.h"
#include "tests/datasets/temporary.h"

using namespace paralif;

class TestSamples : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void comeBackAsWritten_data() {
    QTest::addColumn<QString>("dataset");
    QTest::addColumn<bool>("original");
    for (const char* name : {"heidelberg", "ssc", "ntidigits", "nmnist", "dvsgesture"}) {
      QTest::newRow(name) << name << false;
    }
    QTest::newRow("dvsgesture original") << "dvsgesture" << true;
  }
  void comeBackAsWritten() {
    QFETCH(QString, dataset);
    QFETCH(bool, original);
    const std::string name = dataset.toStdString();
    const TemporaryFolder folder;
    SampleOptions options;
    options.original = original;
    write_sample_data(name, folder.path(), options);
    for (const PartState& state : inspect(*find_dataset(name), folder.path())) {
      QVERIFY2(state.problem.empty(), state.problem.c_str());
      QVERIFY(state.sample_data);
      QVERIFY(state.samples > 0);
      const auto set = open_recordings(name, state.part, folder.path());
      const SetReport report = check_set(*set);
      QCOMPARE(report.broken, 0);
      QCOMPARE(report.silent, 0);
      QCOMPARE(report.samples, state.samples);
      for (const std::int64_t count : report.class_counts) {
        QCOMPARE(count, state.samples / std::int64_t(report.class_counts.size()));
      }
      QVERIFY(report.fewest > 300);
      QVERIFY(report.longest_s < 2.0);
    }
    COMPARE_ERROR(write_sample_data(name, folder.path(), options), "is there already");
  }

  void followTheSeed() {
    const auto first = [](std::uint64_t seed) {
      const TemporaryFolder folder;
      SampleOptions options;
      options.seed = seed;
      write_sample_data("ntidigits", folder.path(), options);
      return open_recordings("ntidigits", DataPart::test, folder.path())->read(3)->time;
    };
    QCOMPARE(first(1), first(1));
    QVERIFY(first(1) != first(2));
  }

  void makeImagesAndPoints() {
    const TemporaryFolder folder;
    write_sample_data("cifar10", folder.path());
    write_sample_data("points", folder.path());
    QCOMPARE(open_images("cifar10", DataPart::train, folder.path())->size(), 600);
    QCOMPARE(read_points(folder.path()).points.size(), std::size_t{1200});
    QVERIFY(inspect(*find_dataset("points"), folder.path())[0].sample_data);
    QVERIFY(inspect(*find_dataset("cifar10"), folder.path())[1].sample_data);
  }

  void stopWhenTold() {
    const TemporaryFolder folder;
    SampleOptions options;
    options.progress = [](double share) { return share < 0.1; };
    COMPARE_ERROR(write_sample_data("heidelberg", folder.path(), options), "stopped");
    QVERIFY(!std::filesystem::exists(folder.path() / "shd_train.h5"));
    QVERIFY(std::filesystem::is_empty(folder.path()));
  }

  void stopEveryDatasetWhole_data() {
    QTest::addColumn<QString>("dataset");
    for (const std::string& name : sample_datasets()) QTest::newRow(name.c_str()) << name.c_str();
  }
  void stopEveryDatasetWhole() {
    QFETCH(QString, dataset);
    const std::string name = dataset.toStdString();
    const TemporaryFolder folder;
    const auto target = folder.path() / "made";
    SampleOptions options;
    int calls = 0;
    bool marked = false;
    options.progress = [&](double) {
      for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        // What a kill would leave at this moment: hidden, and marked.
        marked = entry.path().filename().string().starts_with('.') &&
                 std::filesystem::exists(entry.path() / sample_data_note(name));
      }
      return ++calls < 2 && name != "points";
    };
    COMPARE_ERROR(write_sample_data(name, target, options), "stopped");
    QVERIFY(marked);
    QVERIFY(std::filesystem::is_empty(folder.path()));
    // Beside other data it is the same.
    folder.write("made/other.txt", "mine");
    calls = 0;
    COMPARE_ERROR(write_sample_data(name, target, options), "stopped");
    QCOMPARE(std::distance(std::filesystem::directory_iterator(target), {}), 1);
  }

  void repeatAfterAKill() {
    const TemporaryFolder folder;
    // What a killed process left: a folder of its number, and half of its entries put in place.
    const auto gone = ".sample-points.part4194399";
    folder.write("old.txt", "mine");
    folder.write(std::string(gone) + "/points.csv", "x,y,class\n");
    folder.write(".sample-points.moving", "SAMPLE_DATA_points.txt\npoints.csv\n../old.txt\n");
    folder.write("points.csv", "x,y,class\n");
    folder.write("SAMPLE_DATA_points.txt", "x");
    folder.write("Train/1/a.bin", "x");
    folder.write(".sample-nmnist.moving", "SAMPLE_DATA_nmnist.txt\nTrain\nTest\n");
    const PartState half = inspect(*find_dataset("nmnist"), folder.path())[0];
    QVERIFY2(half.problem.find("cut off") != std::string::npos, half.problem.c_str());
    write_sample_data("points", folder.path());
    QCOMPARE(read_points(folder.path()).points.size(), std::size_t{1200});
    QVERIFY(!std::filesystem::exists(folder.path() / gone));
    QVERIFY(!std::filesystem::exists(folder.path() / ".sample-points.moving"));
    QVERIFY(std::filesystem::exists(folder.path() / "old.txt"));
    COMPARE_ERROR(write_sample_data("points", folder.path()), "is there already");
    write_sample_data("nmnist", folder.path());
    QVERIFY(inspect(*find_dataset("nmnist"), folder.path())[0].problem.empty());
  }

  void reportWhatIsBroken() {
    const TemporaryFolder folder;
    folder.write("Train/1/a.bin", std::string("\1\1\0\0\1", 5));
    folder.write("Train/2/b.bin", "odd");
    const SetReport report = check_set(*open_recordings("nmnist", DataPart::train, folder.path()));
    QCOMPARE(report.samples, 1);
    QCOMPARE(report.broken, 1);
    QVERIFY(report.problems[0].find("2/b.bin") != std::string::npos);
  }
};

QTEST_GUILESS_MAIN(TestSamples)
#include "tst_samples.moc"
