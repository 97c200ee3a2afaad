// JSON from strangers: bounded before it is parsed.
#include <QtTest>

#include "core/values/json_document.h"
#include "datasets/error.h"

using namespace paralif;

class TestJsonDocument : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void depthIsBounded() {
    const std::string deep(200000, '[');
    QVERIFY_EXCEPTION_THROWN(parse_json(deep, "x.json"), Error);
    const std::string mixed = std::string(65, '[') + std::string(65, ']');
    QVERIFY_EXCEPTION_THROWN(parse_json(mixed, "x.json"), Error);
    const std::string good = std::string(64, '[') + std::string(64, ']');
    QVERIFY(parse_json(good, "x.json").is_array());
  }

  void bracketsInStringsDoNotCount() {
    const std::string text = "\"" + std::string(1000, '[') + "\\\"" + std::string(1000, '{') + "\"";
    QVERIFY(parse_json(text, "x.json").is_string());
  }

  void sizeIsBounded() {
    QVERIFY_EXCEPTION_THROWN(parse_json("[1,2,3]", "x.json", {.bytes = 4}), Error);
  }

  void aFaultNamesTheFile() {
    try {
      parse_json("{\"a\": nope}", "/tmp/x.json");
      QFAIL("no error");
    } catch (const Error& error) {
      QVERIFY(QString(error.what()).startsWith("/tmp/x.json: is no JSON"));
    }
    QVERIFY_EXCEPTION_THROWN(parse_json("[1e999]", "x.json"), Error);
  }

  void linesNeverThrow() {
    QCOMPARE(json_line({{"name", "caf\xe9"}}), std::string("{\"name\":\"caf\xef\xbf\xbd\"}"));
  }
};

QTEST_APPLESS_MAIN(TestJsonDocument)
#include "tst_json_document.moc"
