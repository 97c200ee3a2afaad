// N-TIDIGITS, N-MNIST, DVS Gesture, CIFAR-10 and points: good files, real files and bad ones.
#include <QTest>
#include <cstring>

#include "datasets/data_folder.h"
#include "datasets/readers/event_bytes.h"
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
    COMPARE_ERROR(decode_nmnist(nmnistEvent(0, 0, 0, 9) + nmnistEvent(0, 0, 0, 8), "f.bin"),
                  "event 1", "before");
    const TemporaryFolder folder;
    COMPARE_ERROR(open_nmnist(folder.path()), "holds no recordings");
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
    COMPARE_ERROR(first({"1/1.bin", event, 4'000'000'000}), "d.zip:1/1.bin", "unpacks to 4000000000");
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

  void readsRealGestures() {
    const fs::path data = fs::path(PARALIF_SHARED_DIR) / "data";
    if (find_part("dvsgesture", DataPart::train, data).empty()) QSKIP("they are not here");
    const auto set = open_recordings("dvsgesture", DataPart::train, data);
    QCOMPARE(set->size(), 4);
    QCOMPARE(set->read(0)->size(), std::size_t{63471});
    QCOMPARE(set->read(0)->unit[0], gesture_sensor.unit(49, 82, 0));
    QCOMPARE(set->read(3)->time.back(), 1449.0);
    COMPARE_ERROR(open_recordings("dvsgesture", DataPart::test, data), "ibmGestureTest");
  }

  void decodesGestureArrays() {
    const Recording r = decode_gesture_array(npy({1, 2, 1, 5, 127, 0, 0, 5}), "a.npy");
    QCOMPARE(r.time, (std::vector<double>{5, 5}));
    QCOMPARE(r.unit[0], gesture_sensor.unit(1, 2, 1));
    QCOMPARE(r.unit[1], 127);
    std::string integers =
        std::string("\x93NUMPY\x01\x00\x48\x00", 10) +
        "{'descr': '<i2', 'fortran_order': True, 'shape': (2, 4), }              ";
    integers.resize(10 + 0x48, ' ');
    for (const std::int16_t v : {1, 9, 2, 8, 1, 0, 5, 6}) {
      integers.append(reinterpret_cast<const char*>(&v), 2);
    }
    const Recording columns = decode_gesture_array(integers, "a.npy");
    QCOMPARE(columns.time, (std::vector<double>{5, 6}));
    QCOMPARE(columns.unit[1], gesture_sensor.unit(9, 8, 0));
  }

  void refusesBadGestureArrays() {
    const std::string good = npy({1, 2, 1, 5, 3, 4, 0, 6});
    COMPARE_ERROR(decode_gesture_array("", "a.npy"), "a.npy", "not a numpy array");
    COMPARE_ERROR(decode_gesture_array(good.substr(0, 40), "a.npy"), "cut short");
    COMPARE_ERROR(decode_gesture_array(good.substr(0, good.size() - 1), "a.npy"), "holds fewer");
    std::string claim = good;
    claim.replace(claim.find("(2, 4)"), 6, "(999999999999999999, 4)");
    COMPARE_ERROR(decode_gesture_array(claim, "a.npy"), "holds fewer");
    COMPARE_ERROR(decode_gesture_array(npy({1, 2, 3, 4, 5, 6}, 3), "a.npy"), "3 columns");
    COMPARE_ERROR(decode_gesture_array(npy({128, 2, 1, 5}), "a.npy"), "event 0", "outside");
    COMPARE_ERROR(decode_gesture_array(npy({1, 2, 0.5, 5}), "a.npy"), "event 0", "outside");
    COMPARE_ERROR(decode_gesture_array(npy({1, 2, 1, -5}), "a.npy"), "negative");
    COMPARE_ERROR(decode_gesture_array(npy({1, 2, 1, 5, 1, 2, 1, 4}), "a.npy"), "before");
    std::string object = good;
    object.replace(object.find("<f8"), 3, "|O8");
    COMPARE_ERROR(decode_gesture_array(object, "a.npy"), "plain numbers");
  }

  void readsLabelFiles() {
    const auto trials =
        decode_gesture_labels("class,startTime_usec,endTime_usec\r\n3,10,20\r\n11,30,40", "l.csv");
    QCOMPARE(trials.size(), std::size_t{2});
    QCOMPARE(trials[0].label, 2);
    QCOMPARE(trials[1].span.end_us, 40);
    COMPARE_ERROR(decode_gesture_labels("class\n12,1,2\n", "l.csv"), "line 2", "class 12");
    COMPARE_ERROR(decode_gesture_labels("1,2\n", "l.csv"), "line 1");
    COMPARE_ERROR(decode_gesture_labels("1,5,2\n", "l.csv"), "ends before");
  }

  void refusesBadAedat() {
    const auto decode = [](const std::string& bytes) {
      const ByteSource source{bytes.size(), [&](std::uint64_t at, char* to, std::size_t count) {
                                std::memcpy(to, bytes.data() + at, count);
                              }};
      return decode_aedat(source, {0, 100}, "r.aedat", "trial 2");
    };
    const std::string header = "#!AER-DAT3.1\r\n#!END-HEADER\r\n";
    QCOMPARE(decode(header).size(), std::size_t{0});
    COMPARE_ERROR(decode(""), "r.aedat", "not an AEDAT");
    COMPARE_ERROR(decode("#!AER-DAT3.1\r\n"), "no end of its header");
    COMPARE_ERROR(decode(header + "abc"), "trial 2", "header of a packet");
    std::string packet(28, '\0');
    packet[0] = 1;
    packet[4] = 8;
    packet[8] = 4;
    packet.replace(20, 4, "\xff\xff\xff\x7f");
    COMPARE_ERROR(decode(header + packet), "cut short in a packet");
    packet.replace(20, 4, std::string("\x01\0\0\0", 4));
    const std::string event("\x01\x00\xff\xff\x05\x00\x00\x00", 8);
    COMPARE_ERROR(decode(header + packet + event), "outside the sensor");
    packet[4] = 4;
    COMPARE_ERROR(decode(header + packet + event), "unknown layout");
  }

  void readsCifar10() {
    const TemporaryFolder folder;
    for (int i = 1; i <= 5; ++i) {
      folder.write("cifar-10-batches-bin/data_batch_" + std::to_string(i) + ".bin",
                   cifarImage(i) + cifarImage(0));
    }
    folder.write("cifar-10-batches-bin/test_batch.bin", cifarImage(9));
    const auto train = open_images(DataPart::train, folder.path());
    QCOMPARE(train->size(), 10);
    QCOMPARE(train->label(2), 2);
    QCOMPARE(train->image(2)[3071], 0x7f);
    QCOMPARE(open_images(DataPart::test, folder.path())->label(0), 9);
    folder.write("cifar-10-batches-bin/test_batch.bin", cifarImage(10));
    COMPARE_ERROR(open_images(DataPart::test, folder.path()), "test_batch.bin", "label 10");
    folder.write("cifar-10-batches-bin/test_batch.bin", cifarImage(1).substr(1));
    COMPARE_ERROR(open_images(DataPart::test, folder.path()), "cut short");
    fs::remove(folder.path() / "cifar-10-batches-bin/data_batch_3.bin");
    COMPARE_ERROR(open_images(DataPart::train, folder.path()), "data_batch_3.bin",
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
