// One's own points: columns, classes, rows that cannot be read, limits.
#include <QTest>

#include "datasets/readers/points_reader.h"
#include "tests/datasets/temporary.h"

using namespace paralif;
namespace fs = std::filesystem;

class TestPoints : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void readsPoints() {
    const PointSet set = decode_points("x;y;class\n# mine\n0.25;0.5;b\n0.75;1;a\r\n", "p.csv");
    QCOMPARE(set.points.size(), std::size_t{2});
    QCOMPARE(set.class_names, (std::vector<std::string>{"a", "b"}));
    QCOMPARE(set.points[0].label, 1);
    QCOMPARE(set.points[1].x, 0.75);
    const PointSet wide = decode_points("-10,0,0\n10,5,1\n", "p.csv");
    QCOMPARE(wide.points[0].x, 0.0);
    QCOMPARE(wide.points[1].x, 1.0);
    QCOMPARE(wide.points[1].y, 0.625);
    COMPARE_ERROR(decode_points("", "p.csv"), "p.csv", "no points");
    COMPARE_ERROR(decode_points("1,2,0\n1,2\n", "p.csv"), "line 2");
    COMPARE_ERROR(decode_points("1,2,0\n3,2,0\n", "p.csv"), "one class");
    COMPARE_ERROR(decode_points("1,2,0\n3,2,1\n1,1,2\n1,1,3\n1,1,4\n1,1,5\n1,1,6\n", "p.csv"),
                  "classes: 7");
    COMPARE_ERROR(decode_points("0,5,0,7,1\n0,2,0,4,0\n", "p.csv"), "5 columns", "';'");
  }

  void readsOtherForms() {
    const auto x = [](const char* text) { return decode_points(text, "p.csv").points.at(0).x; };
    QCOMPARE(x("\xEF\xBB\xBF" "0.625,0.897,0\r\n0.776,0.225,1\r\n"), 0.625);
    QCOMPARE(x("+0.1,0.2,0\n0.3,0.4,1\n"), 0.1);
    QCOMPARE(x("0,5;0,7;1\n0,2;0,4;0\n"), 0.5);
    QCOMPARE(x("0,5 0,7 1\n0,2 0,4 0\n"), 0.5);
    QCOMPARE(x("  0.5   0.7   a\n  0.2   0.4   b\n"), 0.5);
    QCOMPARE(x("\"0,5\",\"0,7\",a\n\"0,2\",\"0,4\",b\n"), 0.5);
    // Names with blanks in a table of tabs.
    QCOMPARE(decode_points("0.5\t0.7\ta cat\n0.2\t0.4\ta dog\n", "p").class_names,
             (std::vector<std::string>{"a cat", "a dog"}));
  }

  void takesTheNamedColumns() {
    const auto first = [](const char* text) { return decode_points(text, "p.csv").points.at(0); };
    QCOMPARE(first("label,y,x\n1,0.25,0.75\n0,0.5,0.5\n").x, 0.75);
    QCOMPARE(first("label,y,x\n1,0.25,0.75\n0,0.5,0.5\n").label, 1);
    QCOMPARE(first(",x,y,label\n0,0.25,0.75,a\n1,0.5,0.5,b\n").x, 0.25);
    QCOMPARE(first("x1,x2,y\n0.25,0.75,0\n0.5,0.5,1\n").y, 0.75);
    QCOMPARE(first("y;x;kind\n0,25;0,75;0\n0,5;0,5;1\n").x, 0.75);
    COMPARE_ERROR(decode_points("a,b,c,d\n1,2,3,4\n", "p"), "4 columns");
  }

  void oneClassHoweverItIsWritten() {
    const PointSet set =
        decode_points("0.1,0.2,1\n0.1,0.3,1.0\n0.1,0.4,01\n0.2,0.2,0.0\n0.2,0.1,-0\n", "p.csv");
    QCOMPARE(set.class_names, (std::vector<std::string>{"0", "1"}));
    QCOMPARE(set.points[1].label, 1);
    QCOMPARE(set.points[4].label, 0);
    const PointSet german = decode_points("0,1;0,2;1,0\n0,1;0,3;1\n0,5;0,5;2,5\n", "p.csv");
    QCOMPARE(german.class_names, (std::vector<std::string>{"1", "2.5"}));
  }

  void treatsRowsWithoutNumbersAlike() {
    const std::vector<std::string> good{"0.1,0.2,0", "0.3,0.4,1", "0.5,0.6,0"};
    for (const char* bad : {"nan,nan,1", "NaN,0.5,0", ",,1", "inf,0.5,1", "NA,NA,1", "0.1,0.2,",
                            "0.1,0.2,nan", "x,0.5,1", "12:05,0.1,0"}) {
      for (std::size_t at = 0; at <= good.size(); ++at) {
        for (const char* heading : {"", "x,y,label\n"}) {
          std::string text = heading;
          for (std::size_t i = 0; i <= good.size(); ++i) {
            if (i == at) text += std::string(bad) + "\n";
            if (i < good.size()) text += good[i] + "\n";
          }
          const std::string line =
              "line " + std::to_string(at + 1 + (std::string(heading).empty() ? 0 : 1)) + " ";
          COMPARE_ERROR(decode_points(text, "p.csv"), line.c_str());
          const PointSet set = decode_points(text, "p.csv", {.skip_bad = true});
          QCOMPARE(set.points.size(), good.size());
          QCOMPARE(set.skipped, std::size_t{1});
        }
      }
    }
    COMPARE_ERROR(decode_points("nan,nan,0\n", "p.csv", {.skip_bad = true}), "no row");
  }

  void saysHowManyAreTooMany() {
    std::string text;
    for (std::size_t i = 0; i <= PointSet::most_points; ++i) text += i % 2 ? "0.1,0.2,0\n" : "0.5,0.5,1\n";
    COMPARE_ERROR(decode_points(text, "p.csv"), "more than 100000 points", "random part");
    text.resize(text.size() - std::string("0.5,0.5,1\n").size());
    QCOMPARE(decode_points(text, "p.csv").points.size(), PointSet::most_points);
  }

  void writesWhatItReads() {
    const PointSet set = decode_points("0.123456789;0.2;a, b\n0.3;0.4;c d\n0.3;0.1;#e\n", "p");
    const PointSet again = decode_points(points_text(set), "p");
    QCOMPARE(again.class_names, set.class_names);
    QCOMPARE(again.points[0].x, 0.123456789);
    QCOMPARE(again.points[2].label, set.points[2].label);
  }

  void findsTheFile() {
    const TemporaryFolder folder;
    folder.write("a/._points.csv", "no table");
    folder.write("__MACOSX/points.csv", "no table");
    folder.write("b/Points.CSV", "0.1,0.2,0\n0.3,0.4,1\n");
    QCOMPARE(find_points(folder.path()), folder.path() / "b/Points.CSV");
    QCOMPARE(read_points(folder.path() / "b/Points.CSV").points.size(), std::size_t{2});
    QVERIFY(find_points(folder.path() / "a").empty());
  }

  void readsTheCases() {
    const fs::path cases = fs::path(PARALIF_SHARED_DIR) / "cases";
    if (!fs::exists(cases)) QSKIP("the files of the cases are not here");
    const PointSet marked = read_points(cases / "bom/points_nohead");
    QCOMPARE(marked.points.size(), std::size_t{60});
    QCOMPARE(marked.class_names.size(), std::size_t{2});
    QCOMPARE(read_points(cases / "csv-rows/mixlabel").class_names,
             (std::vector<std::string>{"0", "1"}));
    COMPARE_ERROR(read_points(cases / "csv-rows/firstnan"), "points.csv", "line 2");
    const PointSet skipped = read_points(cases / "csv-rows/firstnan", {.skip_bad = true});
    QVERIFY(skipped.skipped >= 3);
    QVERIFY(read_points(cases / "csv-rows/plus").points.size() > 10);
  }
};

QTEST_GUILESS_MAIN(TestPoints)
#include "tst_points.moc"
