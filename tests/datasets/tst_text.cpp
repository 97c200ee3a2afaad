// Names and text from files: suffixes, companions, and what may reach a terminal.
#include <QtTest>

#include "datasets/error.h"
#include "datasets/file_names.h"
#include "datasets/text.h"

using namespace paralif;

class TestText : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void suffixesInAnyCase() {
    QCOMPARE(suffix_of("a/R0.NPY"), std::string(".npy"));
    QVERIFY(has_suffix("x.H5", ".h5"));
    QVERIFY(!has_suffix("x.h5.gz", ".h5"));
    QCOMPARE(suffix_of("plain"), std::string());
  }

  void companionsOfOtherSystems() {
    for (const char* name : {"._s0.wav", ".DS_Store", "__MACOSX", "Thumbs.db", "desktop.ini"}) {
      QVERIFY2(is_companion(std::filesystem::path("k0") / name), name);
    }
    QVERIFY(!is_companion("s0.wav"));
    QVERIFY(!is_companion("."));
    QVERIFY(!is_companion(".hidden/s0.wav"));
    QVERIFY(has_companion("__MACOSX/k0/s0.wav"));
    QVERIFY(!has_companion("k0/s0.wav"));
  }

  void latin1BecomesUtf8() {
    QCOMPARE(as_utf8("caf\xe9"), std::string("caf\xc3\xa9"));
    QCOMPARE(as_utf8("caf\xc3\xa9"), std::string("caf\xc3\xa9"));
    QCOMPARE(as_utf8("\xed\xa0\x80"), std::string("\xc3\xad\xc2\xa0\xc2\x80"));  // a surrogate
    QCOMPARE(as_utf8("\xc0\xaf"), std::string("\xc3\x80\xc2\xaf"));              // overlong
  }

  void whatATerminalObeysIsEscaped() {
    QCOMPARE(printable("a\x1b[31mb\n"), std::string("a\\x1b[31mb\\n"));
    QCOMPARE(printable("x\xe2\x80\xaey"), std::string("x\\u202ey"));
    QCOMPARE(printable("\xc2\x9b"), std::string("\\x9b"));
    QCOMPARE(printable("gr\xc3\xbc\xc3\x9f"), std::string("gr\xc3\xbc\xc3\x9f"));
    const Error error(Error::Kind::file, "a\x1b]0;x\x07", "is\nwrong");
    QCOMPARE(std::string(error.what()), std::string("a\\x1b]0;x\\x07: is\\nwrong"));
  }
};

QTEST_APPLESS_MAIN(TestText)
#include "tst_text.moc"
