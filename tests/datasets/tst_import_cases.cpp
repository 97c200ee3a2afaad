// Spike lists as other programs write them, by folders: built-in cases, and the shared ones.
#include <QTest>

#include <cmath>
#include <set>

#include "datasets/data_folder.h"
#include "datasets/import/convert.h"
#include "datasets/readers/npy_array.h"
#include "tests/datasets/temporary.h"

using namespace paralif;
namespace fs = std::filesystem;

namespace {

SpikeListMapping milliseconds() {
  SpikeListMapping mapping;
  mapping.seconds_per_unit = 1e-3;
  return mapping;
}

Recording decoded(const std::string& text, const SpikeListMapping& mapping = {}) {
  return decode_spike_table(text, "s.csv", mapping).recording;
}

}  // namespace

class TestImportCases : public QObject {
  Q_OBJECT

 private:
  /// Two classes of three recordings, of which the last is to test.
  static ConvertReport convert(const TemporaryFolder& folder, const SpikeListMapping& mapping = {}) {
    return convert_folder(folder.path() / "in", folder.path() / "out", mapping);
  }
  static void fill(const TemporaryFolder& folder, const std::string& suffix,
                   const std::string& text) {
    for (const char* name : {"k0/r0", "k0/r1", "k0/r2", "k1/r0", "k1/r1", "k1/r2"}) {
      folder.write(std::string("in/") + name + suffix, text);
    }
  }

