// The samples of every batch: each once an epoch, in another order, shared out between processes.
#include <QTest>
#include <set>

#include "core/training/batch_plan.h"

using namespace paralif;

class TestBatchPlan : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void visitsEverySampleOnce() {
    const BatchPlan plan{.samples = 103, .batch_size = 10, .key = 4};
    QCOMPARE(plan.batches(), 11);
    std::vector<std::int64_t> visited;
    for (std::int64_t i = 0; i < plan.batches(); ++i) {
      const auto batch = plan.batch(1, i);
      QCOMPARE(batch.size(), std::size_t(i < 10 ? 10 : 3));
      visited.insert(visited.end(), batch.begin(), batch.end());
    }
    QCOMPARE(std::set(visited.begin(), visited.end()).size(), std::size_t{103});
    QCOMPARE(visited.size(), std::size_t{103});
    QVERIFY(plan.batch(1, 0) != plan.batch(2, 0));
    QCOMPARE(plan.batch(2, 0), plan.batch(2, 0));
    QVERIFY(plan.batch(1, 11).empty());
  }

  void dropsTheIncompleteBatch() {
    const BatchPlan plan{.samples = 103, .batch_size = 10, .drop_last = true};
    QCOMPARE(plan.batches(), 10);
    QCOMPARE(plan.visited(), 100);
    // A set smaller than a batch is one batch all the same.
    const BatchPlan small{.samples = 7, .batch_size = 10, .drop_last = true};
    QCOMPARE(small.batches(), 1);
    QCOMPARE(small.visited(), 7);
  }

  void sharesEveryBatch() {
    BatchPlan plan{.samples = 103, .batch_size = 10, .key = 9};
    for (std::int64_t i = 0; i < plan.batches(); ++i) {
      plan.share = {};
      const auto whole = plan.batch(3, i);
      std::vector<std::int64_t> joined;
      for (std::int64_t rank = 0; rank < 4; ++rank) {
        plan.share = {rank, 4};
        const auto part = plan.batch(3, i);
        QVERIFY(part.size() <= whole.size() / 4 + 1);
        joined.insert(joined.end(), part.begin(), part.end());
      }
      QCOMPARE(joined, whole);
    }
  }
};

QTEST_GUILESS_MAIN(TestBatchPlan)
#include "tst_batch_plan.moc"
