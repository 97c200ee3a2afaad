// Augmentation of recordings: the affine map in time and space, whole pixels, masks.
#include <QTest>
#include <cmath>

#include "core/encoding/augmentation.h"

using namespace paralif;

namespace {

EventRows rowsOf(std::int64_t inputs, const std::vector<std::vector<int>>& steps) {
  EventRows rows;
  rows.inputs = inputs;
  for (const auto& step : steps) {
    for (const int unit : step) {
      rows.unit.push_back(unit);
      rows.value.push_back(1.0F);
    }
    rows.start.push_back(rows.events());
  }
  return rows;
}

}  // namespace

class TestAugmentation : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void shiftsByWholePixels() {
    for (std::uint64_t draw = 0; draw < 50; ++draw) {
      SampleRandom random(draw, 1);
      const AffineMap map = draw_affine(random, 0.05, 0.1, 0.15, 64, 32);
      QVERIFY(std::abs(map.shift_x) <= 3 && std::abs(map.shift_y) <= 3);  // round(3.2)
      QVERIFY(map.scale >= 0.85 && map.scale <= 1.15);
      SampleRandom alike(draw, 1);
      const double exact = alike.uniform(-0.05 * 64, 0.05 * 64);
      QCOMPARE(map.shift_x, std::int64_t(std::nearbyint(exact)));
    }
  }

  void mapsAsAnAffineImage() {
    QCOMPARE(affine_sources(4, 1.0, 1), (std::vector<std::int64_t>{-1, 0, 1, 2}));
    QCOMPARE(affine_sources(4, 2.0, 0), (std::vector<std::int64_t>{1, 1, 2, 2}));
    QCOMPARE(affine_sources(4, 0.5, 0), (std::vector<std::int64_t>{-1, 0, 2, -1}));
    const EventRows rows = rowsOf(4, {{0, 3}, {1}, {}, {2}});
    const EventRows moved = affine_in_time(rows, {1.0, 1, 0});
    QCOMPARE(moved.start, (std::vector<std::int64_t>{0, 1, 2, 2, 3}));
    QCOMPARE(moved.unit, (std::vector<std::int32_t>{1, 2, 3}));
    const EventRows grown = affine_in_time(rows, {2.0, 0, 0});
    QCOMPARE(grown.start, (std::vector<std::int64_t>{0, 2, 4, 4, 4}));
    QCOMPARE(grown.unit, (std::vector<std::int32_t>{0, 1, 0, 1}));
    const SensorShape grid{2, 2, 1};
    const EventRows frame = affine_in_space(rowsOf(4, {{0, 3}}), {1.0, 0, 1}, grid);
    QCOMPARE(frame.unit, (std::vector<std::int32_t>{2}));
    // Of equal extents in time and space the two maps agree.
    const EventRows identity = affine_in_space(rows, {1.0, 0, 0}, grid);
    QCOMPARE(identity.unit, rows.unit);
  }

  void masksARun() {
    SampleRandom random(3, 4);
    EventRows rows = rowsOf(4, std::vector<std::vector<int>>(100, {0, 1, 2, 3}));
    mask_steps(rows, random, 0.5);
    QCOMPARE(rows.steps(), 100);
    QVERIFY(rows.events() >= 200 && rows.events() < 400);
    EventRows more = rowsOf(100, {{1, 5, 50, 99}});
    for (int i = 0; i < 20; ++i) mask_units(more, random, 1.0);
    QVERIFY(more.events() < 4);
    QCOMPARE(more.start.back(), more.events());
  }
};

QTEST_GUILESS_MAIN(TestAugmentation)
#include "tst_augmentation.moc"
