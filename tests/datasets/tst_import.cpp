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
    const Recording csv = decode_spike_csv("unit,ms\n5,20\n7,10\r\n5;30\n", "s.csv", mapping);
    QCOMPARE(csv.time, (std::vector<double>{0.01, 0.02, 0.03}));
    QCOMPARE(csv.unit, (std::vector<std::uint16_t>{7, 5, 5}));
    const std::string npy = npy_bytes({5, 20, 7, 10}, 2, 2);
    QCOMPARE(decode_spike_npy(npy, "s.npy", mapping).unit, (std::vector<std::uint16_t>{7, 5}));
    const TemporaryFolder folder;
    const auto file = folder.path() / "s.h5";
    {
      Hdf5Writer writer(file);
      writer.write("t", Array<double>{{2}, {20, 10}});
      writer.write("n", Array<std::int64_t>{{2}, {5, 7}});
      writer.close();
    }
    mapping.times_name = "t";
    mapping.units_name = "n";
    QCOMPARE(read_spike_list(file, mapping).time, (std::vector<double>{0.01, 0.02}));
  }

  void refusesBadSpikeLists() {
    const SpikeListMapping mapping;
    COMPARE_ERROR(decode_spike_csv("", "s.csv", mapping), "s.csv", "no spikes");
    COMPARE_ERROR(decode_spike_csv("t,u\n", "s.csv", mapping), "no spikes");
    COMPARE_ERROR(decode_spike_csv("0.1,700\n", "s.csv", mapping), "row 1", "unit");
    COMPARE_ERROR(decode_spike_csv("0.1,7\n-1,5\n", "s.csv", mapping), "row 2", "time");
    COMPARE_ERROR(decode_spike_csv("0.1,7\nnan,5\n", "s.csv", mapping), "row 2");
    COMPARE_ERROR(decode_spike_csv("0.1,7\n0.2\n", "s.csv", mapping), "row 2", "no number");
    COMPARE_ERROR(decode_spike_npy(npy_bytes({1, 2}, 2, 1), "s.npy", mapping), "1 columns");
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

  void convertsAFolder() {
    const TemporaryFolder folder;
    for (int i = 0; i < 5; ++i) {
      const std::string name = std::to_string(i);
      folder.write("in/low/" + name + ".wav", wav(tone(280 + 10 * i, 0.1, 16000), 16000));
      folder.write("in/list/" + name + ".csv", "0.5," + std::to_string(i) + "\n0.1,3\n");
    }
    folder.write("in/readme.txt", "not a class");
    const ConvertReport report = convert_folder(folder.path() / "in", folder.path() / "out", {});
    QCOMPARE(report.train, 8);
    QCOMPARE(report.test, 2);
    QCOMPARE(report.class_names, (std::vector<std::string>{"list", "low"}));
    const auto set = open_recordings("heidelberg", DataPart::train, folder.path() / "out");
    QCOMPARE(set->size(), 8);
    QCOMPARE(set->label(0), 0);
    QCOMPARE(set->read(1)->unit, (std::vector<std::uint16_t>{3, 1}));
    QVERIFY(set->read(7)->size() > 100);
    COMPARE_ERROR(convert_folder(folder.path() / "in", folder.path() / "out", {}),
                  "is there already");
    COMPARE_ERROR(convert_folder(folder.path() / "in/low", folder.path() / "other", {}),
                  "0 classes");
    folder.write("in/list/0.csv", "odd\nodd\n");
    COMPARE_ERROR(convert_folder(folder.path() / "in", folder.path() / "third", {}), "0.csv");
    QVERIFY(!std::filesystem::exists(folder.path() / "third/shd_train.h5"));
  }
};

QTEST_GUILESS_MAIN(TestImport)
#include "tst_import.moc"
