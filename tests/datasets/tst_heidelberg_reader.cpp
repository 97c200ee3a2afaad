// The Heidelberg layout: files written by h5py, and every way in which such a file can be wrong.
#include <QTest>
#include <cmath>
#include <limits>

#include "datasets/data_folder.h"
#include "datasets/hdf5_file.h"
#include "datasets/readers/readers.h"
#include "datasets/samples/hdf5_event_writer.h"
#include "tests/datasets/temporary.h"

using namespace paralif;

namespace {

struct Sample {
  std::vector<double> times;
  std::vector<std::uint16_t> units;
};

std::filesystem::path writeFile(const std::filesystem::path& path,
                                const std::vector<Sample>& samples,
                                const std::vector<std::int64_t>& labels,
                                StoredTime type = StoredTime::full) {
  Hdf5EventWriter writer(path);
  writer.begin_ragged(static_cast<std::int64_t>(samples.size()), type);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    writer.ragged_row(static_cast<std::int64_t>(i), samples[i].times, samples[i].units);
  }
  writer.integers("labels", labels);
  writer.close();
  return path;
}

}  // namespace

class TestHeidelbergReader : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void readsWhatH5pyWrote_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("precision");
    QTest::newRow("half, gzip") << "half_gzip.h5" << int(TimePrecision::half);
    QTest::newRow("single") << "single_bytes.h5" << int(TimePrecision::single);
    QTest::newRow("double, gzip") << "double_wide.h5" << int(TimePrecision::full);
    QTest::newRow("big-endian") << "big_endian.h5" << int(TimePrecision::single);
    QTest::newRow("half, big-endian") << "half_big_endian.h5" << int(TimePrecision::half);
  }
  void readsWhatH5pyWrote() {
    QFETCH(QString, file);
    QFETCH(int, precision);
    const auto path =
        std::filesystem::path(PARALIF_SOURCE_DIR) / "tests/datasets/data" / file.toStdString();
    const auto set = open_heidelberg(path);
    QCOMPARE(set->size(), 6);
    QCOMPARE(set->label(5), 15);
    const std::vector<std::size_t> sizes{155, 165, 175, 185, 0, 205};
    for (std::int64_t i = 0; i < 6; ++i) {
      const auto recording = set->read(i);
      QCOMPARE(recording->size(), sizes[std::size_t(i)]);
      if (recording->size() > 0) QCOMPARE(int(recording->precision), precision);
    }
    QCOMPARE(open_heidelberg(path)->read(1)->time, set->read(1)->time);
  }

  void keepsABoundedCache() {
    const TemporaryFolder folder;
    std::vector<Sample> samples(10, {std::vector<double>(1000, 0.5), {}});
    for (Sample& sample : samples) sample.units.assign(1000, 3);
    const auto set = open_heidelberg(
        writeFile(folder.path() / "a.h5", samples, std::vector<std::int64_t>(10, 1)));
    set->set_cache_limit(25000);
    for (std::int64_t i = 0; i < 10; ++i) QCOMPARE(set->read(i)->size(), std::size_t{1000});
    QVERIFY(set->cached_bytes() > 15000);
    QVERIFY(set->cached_bytes() <= 25000);
    set->preload();
    QVERIFY(set->cached_bytes() >= 100000);
    QCOMPARE(set->read(3)->time, std::vector<double>(1000, 0.5));
  }

  void refusesBadEvents_data() {
    QTest::addColumn<double>("time");
    QTest::addColumn<int>("unit");
    QTest::addColumn<QString>("word");
    const double infinity = std::numeric_limits<double>::infinity();
    QTest::newRow("unit") << 0.2 << 700 << "unit 700";
    QTest::newRow("negative") << -0.1 << 1 << "negative";
    QTest::newRow("nan") << std::nan("") << 1 << "no finite time";
    QTest::newRow("infinite") << infinity << 1 << "no finite time";
    QTest::newRow("huge") << 1e30 << 1 << "impossible";
  }
  void refusesBadEvents() {
    QFETCH(double, time);
    QFETCH(int, unit);
    QFETCH(QString, word);
    const TemporaryFolder folder;
    const auto path = writeFile(folder.path() / "bad.h5",
                                {{{0.1}, {1}}, {{0.1, time}, {1, std::uint16_t(unit)}}}, {0, 1});
    const auto set = open_heidelberg(path);
    QCOMPARE(set->read(0)->size(), std::size_t{1});
    const QByteArray expected = word.toUtf8();
    COMPARE_ERROR(set->read(1), "bad.h5", "sample 1", "event 1", expected.constData());
  }

  void sortsEventsThatAreOutOfOrder() {
    const TemporaryFolder folder;
    const auto set = open_heidelberg(
        writeFile(folder.path() / "a.h5", {{{0.3, 0.1, 0.2}, {7, 8, 9}}}, {0}));
    const auto recording = set->read(0);
    QCOMPARE(recording->time, (std::vector<double>{0.1, 0.2, 0.3}));
    QCOMPARE(recording->unit, (std::vector<std::uint16_t>{8, 9, 7}));
    QCOMPARE(set->flaws().out_of_order, std::size_t{1});
  }

  void leavesOutBadEventsByChoice() {
    const TemporaryFolder folder;
    const auto path = writeFile(folder.path() / "a.h5",
                                {{{0.1, -1, 0.2, std::nan(""), 0.3}, {1, 2, 700, 3, 4}}}, {0});
    ReadOptions options;
    options.skip_bad_events = true;
    const auto set = open_heidelberg(path, options);
    QCOMPARE(set->read(0)->time, (std::vector<double>{0.1, 0.3}));
    QCOMPARE(set->flaws().left_out, std::size_t{3});
  }

  void takesClassesFromTheFiles() {
    const TemporaryFolder folder;
    const std::vector<Sample> samples(3, {{0.1}, {1}});
    const auto write = [&](const char* name, const std::vector<std::int64_t>& labels,
                           const std::vector<std::string>& keys) {
      Hdf5EventWriter writer(folder.path() / name);
      writer.begin_ragged(3, StoredTime::full);
      for (int i = 0; i < 3; ++i) writer.ragged_row(i, samples[0].times, samples[0].units);
      writer.integers("labels", labels);
      if (!keys.empty()) writer.texts("extra/keys", keys);
      writer.close();
    };
    const auto open = [&](DataPart part) {
      return open_recordings("heidelberg", part, folder.path());
    };
    // Neither part alone tells: the largest label stands in one, the names in the other.
    write("shd_train.h5", {0, 1, 2}, {"caf\xe9", "tea"});
    write("SHD_TEST.H5", {0, 1, 25}, {});
    for (const DataPart part : {DataPart::train, DataPart::test}) {
      const auto set = open(part);
      QCOMPARE(set->description().classes, 26);
      QCOMPARE(set->description().class_names, (std::vector<std::string>{"caf\u00e9", "tea"}));
    }
    // More names than labels: as many classes as names.
    write("shd_train.h5", {0, 1, 2}, {"a", "b", "c", "d", "e"});
    write("SHD_TEST.H5", {0, 1, 1}, {"a", "b", "c", "d", "e"});
    QCOMPARE(open(DataPart::test)->description().classes, 5);
    write("SHD_TEST.H5", {0, 1, 1}, {"b", "a"});
    COMPARE_ERROR(open(DataPart::train), "shd_train.h5", "class 0 'a'", "SHD_TEST.H5", "'b'");
    write("SHD_TEST.H5", {0, 1, 1000}, {});
    QCOMPARE(open(DataPart::train)->description().classes, 5);
    COMPARE_ERROR(open(DataPart::test), "label outside");
  }

  void questionsTimesInAnotherUnit() {
    const TemporaryFolder folder;
    const auto path = writeFile(folder.path() / "ms.h5", {{{10, 812.5}, {1, 2}}}, {0});
    COMPARE_ERROR(open_heidelberg(path), "ms.h5", "sample 0", "812.5 s", "--time-unit ms");
    ReadOptions options;
    options.time_unit = TimeUnit::milliseconds;
    const auto set = open_heidelberg(path, options);
    QCOMPARE(set->description().tick_s, 1e-3);
    QCOMPARE(set->read(0)->time[1], 812.5);
    options.time_unit = TimeUnit::seconds;
    QCOMPARE(open_heidelberg(path, options)->read(0)->time[1], 812.5);
    const auto late = writeFile(folder.path() / "us.h5", {{{10, 812500}, {1, 2}}}, {0});
    COMPARE_ERROR(open_heidelberg(late), "--time-unit us");
  }

  void refusesLengthsThatTheFileCannotHold() {
    // The length of a row stands before the address and the index of its heap.
    const TemporaryFolder folder;
    const Sample sample{std::vector<double>(37, 0.1), std::vector<std::uint16_t>(37, 5)};
    const auto path = writeFile(folder.path() / "long.h5", {sample, sample}, {0, 1});
    const std::string whole = read_file(path);
    const std::string length("\x25\0\0\0", 4);
    int refused = 0;
    for (std::size_t at = whole.find(length); at != std::string::npos;
         at = whole.find(length, at + 1)) {
      std::string damaged = whole;
      damaged[at + 3] = '\x7f';
      write_file(path, damaged);
      QString sentence;
      sentence = fileError([&] {
        const auto set = open_heidelberg(path);
        for (std::int64_t i = 0; i < set->size(); ++i) (void)set->read(i);
      });
      if (sentence.contains("2130706469 events")) ++refused;
    }
    QCOMPARE(refused, 4);  // times and units of two samples
  }

  void refusesBadLayouts() {
    const TemporaryFolder folder;
    const auto file = folder.path() / "bad.h5";
    const auto good = std::vector<Sample>{{{0.1}, {1}}, {{0.1}, {1}}};
    COMPARE_ERROR(open_heidelberg(writeFile(file, good, {0})), "bad.h5", "1 labels for 2");
    COMPARE_ERROR(open_heidelberg(writeFile(file, good, {0, 1000})), "label outside 0..999",
                  "sample 1");
    COMPARE_ERROR(open_heidelberg(writeFile(file, good, {0, -1})), "label outside");
    COMPARE_ERROR(open_heidelberg(writeFile(file, {}, {})), "no samples");
    COMPARE_ERROR(open_heidelberg(writeFile(file, {{{0.1, 0.2}, {1}}}, {0}))->read(0), "sample 0",
                  "2 times and 1 units");
    {
      Hdf5Writer writer(file);
      writer.write("labels", Array<std::int64_t>{{2}, {0, 1}});
      writer.write("spikes/times", Array<double>{{2}, {0, 1}});
      writer.close();
    }
    COMPARE_ERROR(open_heidelberg(file), "bad.h5", "spikes/times", "variable length");
    {
      Hdf5Writer writer(file);
      writer.write("labels", Array<std::int64_t>{{2}, {0, 1}});
      writer.close();
    }
    COMPARE_ERROR(open_heidelberg(file), "spikes/times", "missing");
  }

  void refusesBadFiles() {
    const TemporaryFolder folder;
    COMPARE_ERROR(open_heidelberg(folder.path() / "none.h5"), "none.h5", "does not exist");
    COMPARE_ERROR(open_heidelberg(folder.path()), "is a folder");
    COMPARE_ERROR(open_heidelberg(folder.write("empty.h5", "")), "not a readable HDF5 file");
    COMPARE_ERROR(open_heidelberg(folder.write("text.h5", "no HDF5 at all")), "not a readable");
    const auto loop = folder.path() / "loop.h5";
    std::filesystem::create_symlink(loop, loop);
    COMPARE_ERROR(open_heidelberg(loop), "loop.h5", "cannot be read");
    COMPARE_ERROR(open_heidelberg("/dev/null"), "not a regular file");
  }

  void refusesATruncatedFile() {
    const TemporaryFolder folder;
    std::vector<Sample> samples(20, {std::vector<double>(500, 0.5), {}});
    for (Sample& sample : samples) sample.units.assign(500, 3);
    const auto path =
        writeFile(folder.path() / "cut.h5", samples, std::vector<std::int64_t>(20, 1));
    const std::string bytes = read_file(path);
    for (std::size_t keep = 0; keep < bytes.size(); keep += bytes.size() / 40) {
      const auto cut = folder.write("cut.h5", bytes.substr(0, keep));
      COMPARE_ERROR(
          [&] {
            const auto set = open_heidelberg(cut);
            for (std::int64_t i = 0; i < set->size(); ++i) (void)set->read(i);
          }(),
          "cut.h5");
    }
  }
};

QTEST_GUILESS_MAIN(TestHeidelbergReader)
#include "tst_heidelberg_reader.moc"
