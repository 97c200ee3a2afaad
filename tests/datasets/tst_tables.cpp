// Tables of text: numbers, cells, forms that are found out, and those that are refused.
#include <QTest>

#include <cmath>

#include "datasets/tables/column_name.h"
#include "datasets/tables/table_number.h"
#include "datasets/tables/table_reader.h"
#include "tests/datasets/temporary.h"

using namespace paralif;

namespace {

using Rows = std::vector<std::vector<double>>;

TableShape pairs() {
  return {.fewest = 2, .numbers = 2, .remedy = "give pairs"};
}

/// All cells as numbers; what is none as -1.
Rows read(const std::string& text, const TableShape& shape = pairs(),
          const TableOptions& options = {}) {
  TableReader table(text, "t.csv", shape, options);
  Rows rows;
  while (table.next()) {
    std::vector<double> row;
    for (std::size_t i = 0; i < table.columns(); ++i) row.push_back(table.number(i).value_or(-1));
    rows.push_back(row);
  }
  return rows;
}

}  // namespace

class TestTables : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void readsNumbersWhole() {
    QCOMPARE(number_of("+0.1").value(), 0.1);
    QCOMPARE(number_of(" 1e3 ").value(), 1000.0);
    QCOMPARE(number_of(".5").value(), 0.5);
    QCOMPARE(number_of("5.").value(), 5.0);
    QCOMPARE(number_of("-2,5", ',').value(), -2.5);
    QCOMPARE(number_of("+2,5e1", ',').value(), 25.0);
    QCOMPARE(number_of("1e-999").value(), 0.0);
    QVERIFY(std::isinf(number_of("1e999").value()));
    QVERIFY(std::isnan(number_of("NaN").value()));
    for (const char* text : {"", "+", "12:05", "12abc", "0x1f", "1 2", "1,5", "+-1", "++1", "abc"}) {
      QVERIFY2(!number_of(text), text);
    }
    for (const char* text : {"1.5", "1,", ",5", "1,234,567", "1.234,5", "a,5"}) {
      QVERIFY2(!number_of(text, ','), text);
    }
  }

  void findsTheForm_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("commas") << QByteArray("0.5,7\n1.5,8\n");
    QTest::newRow("commas and blanks") << QByteArray("0.5, 7\n1.5, 8\n");
    QTest::newRow("blank before comma") << QByteArray("0.5 ,7\n1.5 ,8\n");
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF" "0.5,7\r\n1.5,8\r\n");
    QTest::newRow("mark and heading") << QByteArray("\xEF\xBB\xBFt,u\n0.5,7\n1.5,8\n");
    QTest::newRow("old line ends") << QByteArray("0.5,7\r1.5,8\r");
    QTest::newRow("no last line end") << QByteArray("0.5,7\n1.5,8");
    QTest::newRow("semicolons, points") << QByteArray("0.5;7\n1.5;8\n");
    QTest::newRow("semicolons, commas") << QByteArray("0,5;7\n1,5;8\n");
    QTest::newRow("tabs, points") << QByteArray("0.5\t7\n1.5\t8\n");
    QTest::newRow("tabs, commas") << QByteArray("0,5\t7\n1,5\t8\n");
    QTest::newRow("blanks, points") << QByteArray("   0.5    7\n   1.5   8\n");
    QTest::newRow("blanks, commas") << QByteArray(" 0,5 7\n 1,5 8\n");
    QTest::newRow("runs of tabs") << QByteArray("0.5\t\t7\n1.5\t\t8\n");
    QTest::newRow("blanks at the ends") << QByteArray("0.5 7 \n1.5 8  \n");
    QTest::newRow("quotes") << QByteArray("\"0.5\",\"7\"\n\"1.5\",\"8\"\n");
    QTest::newRow("quoted commas") << QByteArray("\"0,5\",\"7\"\n\"1,5\",\"8\"\n");
    QTest::newRow("trailing separators") << QByteArray("0.5;7;\n1.5;8;\n");
    QTest::newRow("empty rows") << QByteArray("\n0.5,7\n\n,,\n1.5,8\n\n");
    QTest::newRow("comments") << QByteArray("# a, b\n0.5,7\n# 5,5\n% x\n1.5,8\n");
    QTest::newRow("signs") << QByteArray("+0.5,+7\n+1.5,+8\n");
    QTest::newRow("powers") << QByteArray("5e-1,7\n15E-1,8\n");
    QTest::newRow("latin-1 heading") << QByteArray("Zeit;Kan\xE4le\n0,5;7\n1,5;8\n");
    QTest::newRow("heading with blanks") << QByteArray("time (s);unit no\n0,5;7\n1,5;8\n");
  }
  void findsTheForm() {
    QFETCH(QByteArray, text);
    QVERIFY((read(text.toStdString()) == Rows{{0.5, 7}, {1.5, 8}}));
  }

  void readsIntegersUntilTheFirstComma() {
    QVERIFY((read("1;7\n2;8\n2,5;9\n") == Rows{{1, 7}, {2, 8}, {2.5, 9}}));
    // The first thousand rows do not decide against what comes later.
    std::string text;
    for (int i = 0; i < 3000; ++i) text += std::to_string(i) + ";1\n";
    QCOMPARE(read(text + "3000,5;2\n").back(), (std::vector<double>{3000.5, 2}));
  }

  void refusesWhatCanBeReadInTwoWays() {
    const TableShape values{.fewest = 1, .most = 2, .all_numbers = true, .remedy = "give values"};
    COMPARE_ERROR(read("1,5\n2,7\n", values), "t.csv", "line 1", "two ways", "1 | 5", "1.5");
    COMPARE_ERROR(read("1,0\n\n2,7\n", values), "two ways", "--decimal");
    QVERIFY((read("1,5\n2,7\n", values, {.decimal = '.'}) == Rows{{1, 5}, {2, 7}}));
    QVERIFY((read("1,5\n2,7\n", values, {.decimal = ','}) == Rows{{1.5}, {2.7}}));
    QVERIFY((read("1,5\n2,7\n", values, {.separator = ','}) == Rows{{1, 5}, {2, 7}}));
    QVERIFY((read("t,value\n1,5\n2,7\n", values) == Rows{{1, 5}, {2, 7}}));
    QVERIFY((read("value\n1,5\n2,7\n", values) == Rows{{1.5}, {2.7}}));
    // As a pair there is one reading only.
    QVERIFY((read("1,5\n2,7\n") == Rows{{1, 5}, {2, 7}}));
    QVERIFY((read("1,5;2,5\n3,5;4,5\n") == Rows{{1.5, 2.5}, {3.5, 4.5}}));
    QVERIFY((read("1,5 2,5\n3,5 4,5\n") == Rows{{1.5, 2.5}, {3.5, 4.5}}));
  }

  void tellsHeadingsFromNumbers() {
    TableReader named("sender\ttime_ms\n35\t2.441\n", "t", pairs());
    QCOMPARE(named.heading(), (std::vector<std::string>{"sender", "time_ms"}));
    TableReader plain("  2.441    35\n", "t", pairs());
    QVERIFY(plain.heading().empty());
    TableReader first("nan,nan\n1,2\n", "t", pairs());
    QVERIFY(first.heading().empty());
    TableReader words("NA,NA\n1,2\n", "t", pairs());
    QVERIFY(words.heading().empty());
    TableReader junk("12:05,3\n1,2\n", "t", pairs());
    QVERIFY(junk.heading().empty());
    TableReader only("# NEST version: 3.6.0\nsender\ttime_ms\n", "t", pairs());
    QCOMPARE(only.columns(), std::size_t{2});
    QVERIFY(!only.next());
    TableReader comment("# made by me: today\n# neuron ms\n35 2.441\n", "t", pairs());
    QCOMPARE(comment.heading(), (std::vector<std::string>{"neuron", "ms"}));
    QVERIFY(comment.heading_is_comment());
    TableReader index(",x,y\n0,1.5,2.5\n", "t", pairs());
    QCOMPARE(index.heading().size(), std::size_t{3});
  }

  void refusesByLine() {
    COMPARE_ERROR(read("0.5,7\n1.5\n"), "t.csv", "line 2", "1 cells", "line 1 has 2");
    COMPARE_ERROR(read("a,b\n\n0.5,7,1\n"), "line 3", "3 cells");
    COMPARE_ERROR(read("2,4;1\n3;1\n1.234,5;1\n5;1;1\n"), "line 4");
    COMPARE_ERROR(read(std::string("\xFF\xFE") + "0\0,\0", pairs()), "UTF-16", "UTF-8");
    COMPARE_ERROR(read(std::string("0\0.\0005\0", 6)), "zero bytes");
    TableReader table("1,2\n3\n4,5\n", "t", pairs(), {.skip_bad = true});
    int rows = 0;
    while (table.next()) ++rows;
    QCOMPARE(rows, 2);
    QCOMPARE(table.rejected(), std::size_t{1});
  }

  void readsNothing() {
    for (const char* text : {"", "\n\n", "# a comment\n", "\xEF\xBB\xBF"}) {
      TableReader table(text, "t", pairs());
      QVERIFY(!table.next());
    }
  }

  void readsNamesOfColumns() {
    QCOMPARE(ColumnName("spikeTime [ms]").words(),
             (std::vector<std::string>{"spike", "time", "ms"}));
    QCOMPARE(ColumnName("time_ms").seconds().value(), 1e-3);
    QCOMPARE(ColumnName("t (\xC2\xB5s)").seconds().value(), 1e-6);
    QVERIFY(ColumnName("ms").is_time());
    QVERIFY(ColumnName("Zeit").is_time());
    QVERIFY(!ColumnName("unit").is_time());
    QVERIFY(!ColumnName("trials").seconds());
  }
};

QTEST_GUILESS_MAIN(TestTables)
#include "tst_tables.moc"
