// TrivialAugmentWide against the imaging library that the published experiment uses: sums of all
// bytes, sums weighted by place, and three bytes of each changed picture.
#include <QTest>
#include <set>

#include "core/encoding/trivial_augment.h"

using namespace paralif;
using Change = PictureChange;

namespace {

PictureBytes picture() {
  PictureBytes p{};
  for (int c = 0; c < 3; ++c) {
    for (int y = 0; y < 32; ++y) {
      for (int x = 0; x < 32; ++x) {
        p[std::size_t((c * 32 + y) * 32 + x)] =
            std::uint8_t((x * 7 + y * 5 * (c + 1) + (x * y) % (11 + c) * 9 + 40 * c) % 251);
      }
    }
  }
  return p;
}

}  // namespace

class TestTrivialAugment : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void agreesWithTheImagingLibrary_data() {
    QTest::addColumn<int>("change");
    QTest::addColumn<double>("strength");
    QTest::addColumn<qint64>("sum");
    QTest::addColumn<qint64>("weighted");
    QTest::addColumn<QList<int>>("bytes");
    const auto row = [](const char* name, Change change, double strength, qint64 sum,
                        qint64 weighted, const QList<int>& bytes) {
      QTest::newRow(name) << int(change) << strength << sum << weighted << bytes;
    };
    row("shear x", Change::shear_x, 0.33, 322498, 12779351, {105, 179, 121});
    row("shear y", Change::shear_y, -0.66, 262429, 10254305, {52, 223, 59});
    row("translate x", Change::translate_x, 5.33, 331461, 12670738, {129, 54, 0});
    row("translate y", Change::translate_y, -3.0, 351477, 13578966, {98, 191, 0});
    row("rotate", Change::rotate, 27.0, 334314, 13007586, {135, 143, 0});
    row("brighter", Change::brightness, 0.33, 484992, 14998927, {122, 214, 208});
    row("darker", Change::brightness, -0.66, 130297, 14666702, {31, 54, 53});
    row("colour", Change::colour, 0.99, 388029, 11727417, {13, 156, 143});
    row("contrast", Change::contrast, -0.33, 385927, 14790036, {103, 149, 146});
    row("sharpness", Change::sharpness, 0.66, 388019, 13569408, {76, 172, 174});
    row("posterise", Change::posterise, 3.0, 340256, 13427415, {64, 160, 128});
    row("solarise", Change::solarise, 127.5, 197112, 14607645, {92, 94, 98});
    row("autocontrast", Change::autocontrast, 0.0, 393864, 14941334, {93, 164, 160});
    row("equalise", Change::equalise, 0.0, 456462, 15122469, {93, 212, 213});
  }

  void agreesWithTheImagingLibrary() {
    QFETCH(int, change);
    QFETCH(double, strength);
    QFETCH(qint64, sum);
    QFETCH(qint64, weighted);
    QFETCH(QList<int>, bytes);
    const PictureBytes out = changed(picture(), Change(change), strength);
    qint64 all = 0;
    qint64 placed = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
      all += out[i];
      placed += qint64(out[i]) * qint64(i + 1) % 9973;
    }
    QCOMPARE(all, sum);
    QCOMPARE(placed, weighted);
    const auto at = [&](int c, int y, int x) { return int(out[std::size_t((c * 32 + y) * 32 + x)]); };
    QCOMPARE((QList<int>{at(0, 5, 7), at(1, 16, 20), at(2, 30, 3)}), bytes);
  }

  void strengthsAreThePublishedOnes() {
    QCOMPARE(strength_of(Change::shear_x, 30), 0.99);
    QCOMPARE(strength_of(Change::translate_y, 30), 32.0);
    QCOMPARE(strength_of(Change::rotate, 10), 45.0);
    QCOMPARE(strength_of(Change::solarise, 0), 255.0);
    QCOMPARE(strength_of(Change::solarise, 30), 0.0);
    QCOMPARE(strength_of(Change::posterise, 0), 8.0);
    QCOMPARE(strength_of(Change::posterise, 30), 2.0);
    QVERIFY(has_sign(Change::rotate) && has_sign(Change::sharpness));
    QVERIFY(!has_sign(Change::posterise) && !has_sign(Change::identity));
    QCOMPARE(changed(picture(), Change::posterise, 8.0), picture());
    QCOMPARE(changed(picture(), Change::rotate, 0.0), picture());
  }

  void drawsEveryChange() {
    std::set<PictureBytes> seen;
    int same = 0;
    for (std::uint64_t sample = 0; sample < 300; ++sample) {
      SampleRandom random(7, sample);
      SampleRandom again(7, sample);
      const PictureBytes out = trivially_augmented(picture(), random);
      QCOMPARE(trivially_augmented(picture(), again), out);
      seen.insert(out);
      same += out == picture() ? 1 : 0;
    }
    // One in fourteen is the identity; some strengths of others are it too.
    QVERIFY2(same > 10 && same < 60, qPrintable(QString::number(same)));
    QVERIFY(seen.size() > 120);
  }
};

QTEST_GUILESS_MAIN(TestTrivialAugment)
#include "tst_trivial_augment.moc"
