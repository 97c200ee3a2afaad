// N-TIDIGITS, N-MNIST, DVS Gesture, CIFAR-10 and points: good files, real files and bad ones.
#include <QTest>
#include <sys/stat.h>

#include <algorithm>
#include <cstring>

#include "datasets/catalogue/check.h"
#include "datasets/data_folder.h"
#include "datasets/readers/event_bytes.h"
#include "datasets/readers/event_order.h"
#include "datasets/readers/npy_array.h"
#include "datasets/readers/readers.h"
#include "datasets/samples/hdf5_event_writer.h"
#include "tests/datasets/temporary.h"
#include "tests/datasets/zip_bytes.h"

using namespace paralif;
namespace fs = std::filesystem;

namespace {

std::string nmnistEvent(int x, int y, int polarity, int time_us) {
  return {char(x), char(y), char(polarity << 7 | time_us >> 16), char(time_us >> 8 & 0xff),
          char(time_us & 0xff)};
}

std::string cifarImage(int label) {
  return char(label) + std::string(3072, '\x7f');
}

std::string npy(const std::vector<double>& values, std::size_t columns = 4) {
  return npy_bytes(values, values.size() / columns, columns);
}

}  // namespace

class TestEventReaders : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void decodesNmnist() {
    const Recording r = decode_nmnist(nmnistEvent(3, 5, 1, 70000) + nmnistEvent(33, 0, 0, 70001) +
                                          nmnistEvent(0, 240, 0, 0) + nmnistEvent(1, 1, 0, 62000),
                                      "a");
    QCOMPARE(r.time, (std::vector<double>{70000, 70001, 62000 + 8192}));
    QCOMPARE(r.unit, (std::vector<std::uint16_t>{34 * 34 + 5 * 34 + 3, 33, 35}));
  }

  void refusesBadNmnist() {
    COMPARE_ERROR(decode_nmnist("", "f.bin"), "f.bin", "empty");
    COMPARE_ERROR(decode_nmnist("1234567", "f.bin"), "cut short");
    COMPARE_ERROR(decode_nmnist(nmnistEvent(34, 0, 0, 1), "f.bin"), "event 0", "(34, 0)");
    COMPARE_ERROR(decode_nmnist(nmnistEvent(34, 0, 0, 1), "f.bin"), "--skip-bad events");
    const TemporaryFolder folder;
    COMPARE_ERROR(open_nmnist(folder.path()), "holds no recordings");
  }

  void leavesOutBadEventsByChoice() {
    ReadOptions options;
    options.skip_bad_events = true;
    const Recording r = decode_nmnist(
        nmnistEvent(1, 0, 0, 1) + nmnistEvent(34, 10, 0, 2) + nmnistEvent(2, 0, 0, 3), "f.bin",
        options);
    QCOMPARE(r.time, (std::vector<double>{1, 3}));
    QCOMPARE(r.flaws.left_out, std::size_t{1});
    QCOMPARE(r.flaws.sentences().size(), std::size_t{1});
    QVERIFY(QString::fromStdString(r.flaws.sentences()[0]).contains("f.bin: event 1"));
    const TemporaryFolder folder;
    folder.write("Train/1/a.bin", nmnistEvent(34, 10, 0, 2) + nmnistEvent(2, 0, 0, 3));
    const auto set = open_recordings("nmnist", DataPart::train, folder.path(), options);
    set->set_cache_limit(0);
    for (int i = 0; i < 3; ++i) QCOMPARE(set->read(0)->size(), std::size_t{1});
    QCOMPARE(set->flaws().left_out, std::size_t{1});  // once, however often it is read
  }

  void putsEventsInOrderByTheirPlace() {
    std::string bytes;
    for (int i = 0; i < 30; ++i) bytes += nmnistEvent(i, 0, 0, i == 7 ? 1000 : 10 * i);
    const Recording r = decode_nmnist(bytes + nmnistEvent(1, 1, 0, 5), "f.bin");
    QCOMPARE(r.flaws.out_of_order, std::size_t{2});  // the one ahead and the one at the very end
    QCOMPARE(r.size(), std::size_t{31});
    QVERIFY(std::ranges::is_sorted(r.time));
    QCOMPARE(r.time[7], 60.0);
    QCOMPARE(r.unit[7], 7);
    QCOMPARE(r.time[30], 290.0);
    QVERIFY(QString::fromStdString(r.flaws.sentences()[0]).contains("event 7 has the time 1000"));
    QCOMPARE(out_of_order(std::vector<double>{5, 1, 2, 3}), (std::vector<std::size_t>{0}));
    QCOMPARE(out_of_order(std::vector<double>{1, 1, 2}), (std::vector<std::size_t>{}));
    QCOMPARE(out_of_order(std::vector<double>{}), (std::vector<std::size_t>{}));
    std::vector<double> early{50, 40, 1, 2};
    retime_by_place(early, out_of_order(early));
    QCOMPARE(early, (std::vector<double>{1, 1, 1, 2}));
  }

  void passesOverCompanionsAndCase() {
    const std::string event = nmnistEvent(1, 0, 0, 60);
    const TemporaryFolder folder;
    folder.write("Train/3/._00001.bin", "resource fork");
    folder.write("Train/3/00001.BIN", event);
    folder.write("Train/3/.DS_Store", "x");
    QCOMPARE(open_recordings("nmnist", DataPart::train, folder.path())->size(), 1);
    const TemporaryFolder zipped;
    zipped.write("TRAIN.ZIP", zip_bytes({{"Train/3/1.BIN", event},
                                         {"Train/3/._1.bin", "fork"},
                                         {"__MACOSX/Train/3/._1.bin", "fork"},
                                         {"__MACOSX/Train/3/1.bin", "fork"}}));
    const auto set = open_recordings("nmnist", DataPart::train, zipped.path());
    QCOMPARE(set->size(), 1);
    QCOMPARE(set->read(0)->size(), std::size_t{1});
    const TemporaryFolder gestures;
    gestures.write("ibmGestureTrain/user01_led/0.NPY", npy({1, 2, 1, 5}));
    gestures.write("ibmGestureTrain/user01_led/._0.npy", "fork");
    gestures.write("ibmGestureTrain/._user01_led/0.npy", "fork");
    QCOMPARE(open_recordings("dvsgesture", DataPart::train, gestures.path())->size(), 1);
    const TemporaryFolder images;
    images.write("TEST_BATCH.BIN", cifarImage(4));
    QCOMPARE(open_images("cifar10", DataPart::test, images.path())->label(0), 4);
    QCOMPARE(identify(images.path() / "TEST_BATCH.BIN").size(), std::size_t{1});
  }

  void readsNamedFields() {
    const auto header = [](const std::string& types, int rows) {
      std::string text = "{'descr': [" + types + "], 'fortran_order': False, 'shape': (" +
                         std::to_string(rows) + ",), }";
      text += std::string(199 - text.size(), ' ') + "\n";
      return std::string("\x93NUMPY\x01\x00", 8) + char(text.size()) + '\0' + text;
    };
    const std::string tonic = header("('x', '<i2'), ('y', '<i2'), ('p', '|b1'), ('t', '<i8')", 2);
    const auto row = [](char x, char y, char p, char t) {
      return std::string{x, 0, y, 0, p, t, 1, 0, 0, 0, 0, 0, 0};
    };
    const Recording r = decode_gesture_array(tonic + row(3, 5, 1, 4) + row(6, 7, 0, 9), "a.npy");
    QCOMPARE(r.time, (std::vector<double>{260, 265}));  // microseconds
    QCOMPARE(r.unit[0], 128 * 128 + 5 * 128 + 3);
    QCOMPARE(r.unit[1], 7 * 128 + 6);
    // Another order, big-endian, a field that is not needed, polarity -1 and 1.
    const std::string other =
        header("('T', '>u2'), ('pol', '|i1'), ('q', '>f4'), ('y', '|u1'), ('x', '>f8')", 2);
    const auto fields = [](char t, char p, char y, const char* x) {
      return std::string{1, t, p, 0, 0, 0, 0, y} + std::string(x, 2) + std::string(6, '\0');
    };
    const Recording big = decode_gesture_array(
        other + fields(4, -1, 5, "\x40\x08") + fields(9, 1, 6, "\x40\x00"), "a.npy");
    QCOMPARE(big.time, (std::vector<double>{260, 265}));
    QCOMPARE(big.unit[0], 5 * 128 + 3);
    QCOMPARE(big.unit[1], 128 * 128 + 6 * 128 + 2);
    ReadOptions seconds;
    seconds.time_unit = TimeUnit::milliseconds;
    QCOMPARE(decode_gesture_array(tonic + row(3, 5, 1, 4) + row(6, 7, 0, 9), "a.npy", seconds).time,
             (std::vector<double>{260000, 265000}));
    COMPARE_ERROR(decode_gesture_array(tonic + row(3, 5, 1, 4), "a.npy"), "claims 2");
    COMPARE_ERROR(decode_gesture_array(header("('x', '<i2'), ('y', '<i2'), ('t', '<i8')", 0), "a.npy"),
                  "no field 'p'");
    for (const char* nested : {"('x', [('a', '<i2')]), ('y', '<i2')", "('x', '<i2', (2,))",
                               "('x', '<U4')", "('x', '|O')", "'x'", ""}) {
      COMPARE_ERROR(decode_gesture_array(header(nested, 1) + std::string(64, '\0'), "a.npy"), "a.npy");
    }
  }

  void questionsImplausibleTimes() {
    // Milliseconds that are microseconds: 70 000 of them would be 70 s.
    COMPARE_ERROR(decode_gesture_array(npy({1, 2, 1, 5, 1, 2, 1, 70000}), "a.npy"), "lasts 70 s",
                  "--time-unit us");
    ReadOptions options;
    options.time_unit = TimeUnit::microseconds;
    QCOMPARE(decode_gesture_array(npy({1, 2, 1, 5, 1, 2, 1, 70000}), "a.npy", options).time[1],
             70000.0);
    options.time_unit = TimeUnit::milliseconds;  // said is not questioned
    QCOMPARE(decode_gesture_array(npy({1, 2, 1, 5, 1, 2, 1, 70000}), "a.npy", options).time[1], 7e7);
    const TemporaryFolder folder;
    folder.write("Train/1/a.bin", nmnistEvent(2, 0, 0, 3));
    QVERIFY_EXCEPTION_THROWN(
        (void)open_recordings("nmnist", DataPart::train, folder.path(), options), Error);
  }

  void readsUsersFiles() {
    const fs::path cases = fs::path(PARALIF_SHARED_DIR) / "cases";
    if (!fs::exists(cases / "aedat/glitch_first")) QSKIP("they are not here");
    const auto glitch = check_set(
        *open_recordings("dvsgesture", DataPart::train, cases / "aedat/glitch_first"));
    QCOMPARE(glitch.samples, 10);
    QCOMPARE(glitch.spikes, std::uint64_t{10000});
    QCOMPARE(glitch.broken, 0);
    QCOMPARE(glitch.flaws.out_of_order, std::size_t{1});
    const auto fields =
        check_set(*open_recordings("dvsgesture", DataPart::train, cases / "polarity/struct"));
    QCOMPARE(fields.broken, 0);
    QVERIFY(fields.longest_s > 0.5 && fields.longest_s < 3.0);
    const auto stray = cases / "stray-event/xy";
    const auto refused = check_set(*open_recordings("nmnist", DataPart::train, stray));
    QCOMPARE(refused.broken, 1);
    QVERIFY(refused.problems[0].find("00001.bin: event 200") != std::string::npos);
    ReadOptions options;
    options.skip_bad_events = true;
    const auto skipped = check_set(*open_recordings("nmnist", DataPart::train, stray, options));
    QCOMPARE(skipped.broken, 0);
    QCOMPARE(skipped.flaws.left_out, std::size_t{1});
    COMPARE_ERROR(open_recordings("heidelberg", DataPart::train, cases / "time-unit/ms"),
                  "--time-unit ms");
    options.time_unit = TimeUnit::milliseconds;
    const auto set =
        open_recordings("heidelberg", DataPart::train, cases / "time-unit/ms", options);
    QVERIFY(check_set(*set).longest_s < 2.0);
  }

  void refusesWhatUnpacksBeyondReason() {
    const TemporaryFolder folder;
    const std::string event = nmnistEvent(1, 1, 0, 1);
    COMPARE_ERROR(open_nmnist(folder.write("d.zip", zip_bytes({{"1/1.bin", event, 1'000'000}})))->read(0),
                  "d.zip:1/1.bin", "claims 1000000 bytes", "can hold");
  }

  void refusesPipes() {
    const TemporaryFolder folder;
    for (const char* name : {"shd_train.h5", "n-tidigits.hdf5", "Train.zip", "test_batch.bin"}) {
      const fs::path pipe = folder.path() / name;
      QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
    }
    for (const char* dataset : {"heidelberg", "ntidigits", "nmnist"}) {
      COMPARE_ERROR(open_recordings(dataset, DataPart::train, folder.path()), "not a regular file");
    }
    COMPARE_ERROR(open_images("cifar10", DataPart::test, folder.path()), "not a regular file");
  }

  void readsNmnistArchives() {
    const TemporaryFolder folder;
    folder.write("Train.zip", zip_bytes({{"Train/", ""},
                                         {"Train/7/00002.bin", nmnistEvent(3, 5, 1, 70)},
                                         {"Train/7/00001.bin", nmnistEvent(1, 0, 0, 60)},
                                         {"Train/0/00009.bin", nmnistEvent(2, 0, 0, 50)},
                                         {"Train/17/00001.bin", "not of a digit"},
                                         {"Train/readme.txt", "nor this"}}));
    const auto set = open_recordings("nmnist", DataPart::train, folder.path());
    QCOMPARE(set->size(), 3);
    QCOMPARE(set->label(0), 0);
    QCOMPARE(set->label(1), 7);
    QCOMPARE(set->origin(1), std::string("Train/7/00001.bin"));
    QCOMPARE(set->read(0)->unit, (std::vector<std::uint16_t>{2}));
    QCOMPARE(set->read(2)->time, (std::vector<double>{70}));
    QCOMPARE(identify(folder.path() / "Train.zip").size(), std::size_t{1});
  }

  void refusesBadArchives() {
    const TemporaryFolder folder;
    COMPARE_ERROR(open_nmnist(folder.write("a.zip", "no archive")), "a.zip", "zip archive");
    const std::string good = zip_bytes({{"Train/1/1.bin", nmnistEvent(1, 1, 0, 1)}});
    COMPARE_ERROR(open_nmnist(folder.write("b.zip", good.substr(0, good.size() - 30))), "b.zip",
                  "zip archive");
    COMPARE_ERROR(open_nmnist(folder.write("c.zip", zip_bytes({{"Train.zip", good}}))),
                  "holds no recordings");
    const auto first = [&](const ZipEntry& entry) {
      return open_nmnist(folder.write("d.zip", zip_bytes({entry})))->read(0);
    };
    const std::string event = nmnistEvent(1, 1, 0, 1);
    COMPARE_ERROR(first({"1/1.bin", event, 4'000'000'000}), "d.zip:1/1.bin", "claims 4000000000");
    COMPARE_ERROR(first({"1/1.bin", event, 60'000'000}), "d.zip:1/1.bin");
    COMPARE_ERROR(first({"1/1.bin", event.substr(1)}), "d.zip:1/1.bin", "cut short");
    std::string damaged = good;
    damaged[damaged.find(event)] ^= 1;
    COMPARE_ERROR(open_nmnist(folder.write("e.zip", damaged))->read(0), "e.zip", "unpacked");
  }

  void readsRealNmnist() {
    const fs::path data = fs::path(PARALIF_SHARED_DIR) / "data";
    if (find_part("nmnist", DataPart::train, data).empty()) QSKIP("the recordings are not here");
    const auto train = open_recordings("nmnist", DataPart::train, data);
    const auto test = open_recordings("nmnist", DataPart::test, data);
    QCOMPARE(train->size(), 600);
    QCOMPARE(test->size(), 50);
    for (std::int64_t i = 0; i < train->size(); i += 7) {
      const auto recording = train->read(i);
      QVERIFY(recording->size() > 1000);
      QVERIFY(recording->time.back() < 400000);
      QVERIFY(train->label(i) >= 0 && train->label(i) < 10);
    }
  }

  void readsRealNtidigits() {
    const fs::path data = fs::path(PARALIF_SHARED_DIR) / "data";
    if (find_part("ntidigits", DataPart::train, data).empty()) QSKIP("the recording is not here");
    const auto set = open_recordings("ntidigits", DataPart::train, data);
    QCOMPARE(set->size(), 1);
    QCOMPARE(set->label(0), 1);
    QCOMPARE(set->read(0)->size(), std::size_t{898});
    QCOMPARE(set->read(0)->time.back(), 1.07904);
  }

  void readsCifar10() {
    const TemporaryFolder folder;
    for (int i = 1; i <= 5; ++i) {
      folder.write("cifar-10-batches-bin/data_batch_" + std::to_string(i) + ".bin",
                   cifarImage(i) + cifarImage(0));
    }
    folder.write("cifar-10-batches-bin/test_batch.bin", cifarImage(9));
    const auto train = open_images("cifar10", DataPart::train, folder.path());
    QCOMPARE(train->size(), 10);
    QCOMPARE(train->label(2), 2);
    QCOMPARE(train->image(2)[3071], 0x7f);
    QCOMPARE(open_images("cifar10", DataPart::test, folder.path())->label(0), 9);
    folder.write("cifar-10-batches-bin/test_batch.bin", cifarImage(10));
    COMPARE_ERROR(open_images("cifar10", DataPart::test, folder.path()), "test_batch.bin", "label 10");
    folder.write("cifar-10-batches-bin/test_batch.bin", cifarImage(1).substr(1));
    COMPARE_ERROR(open_images("cifar10", DataPart::test, folder.path()), "cut short");
    fs::remove(folder.path() / "cifar-10-batches-bin/data_batch_3.bin");
    COMPARE_ERROR(open_images("cifar10", DataPart::train, folder.path()), "data_batch_3.bin",
                  "does not exist");
  }

  void readsNtidigitsLabels() {
    const TemporaryFolder folder;
    const fs::path file = folder.path() / "n-tidigits.hdf5";
    const auto write = [&](const std::vector<std::string>& keys, double address) {
      Hdf5EventWriter writer(file);
      for (const char* part : {"train", "test"}) {
        writer.texts(std::string(part) + "_labels", keys);
        for (const std::string& key : keys) {
          writer.doubles(std::string(part) + "_timestamps/" + key, {0.1, 0.2});
          writer.doubles(std::string(part) + "_addresses/" + key, {1, address});
        }
      }
      writer.close();
    };
    write({"aa-b-z", "aa-b-12", "ab-b-o", "ab-b-7"}, 5);
    auto set = open_ntidigits(file, DataPart::test);
    QCOMPARE(set->size(), 3);
    QCOMPARE(set->label(0), 0);
    QCOMPARE(set->label(1), 10);
    QCOMPARE(set->label(2), 7);
    QCOMPARE(set->read(2)->unit[1], 5);
    set.reset();  // an open file cannot be written anew
    write({"aa-b-z"}, 64);
    COMPARE_ERROR(open_ntidigits(file, DataPart::train)->read(0), "aa-b-z", "unit 64");
    write({"aa-b-z"}, 1.5);
    COMPARE_ERROR(open_ntidigits(file, DataPart::train)->read(0), "unit -1");
    write({"aa-b-?"}, 5);
    COMPARE_ERROR(open_ntidigits(file, DataPart::train), "aa-b-?");
    write({"aa-b-12"}, 5);
    COMPARE_ERROR(open_ntidigits(file, DataPart::train), "no single digits");
  }

  void findsDataOneFolderBelow() {
    const TemporaryFolder folder;
    folder.write("mine/Train/3/1.bin", nmnistEvent(1, 1, 0, 1));
    folder.write("Test/notes.txt", "not digits");
    QCOMPARE(find_part("nmnist", DataPart::train, folder.path()), folder.path() / "mine/Train");
    QVERIFY(find_part("nmnist", DataPart::test, folder.path()).empty());
    COMPARE_ERROR(open_recordings("nmnist", DataPart::test, folder.path()), "has no Test");
    fs::create_directory_symlink(folder.path(), folder.path() / "loop");
    QCOMPARE(open_recordings("nmnist", DataPart::train, folder.path())->label(0), 3);
    COMPARE_ERROR(open_recordings("heidelberg", DataPart::train, folder.path() / "none"),
                  "is no folder");
    QCOMPARE(identify(folder.path() / "mine/Train").size(), std::size_t{1});
  }
};

QTEST_GUILESS_MAIN(TestEventReaders)
#include "tst_event_readers.moc"
