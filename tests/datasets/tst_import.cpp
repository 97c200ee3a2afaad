// One's own data: spike lists in three formats, sounds through the cochlea, whole folders.
#include <QTest>
#include <cmath>
#include <cstring>
#include <numbers>

#include "datasets/data_folder.h"
#include "datasets/hdf5_file.h"
#include "datasets/import/cochlea.h"
#include "datasets/import/convert.h"
#include "datasets/readers/npy_array.h"
#include "tests/datasets/temporary.h"

using namespace paralif;

namespace {

std::vector<float> tone(double hz, double seconds, double rate) {
  std::vector<float> sound(std::size_t(seconds * rate));
  for (std::size_t i = 0; i < sound.size(); ++i) {
    sound[i] = float(0.5 * std::sin(2 * std::numbers::pi * hz * double(i) / rate));
  }
  return sound;
}

void put(std::string& bytes, std::uint32_t value, int count) {
  for (int i = 0; i < count; ++i) bytes += char(value >> (8 * i) & 0xffU);
}

/// A WAV file of 16-bit samples.
std::string wav(const std::vector<float>& sound, std::uint32_t rate) {
  const auto size = std::uint32_t(sound.size() * 2);
  std::string bytes = "RIFF";
  put(bytes, 36 + size, 4);
  bytes += "WAVEfmt ";
  put(bytes, 16, 4);
  put(bytes, 1, 2);
  put(bytes, 1, 2);
  put(bytes, rate, 4);
  put(bytes, rate * 2, 4);
  put(bytes, 2, 2);
  put(bytes, 16, 2);
  bytes += "data";
  put(bytes, size, 4);
  for (const float s : sound) put(bytes, std::uint32_t(std::int16_t(s * 32767)), 2);
  return bytes;
}

double meanChannel(const Recording& recording) {
  double sum = 0;
  for (const auto unit : recording.unit) sum += unit;
  return sum / double(recording.size());
}

}  // namespace

