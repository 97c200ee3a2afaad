// What a classroom is made of: streams of the VNC protocol, links, pages, what is sent.
#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <set>

#include "app/classroom/pages.h"
#include "app/classroom/seat.h"
#include "app/classroom/seat_keeper.h"
#include "app/classroom/seat_state.h"
#include "app/classroom/teacher_server.h"
#include "app/classroom/vnc_client_stream.h"
#include "app/classroom/vnc_server_stream.h"
#include "core/experiments/experiment_file.h"
#include "core/experiments/presets.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"

using namespace paralif;
using namespace std::string_literals;

namespace {

const std::string version = "RFB 003.003\n";

/// SetPixelFormat: 32 bits, depth 24, true colours of 8 bits.
std::string pixel_format(char big_endian, char red, char green, char blue) {
  return "\0\0\0\0\x20\x18"s + big_endian + "\1\0\xff\0\xff\0\xff"s + red + green + blue + "\0\0\0"s;
}

/// All at once, and byte by byte: both must give the same.
template <typename Stream>
std::string passed(const std::string& bytes) {
  Stream whole;
  std::string out = whole.pass(bytes);
  Stream torn;
  std::string pieces;
  for (const char byte : bytes) pieces += torn.pass({&byte, 1});
  if (pieces != out) throw std::logic_error("it matters where the stream is torn");
  return out;
}

std::string rectangle(char width, char height, const std::string& encoding) {
  return "\0\1\0\2\0"s + width + "\0"s + height + encoding;
}

}  // namespace