 private Q_SLOTS:
  void columnsByTheHeading_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("neuron and ms") << QByteArray("neuron;ms\n7;2,5\n8;3,5\n");
    QTest::newRow("sender and time") << QByteArray("# NEST\nsender\ttime_ms\n7\t2.5\n8\t3.5\n");
    QTest::newRow("time in s") << QByteArray("time,unit\n0.0025,7\n0.0035,8\n");
    QTest::newRow("microseconds") << QByteArray("t [us],ch\n2500,7\n3500,8\n");
    QTest::newRow("micro sign, latin-1") << QByteArray("t (\xB5s);id\n2500;7\n3500;8\n");
    QTest::newRow("of three") << QByteArray("trial,unit,time_ms\n0,7,2.5\n0,8,3.5\n");
    QTest::newRow("index of a data frame") << QByteArray(",time_ms,neuron\n0,2.5,7\n1,3.5,8\n");
    QTest::newRow("two words") << QByteArray("neuron_id,spikeTime(ms)\n7,2.5\n8,3.5\n");
    QTest::newRow("in a comment") << QByteArray("# neuron ms\n7 2.5\n8 3.5\n");
    QTest::newRow("the other one") << QByteArray("foo,ms\n7,2.5\n8,3.5\n");
  }
  void columnsByTheHeading() {
    QFETCH(QByteArray, text);
    const Recording recording = decoded(text.toStdString());
    QCOMPARE(recording.unit, (std::vector<std::uint16_t>{7, 8}));
    QVERIFY(std::abs(recording.time[0] - 0.0025) < 1e-12);
    QVERIFY(std::abs(recording.time[1] - 0.0035) < 1e-12);
  }

  void asksWhereTheHeadingLeavesAChoice() {
    COMPARE_ERROR(decoded("start_time,end_time,unit\n1,2,3\n"), "more than one column of times",
                  "'start_time'", "--time-column");
    COMPARE_ERROR(decoded("time,neuron,channel\n1,2,3\n"), "more than one column of units");
    COMPARE_ERROR(decoded("a,time,b\n1,2,3\n"), "no column of units", "--unit-column");
    COMPARE_ERROR(decoded("time_us,unit\n1,2\n", milliseconds()), "'time_us'", "in us", "ms");
    COMPARE_ERROR(decoded("time (ms) unit\n1 2\n"), "'time' and '(ms)'");
    SpikeListMapping mapping;
    mapping.time_column = 1;
    mapping.unit_column = 2;
    QCOMPARE(decoded("start_time,end_time,unit\n1,2,3\n", mapping).time,
             std::vector<double>{2.0});
  }

  void refusesTwoReadings() {
    COMPARE_ERROR(decoded("2,4,35\n5,7,34\n"), "line 1", "two ways", "time 2 and unit 4",
                  "time 2.4 and unit 35");
    SpikeListMapping point;
    point.table.decimal = '.';
    QCOMPARE(decoded("2,4,35\n5,7,34\n", point).unit, (std::vector<std::uint16_t>{4, 7}));
    QCOMPARE(decoded("time,unit,trial\n2,4,35\n", {}).unit, std::vector<std::uint16_t>{4});
    COMPARE_ERROR(decoded("2,4,35\n5,34\n"), "line 2");
    QCOMPARE(decoded("1,5\n2,7\n").unit, (std::vector<std::uint16_t>{5, 7}));
  }

  void keepsDifferencesOfAbsoluteTimes() {
    SpikeList list = decode_spike_table("43200.000001,1\n43200.000002,2\n", "s", {});
    QVERIFY(std::abs(list.recording.time[1] - 1e-6) < 1e-11);
    QCOMPARE(list.recording.time[0], 0.0);
    QCOMPARE(list.start_s, 43200.000001);
    // Since 1970, in microseconds.
    SpikeListMapping mapping;
    mapping.seconds_per_unit = 1e-6;
    list = decode_spike_table("1700000000000001,1\n1700000000000003,2\n", "s", mapping);
    QCOMPARE(list.recording.time[1], 2e-6);
    QCOMPARE(decoded("50,1\n51,2\n").time[0], 50.0);
    COMPARE_ERROR(decoded("0,1\n1e7,2\n"), "a million seconds", "--time-unit");
    COMPARE_ERROR(decoded("0,1\n1e400,2\n"), "line 2");
    // What begins late in one recording is counted from the start in all of them.
    const TemporaryFolder folder;
    fill(folder, ".csv", "50.25,1\n50.5,2\n");
    folder.write("in/k1/r1.csv", "100.25,1\n100.5,2\n");
    const ConvertReport report = convert(folder);
    QCOMPARE(report.start_s, 100.25);
    const auto set = open_recordings("heidelberg", DataPart::train, folder.path() / "out");
    for (int i = 0; i < 4; ++i) QCOMPARE(set->read(i)->time, (std::vector<double>{0.0, 0.25}));
  }

  void countsSilentRecordings() {
    const TemporaryFolder folder;
    fill(folder, ".txt", "sender\ttime_ms\n7\t2.5\n");
    folder.write("in/k0/r2.txt", "# NEST version: 3.6.0\nsender\ttime_ms\n");
    folder.write("in/k1/r1.txt", "");
    const ConvertReport report = convert(folder, milliseconds());
    QCOMPARE(report.train, 4);
    QCOMPARE(report.test, 2);
    QCOMPARE(report.silent, (std::vector<std::string>{"k1/r1.txt", "k0/r2.txt"}));
    QCOMPARE(open_recordings("heidelberg", DataPart::test, folder.path() / "out")->read(0)->size(),
             std::size_t{0});
    const TemporaryFolder all;
    fill(all, ".txt", "sender\ttime_ms\n");
    COMPARE_ERROR(convert(all), "no spike");
    QVERIFY(!fs::exists(all.path() / "out"));
  }

  void readsAnySuffixThatIsATable() {
    for (const char* suffix : {".dat", ".gdf", "", ".CSV", ".TXT", ".Tsv"}) {
      const TemporaryFolder folder;
      fill(folder, suffix, "# NEST\nsender time_ms\n7 2.5\n9 3.5\n");
      QCOMPARE(convert(folder).train, 4);
    }
    const TemporaryFolder silent;
    fill(silent, ".dat", "sender\ttime_ms\n7\t2.5\n");
    silent.write("in/k0/r0.dat", "sender\ttime_ms\n");
    QCOMPARE(convert(silent).silent.size(), std::size_t{1});
    const TemporaryFolder other;
    fill(other, ".md", "Notes\n\nThat 1 is 2.\n");
    COMPARE_ERROR(convert(other), "no recordings", ".wav", ".npy", ".dat");
    const TemporaryFolder npy;
    fill(npy, ".NPY", npy_bytes({0.1, 7, 0.2, 8}, 2, 2));
    QCOMPARE(convert(npy).train, 4);
  }

  void passesOverCompanions() {
    const TemporaryFolder folder;
    fill(folder, ".csv", "0.1,7\n");
    folder.write("in/k0/._r0.csv", std::string("\0\5\x16\7", 4));
    folder.write("in/k0/.DS_Store", "Bud1");
    folder.write("in/k0/Thumbs.db", "x");
    folder.write("in/k0/desktop.ini", "[x]\n1,2\n");
    folder.write("in/__MACOSX/r0.csv", "0.1,7\n");
    folder.write("in/.git/r0.csv", "0.1,7\n");
    folder.write("in/k1/photo.png", "\x89PNG");
    const ConvertReport report = convert(folder);
    QCOMPARE(report.class_names, (std::vector<std::string>{"k0", "k1"}));
    QCOMPARE(report.train + report.test, 6);
    QCOMPARE(report.left_out, std::vector<std::string>{"k1/photo.png"});
  }

  void skipsAndCountsBadRows() {
    const TemporaryFolder folder;
    fill(folder, ".csv", "time,unit\n0.1,7\n12:05,7\nnan,3\n0.2,8\n");
    COMPARE_ERROR(convert(folder), "r0.csv", "line 3", "12:05", "--skip-bad");
    SpikeListMapping mapping;
    mapping.table.skip_bad = true;
    const ConvertReport report = convert(folder, mapping);
    QCOMPARE(report.skipped, std::size_t{12});
    QCOMPARE(open_recordings("heidelberg", DataPart::train, folder.path() / "out")->read(0)->size(),
             std::size_t{2});
  }

  void readsTheCases_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("ms");
    for (const char* name : {"decimal-comma/de_ms", "spaces/aligned", "spaces/growing", "nest/dat"}) {
      QTest::newRow(name) << QString(name) << true;
    }
    QTest::newRow("midnight") << QString("absolute/midnight") << false;
    QTest::newRow("capitals") << QString("capital-suffix/caps") << false;
  }
  void readsTheCases() {
    QFETCH(QString, name);
    QFETCH(bool, ms);
    const fs::path in = fs::path(PARALIF_SHARED_DIR) / "cases" / name.toStdString();
    if (!fs::exists(in)) QSKIP("the files of the cases are not here");
    const TemporaryFolder folder;
    const auto out = folder.path() / "out";
    convert_folder(in, out, ms ? milliseconds() : SpikeListMapping{});
    for (const DataPart part : {DataPart::train, DataPart::test}) {
      const auto set = open_recordings("heidelberg", part, out);
      for (std::int64_t i = 0; i < set->size(); ++i) {
        const auto recording = set->read(i);
        if (name.startsWith("absolute")) {
          const std::set<double> times(recording->time.begin(), recording->time.end());
          QCOMPARE(times.size(), recording->size());
          QCOMPARE(recording->time.front(), 0.0);
        }
        if (!ms) continue;
        QCOMPARE(recording->size(), std::size_t{60});
        QVERIFY(*std::ranges::max_element(recording->unit) <= 49);
        QVERIFY(recording->time.back() < 0.5);
      }
    }
  }

  void reportsTheCases() {
    const fs::path cases = fs::path(PARALIF_SHARED_DIR) / "cases";
    if (!fs::exists(cases)) QSKIP("the files of the cases are not here");
    const TemporaryFolder folder;
    const ConvertReport nest =
        convert_folder(cases / "nest/silent", folder.path() / "a", milliseconds());
    QCOMPARE(nest.silent, std::vector<std::string>{"k1/rec2.txt"});
    const ConvertReport sounds = convert_folder(cases / "apple-double/wav", folder.path() / "b", {});
    QCOMPARE(sounds.train + sounds.test, 6);
    COMPARE_ERROR(convert_folder(cases / "csv-rows/spk_junk", folder.path() / "c", {}), "csv",
                  "line", "12:05");
  }
};

QTEST_GUILESS_MAIN(TestImportCases)
#include "tst_import_cases.moc"
