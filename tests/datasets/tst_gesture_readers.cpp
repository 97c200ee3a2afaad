// DVS gestures: AEDAT files, arrays and label files, also damaged ones and real ones.
#include <QTest>

#include <algorithm>
#include <cstring>

#include "datasets/catalogue/check.h"
#include "datasets/data_folder.h"
#include "datasets/readers/event_bytes.h"
#include "datasets/readers/npy_array.h"
#include "datasets/readers/readers.h"
#include "tests/datasets/temporary.h"

using namespace paralif;
namespace fs = std::filesystem;

namespace {

std::string npy(const std::vector<double>& values, std::size_t columns = 4) {
  return npy_bytes(values, values.size() / columns, columns);
}

}  // namespace

class TestGestureReaders : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void keepsAedatEventsByTheirPlace() {
    const auto number = [](std::uint32_t value) {
      return std::string{char(value), char(value >> 8), char(value >> 16), char(value >> 24)};
    };
    const auto packet = [&](std::uint32_t overflow, const std::vector<std::uint32_t>& times) {
      std::string bytes("\x01\x00\x01\x00", 4);
      const auto events = std::uint32_t(times.size());
      bytes += number(8) + number(4) + number(overflow) + number(events) + number(events) +
               number(events);
      for (const std::uint32_t time : times) bytes += number(3U << 17 | 5U << 2 | 1U) + number(time);
      return bytes;
    };
    const std::string header = "#!AER-DAT3.1\r\n#!END-HEADER\r\n";
    const auto source = [](const std::string& bytes) {
      return ByteSource{bytes.size(), [&bytes](std::uint64_t at, char* to, std::size_t count) {
                          std::memcpy(to, bytes.data() + at, count);
                        }};
    };
    // One event 10 s ahead, first in its packet: it and those after it are in their trials.
    const std::string glitch = header + packet(0, {100, 200}) + packet(0, {10'000'300, 310, 320}) +
                               packet(0, {1000, 1100});
    const AedatIndex index(source(glitch), "r.aedat");
    const Recording first = index.trial(source(glitch), {100, 500}, "trial 0");
    QCOMPARE(first.time, (std::vector<double>{0, 100, 100, 210, 220}));
    QCOMPARE(first.flaws.out_of_order, std::size_t{1});
    QVERIFY(QString::fromStdString(first.flaws.sentences()[0]).contains("event 2 says 10.0003 s"));
    const Recording second = index.trial(source(glitch), {900, 2000}, "trial 1");
    QCOMPARE(second.size(), std::size_t{2});
    QVERIFY(!second.flaws.any());
    // The clock of 31 bits goes round.
    const std::string round = header + packet(0, {0x7ffffff0U}) + packet(1, {5});
    const std::int64_t start = 0x7ffffff0;
    const Recording over = decode_aedat(source(round), {start, start + 100}, "r.aedat", "trial 0");
    QCOMPARE(over.time, (std::vector<double>{0, 21}));
    QVERIFY(!over.flaws.any());
  }

  void readsRealGestures() {
    const fs::path data = fs::path(PARALIF_SHARED_DIR) / "data";
    if (find_part("dvsgesture", DataPart::train, data).empty()) QSKIP("they are not here");
    const auto set = open_recordings("dvsgesture", DataPart::train, data);
    QCOMPARE(set->size(), 4);
    QCOMPARE(set->read(0)->size(), std::size_t{63471});
    QCOMPARE(set->read(0)->unit[0], gesture_sensor.unit(49, 82, 0));
    QCOMPARE(set->read(3)->time.back(), 1449000.0);  // 1449 ms
    COMPARE_ERROR(open_recordings("dvsgesture", DataPart::test, data), "ibmGestureTest");
  }

  void decodesGestureArrays() {
    const Recording r = decode_gesture_array(npy({1, 2, 1, 5, 127, 0, 0, 5}), "a.npy");
    QCOMPARE(r.time, (std::vector<double>{5000, 5000}));
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
    QCOMPARE(columns.time, (std::vector<double>{5000, 6000}));
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
    COMPARE_ERROR(decode_gesture_array(npy({1, 2, -1, 5, 1, 2, 0, 6}), "a.npy"), "event 1");
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
    COMPARE_ERROR(decode(header + "abc"), "r.aedat", "header of a packet");
    std::string packet(28, '\0');
    packet[0] = 1;
    packet[4] = 8;
    packet[8] = 4;
    packet.replace(20, 4, "\xff\xff\xff\x7f");
    COMPARE_ERROR(decode(header + packet), "cut short in a packet");
    packet.replace(20, 4, std::string("\x01\0\0\0", 4));
    const std::string event("\x01\x00\xff\xff\x05\x00\x00\x00", 8);
    COMPARE_ERROR(decode(header + packet + event), "trial 2", "outside the sensor");
    packet[4] = 4;
    COMPARE_ERROR(decode(header + packet + event), "unknown layout");
  }
};

QTEST_GUILESS_MAIN(TestGestureReaders)
#include "tst_gesture_readers.moc"