class TestClassroomParts : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aClientsColoursAreNamedInTheOtherByteOrder_data() {
    QTest::addColumn<QByteArray>("greeting");
    QTest::newRow("3.3: a shared flag") << QByteArray::fromStdString(version + "\1");
    QTest::newRow("3.8: security type, shared flag") << QByteArray("RFB 003.008\n\1\1");
  }
  void aClientsColoursAreNamedInTheOtherByteOrder() {
    QFETCH(QByteArray, greeting);
    const std::string before = greeting.toStdString() + "\2\0\0\2\0\0\0\0\xff\xff\xff\x11"s  // SetEncodings
                               + "\4\1\0\0\0\0\0a"s;                                           // a key
    const std::string after = "\3\0\0\0\0\0\5\0\3\x20"s + "\5\1\0\7\0\7"s  // update request, pointer
                              + "\6\0\0\0\0\0\0\3abc"s                      // text with a zero in its length
                              + "\6\0\0\0\xff\xff\xff\xfc\0\0\0\0"s;        // extended clipboard, 4 bytes
    // Red in byte 0, green in 1, blue in 2.
    QCOMPARE(passed<VncClientStream>(before + pixel_format(0, 0, 8, 16) + after),
             before + pixel_format(1, 24, 16, 8) + after);
    QCOMPARE(passed<VncClientStream>(before + pixel_format(0, 16, 8, 0) + after),
             before + pixel_format(1, 8, 16, 24) + after);
    // Other formats, and other messages that look like one, stay.
    for (const std::string& same : {pixel_format(1, 24, 16, 8), pixel_format(0, 11, 5, 0), "\6\0\0\0\0\0\0\x14"s + pixel_format(0, 0, 8, 16)}) {
      QCOMPARE(passed<VncClientStream>(before + same + after), before + same + after);
    }
  }

  void theUnusedByteOfPixelsIsOpaque() {
    const std::string greeting = version + "\0\0\0\1"s                                       // no password
                                 + std::string(20, '\0') + "\0\0\0\3Qt\0"s;                    // ServerInit
    const std::string raw = "\0\0\0\0"s, cursor = "\xff\xff\xff\x11"s;
    const std::string update = "\0\0\0\3"s + rectangle(2, 2, raw);
    const std::string rest = rectangle(1, 1, cursor) + "rgb\0\x80"s + rectangle(1, 1, raw);
    const std::string ends = "\2\3\0\0\0\0\0\0\2hi"s + "\0\0\0\1"s + rectangle(1, 1, raw);
    const auto stream = [&](char unused) {
      const std::string pixel = "\1\2\3"s + unused;
      return greeting + update + pixel + pixel + pixel + pixel + rest + pixel + ends + pixel;
    };
    QCOMPARE(passed<VncServerStream>(stream('\0')), stream('\xff'));
  }

  void whatIsNoKnownProtocolPassesAsItIs() {
    for (const std::string& bytes : {"HTTP/1.1 200 OK\r\n\r\n"s + std::string(64, '\0'), "RFB 003.008\n\1\2\0\0\0\0"s,
                                     version + "\0\0\0\0\0\0\0\4full"s,
                                     version + "\0\0\0\1"s + std::string(24, '\0') + "\0\0\0\1"s + rectangle(9, 9, "\0\0\0\7"s) + "zrle\0"s}) {
      QCOMPARE(passed<VncServerStream>(bytes), bytes);
    }
  }

  void linksAreKeptFromLessonToLesson() {
    const QTemporaryDir dir;
    const std::filesystem::path folder = dir.filePath("class").toStdString();
    const std::vector<Seat> first = prepare_seats(folder, 3, false);
    std::set<std::string> tokens;
    for (const Seat& seat : first) {
      QCOMPARE(seat.token.size(), 8u);
      tokens.insert(seat.token);
      QVERIFY(std::filesystem::is_directory(seat.folder / "inbox"));
      QCOMPARE(std::filesystem::status(seat.folder).permissions(), std::filesystem::perms::owner_all);
    }
    QCOMPARE(tokens.size(), 3u);
    const std::vector<Seat> more = prepare_seats(folder, 5, false);
    for (std::size_t i = 0; i < 3; ++i) QCOMPARE(more[i].token, first[i].token);
    // Fewer seats do not forget the others.
    prepare_seats(folder, 1, false);
    QCOMPARE(prepare_seats(folder, 5, false)[4].token, more[4].token);
    QVERIFY(prepare_seats(folder, 3, true)[0].token != first[0].token);
    write_file(folder / "seats.json", "[1]");
    QVERIFY_THROWS_EXCEPTION(Error, prepare_seats(folder, 1, false));
  }

  void aPlanOfASeatComesBack() {
    const QTemporaryDir dir;
    SeatPlan plan;
    plan.walls = {"/own", {"/home", "/tmp"}, {"/data"}, 12345678901, 3, 7};
    plan.walled = false;
    plan.socket = "/s";
    plan.studio = "/bin/studio";
    plan.log = "/log";
    plan.port = 5903;
    plan.size = "1024x700";
    plan.open = "yinyang-first";
    const std::filesystem::path file = dir.filePath("plan.json").toStdString();
    save_seat_plan(plan, file);
    const SeatPlan back = load_seat_plan(file);
    QCOMPARE(back.walls.own, plan.walls.own);
    QCOMPARE(back.walls.hidden, plan.walls.hidden);
    QCOMPARE(back.walls.shown, plan.walls.shown);
    QCOMPARE(back.walls.memory, plan.walls.memory);
    QCOMPARE(back.walls.cores, 3);
    QCOMPARE(back.walls.first_core, 7);
    QCOMPARE(back.walled, false);
    QCOMPARE(back.socket, plan.socket);
    QCOMPARE(back.studio, plan.studio);
    QCOMPARE(back.log, plan.log);
    QCOMPARE(back.port, plan.port);
    QCOMPARE(back.size, plan.size);
    QCOMPARE(back.open, plan.open);
    write_file(file, "{}");
    QVERIFY_THROWS_EXCEPTION(Error, load_seat_plan(file));
  }

  void whatIsSentIsReadFirstAndStaysInTheInbox() {
    const QTemporaryDir dir;
    const std::vector<Seat> seats = prepare_seats(dir.path().toStdString(), 2, false);
    const std::string good = to_json(first_experiment());
    send_to(seats, "../../outside.json", good);
    for (const Seat& seat : seats) QCOMPARE(read_file(seat.folder / "inbox/outside.json"), good);
    QVERIFY(!QFile::exists(dir.filePath("outside.json")));
    send_to({seats[1]}, "graph.nir", "any bytes");
    QVERIFY(!std::filesystem::exists(seats[0].folder / "inbox/graph.nir"));
    QVERIFY(std::filesystem::exists(seats[1].folder / "inbox/graph.nir"));
    for (const auto& [name, bytes] : {std::pair{"a.json"s, "{"s}, {"a.json"s, R"({"schema": 99})"s}, {"run.sh"s, "x"s},
                                      {""s, "x"s}, {".."s, "x"s}, {"a\nb.nir"s, "x"s}, {"c:\\d.nir"s, "x"s},
                                      {std::string(300, 'a') + ".nir", "x"s}}) {
      QVERIFY_THROWS_EXCEPTION(Error, send_to(seats, name, bytes));
    }
    QCOMPARE(QDir(QString::fromStdString((seats[0].folder / "inbox").string())).entryList(QDir::Files).size(), 1);
  }

  void pagesNameEverySeat() {
    const std::vector<Seat> seats{{1, "abcdefgh", "/a"}, {2, "23456789", "/b"}};
    const QString sheet = QString::fromStdString(sheet_page(seats, "http://host:1&<2>"));
    QVERIFY(sheet.contains(">http://host:1&amp;&lt;2&gt;/23456789/</a>"));
    const QString teacher = QString::fromStdString(teacher_page(seats, "https://host:6080"));
    QVERIFY(teacher.contains("src=\"https://host:6080/abcdefgh/?watch\""));
    for (const Preset& preset : presets()) QVERIFY(teacher.contains("value=\"" + QString::fromStdString(preset.id) + "\""));
    const QString seat = QString::fromStdString(seat_page(seats[1]));
    QVERIFY(seat.contains("token=23456789"));
    for (const QString& page : {sheet, teacher, seat, QString::fromStdString(door_page())}) {
      QVERIFY(page.startsWith("<!doctype html>") && page.trimmed().endsWith("</html>"));
      QVERIFY(!page.contains("{{"));
      QVERIFY(!page.contains("http://", Qt::CaseInsensitive) || page == sheet);
    }
  }

  void aSeatWithoutRunsSaysSo() {
    const QTemporaryDir dir;
    const std::vector<Seat> seats = prepare_seats(dir.path().toStdString(), 1, false);
    QCOMPARE(doing(seats[0]), "no run yet"s);
    const std::filesystem::path run = seats[0].folder / ".local/share/paralif/runs/2026-01-01-000000-broken";
    std::filesystem::create_directories(run);
    write_file(run / "run.json", "{");
    write_file(run / "experiment.json", "{");
    QVERIFY(QString::fromStdString(doing(seats[0])).contains("JSON"));
  }
};

QTEST_GUILESS_MAIN(TestClassroomParts)
#include "tst_classroom_parts.moc"
