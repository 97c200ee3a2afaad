// XXH64 against its published values, whole and in pieces.
#include <QTest>

#include "datasets/checksum.h"

using namespace paralif;

class TestChecksum : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void agreesWithThePublishedValues() {
    QCOMPARE(checksum_of(""), 0xef46db3751d8e999ULL);
    QCOMPARE(checksum_of("a"), 0xd24ec4f1a98c6e5bULL);
    QCOMPARE(checksum_of("abc"), 0x44bc2cf5ad770999ULL);
    QCOMPARE(checksum_of("The quick brown fox jumps over the lazy dog"), 0x0b242d361fda71bcULL);
  }

  void doesNotDependOnThePieces() {
    std::string text;
    for (int i = 0; i < 1000; ++i) text += static_cast<char>(i * 7);
    for (const std::size_t piece : {1U, 7U, 31U, 32U, 33U, 100U}) {
      Checksum sum;
      for (std::size_t at = 0; at < text.size(); at += piece) {
        sum.add(std::string_view(text).substr(at, piece));
      }
      QCOMPARE(sum.value(), checksum_of(text));
    }
  }
};

QTEST_GUILESS_MAIN(TestChecksum)
#include "tst_checksum.moc"