class TestImport : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void readsSpikeLists() {
    SpikeListMapping mapping;
    mapping.seconds_per_unit = 1e-3;
    mapping.time_column = 1;
    mapping.unit_column = 0;
    const Recording csv =
        decode_spike_table("5,20\n7,10\r\n5,30\n", "s.csv", mapping).recording;
    QCOMPARE(csv.time, (std::vector<double>{0.01, 0.02, 0.03}));
    QCOMPARE(csv.unit, (std::vector<std::uint16_t>{7, 5, 5}));
    const std::string npy = npy_bytes({5, 20, 7, 10}, 2, 2);
    QCOMPARE(decode_spike_npy(npy, "s.npy", mapping).recording.unit,
             (std::vector<std::uint16_t>{7, 5}));
    const TemporaryFolder folder;
    const auto file = folder.path() / "S.H5";
    {
      Hdf5Writer writer(file);
      writer.write("t", Array<double>{{2}, {20, 10}});
      writer.write("n", Array<std::int64_t>{{2}, {5, 7}});
      writer.close();
    }
    mapping.times_name = "t";
    mapping.units_name = "n";
    QCOMPARE(read_spike_list(file, mapping).recording.time, (std::vector<double>{0.01, 0.02}));
  }

  void refusesBadSpikeLists() {
    const SpikeListMapping mapping;
    COMPARE_ERROR(decode_spike_table("0.1,700\n", "s.csv", mapping), "s.csv", "line 1", "unit 700");
    COMPARE_ERROR(decode_spike_table("0.1,7\n-1,5\n", "s.csv", mapping), "line 2", "time -1");
    COMPARE_ERROR(decode_spike_table("0.1,7\nnan,5\n", "s.csv", mapping), "line 2");
    COMPARE_ERROR(decode_spike_table("nan,7\n0.1,5\n", "s.csv", mapping), "line 1");
    COMPARE_ERROR(decode_spike_table("0.1,7\n0.2\n", "s.csv", mapping), "line 2", "1 cells");
    COMPARE_ERROR(decode_spike_table("0.1,7\n12:05,7\n", "s.csv", mapping), "line 2", "12:05");
    COMPARE_ERROR(decode_spike_table("0.1,7\n12abc,7\n", "s.csv", mapping), "line 2", "12abc");
    COMPARE_ERROR(decode_spike_table("0.1,0x1f\n", "s.csv", mapping), "line 1", "0x1f");
    COMPARE_ERROR(decode_spike_table("0.1,1e9\n", "s.csv", mapping), "line 1", "unit 1000000000");
    COMPARE_ERROR(decode_spike_table("0.1\n0.2\n", "s.csv", mapping), "only 1 column", "--separator");
    COMPARE_ERROR(decode_spike_npy(npy_bytes({1, 2}, 2, 1), "s.npy", mapping), "1 column");
    const double nan = std::nan("");
    COMPARE_ERROR(decode_spike_npy(npy_bytes({nan, 2}, 1, 2), "s.npy", mapping), "row 0");
  }

  void hearsTones() {
    CochleaSettings settings;
    settings.channels = 100;
    const Recording low = cochlea_spikes(tone(300, 0.3, 16000), 16000, settings);
    const Recording high = cochlea_spikes(tone(3000, 0.3, 16000), 16000, settings);
    QVERIFY(low.size() > 200 && low.size() < 20000);
    QVERIFY(meanChannel(high) > meanChannel(low) + 20);
    QVERIFY(low.time.back() < 0.3);
    QVERIFY(std::ranges::is_sorted(low.time));
    QCOMPARE(cochlea_spikes(std::vector<float>(1000, 0.0F), 16000, settings).size(),
             std::size_t{0});
  }

  void refusesBadSounds() {
    const TemporaryFolder folder;
    COMPARE_ERROR(read_sound(folder.path() / "none.wav"), "does not exist");
    COMPARE_ERROR(read_sound(folder.write("a.wav", "")), "a.wav", "not a sound file");
    COMPARE_ERROR(read_sound(folder.write("a.wav", wav({}, 16000))), "holds no sound");
    std::string claim = wav(tone(300, 0.01, 16000), 16000);
    claim.replace(40, 4, "\xf0\xff\xff\x7f");
    try {
      QVERIFY(read_sound(folder.write("a.wav", claim)).samples.size() <= 160);
    } catch (const Error& error) {
      QVERIFY(QString(error.what()).contains("a.wav"));
    }
  }

  void refusesSoundsOfNoNumbers() {
    const TemporaryFolder folder;
    // 32-bit floats, of which the third is none.
    std::string bytes = "RIFF";
    put(bytes, 36 + 16, 4);
    bytes += "WAVEfmt ";
    put(bytes, 16, 4);
    put(bytes, 3, 2);
    put(bytes, 1, 2);
    put(bytes, 16000, 4);
    put(bytes, 64000, 4);
    put(bytes, 4, 2);
    put(bytes, 32, 2);
    bytes += "data";
    put(bytes, 16, 4);
    for (const std::uint32_t sample : {0U, 0x3f000000U, 0x7fc00000U, 0U}) put(bytes, sample, 4);
    COMPARE_ERROR(read_sound(folder.write("nan.wav", bytes)), "nan.wav", "not finite");
  }

  void convertsAFolder() {
    const TemporaryFolder folder;
    for (int i = 0; i < 5; ++i) {
      const std::string name = std::to_string(i);
      folder.write("in/low/" + name + ".wav", wav(tone(280 + 10 * i, 0.1, 16000), 16000));
      folder.write("in/list/" + name + ".csv", "0.5," + std::to_string(i) + "\n0.1,3\n");
    }
    folder.write("in/readme.txt", "not a class");
    const auto out = folder.path() / "out";
    const ConvertReport report =
        convert_folder(folder.path() / "in", out, {}, {"My words", "CC BY 4.0", "my desk"});
    QCOMPARE(report.train, 8);
    QCOMPARE(report.test, 2);
    QCOMPARE(report.class_names, (std::vector<std::string>{"list", "low"}));
    const auto set = open_recordings("heidelberg", DataPart::train, out);
    QCOMPARE(set->size(), 8);
    QCOMPARE(set->label(0), 0);
    QCOMPARE(set->read(1)->unit, (std::vector<std::uint16_t>{3, 1}));
    QVERIFY(set->read(7)->size() > 100);
    const auto imported = imported_set(out);
    QVERIFY(imported.has_value());
    QCOMPARE(imported->about.name, std::string("My words"));
    QCOMPARE(imported->about.licence, std::string("CC BY 4.0"));
    QCOMPARE(imported->about.source, std::string("my desk"));
    QCOMPARE(imported->class_names, report.class_names);
    COMPARE_ERROR(convert_folder(folder.path() / "in", out, {}), "is there already");
    COMPARE_ERROR(convert_folder(folder.path() / "in/low", folder.path() / "other", {}),
                  "no recordings", ".wav", ".dat");
    folder.write("in/list/0.csv", "odd\nodd\n");
    COMPARE_ERROR(convert_folder(folder.path() / "in", folder.path() / "third", {}), "0.csv");
    QVERIFY(!std::filesystem::exists(folder.path() / "third"));
  }

  void convertsWholeOrNotAtAll() {
    const TemporaryFolder folder;
    for (int i = 0; i < 4; ++i) {
      folder.write("in/a/" + std::to_string(i) + ".csv", "0.5,1\n");
      folder.write("in/b/" + std::to_string(i) + ".csv", "0.5,2\n");
    }
    const auto out = folder.path() / "out";
    int asked = 0;
    COMPARE_ERROR(convert_folder(folder.path() / "in", out, {}, {},
                                 [&](double) { return ++asked < 12; }),
                  "stopped");
    QVERIFY(asked >= 12);
    // What a process that is no more left behind goes; that of a living one stays.
    folder.write("out.part999999999/shd_train.h5", "half");
    folder.write("out.part1/shd_train.h5", "of another process");
    convert_folder(folder.path() / "in", out, {});
    QStringList left;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
      left.append(QString::fromStdString(entry.path().filename().string()));
    }
    left.sort();
    QCOMPARE(left, (QStringList{"in", "out", "out.part1"}));
  }

  void importsHideNothing() {
    const TemporaryFolder folder;
    for (int i = 0; i < 2; ++i) {
      folder.write("in/a/" + std::to_string(i) + ".csv", "0.5,1\n");
      folder.write("in/b/" + std::to_string(i) + ".csv", "0.5,2\n");
    }
    const auto data = folder.path() / "data";
    convert_folder(folder.path() / "in", data / "aaa", {});
    QVERIFY(find_part("heidelberg", DataPart::train, data).empty());
    QVERIFY(!find_part("heidelberg", DataPart::train, data / "aaa").empty());
    const auto out = folder_of_import(data, "Mine");
    convert_folder(folder.path() / "in", out, {});
    folder.write("data/shd/shd_train.h5", "the real one");
    QCOMPARE(find_part("heidelberg", DataPart::train, data), data / "shd/shd_train.h5");
    const auto sets = imported_sets(data);
    QCOMPARE(sets.size(), std::size_t{2});
    QCOMPARE(sets[1].about.name, std::string("Mine"));
    for (const char* name : {"", ".hidden", "a/b", ".."}) {
      QVERIFY_EXCEPTION_THROWN(folder_of_import(data, name), Error);
    }
  }
};

QTEST_GUILESS_MAIN(TestImport)
#include "tst_import.moc"
