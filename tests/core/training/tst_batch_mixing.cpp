// Mixup and cutmix: shares add up, boxes come from the partner, and both happen.
#include <torch/types.h>

#include <QTest>

#include "core/training/batch_mixing.h"
#include "core/training/losses.h"

using namespace paralif;

class TestBatchMixing : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void sharesAreThoseOfTheInput() {
    // Sample i is i everywhere, so that the input tells its own share.
    const std::int64_t batch = 5;
    const torch::Tensor input = torch::arange(batch, torch::kFloat32)
                                    .reshape({batch, 1, 1, 1})
                                    .expand({batch, 32, 3, 32})
                                    .contiguous();
    const torch::Tensor labels = torch::arange(batch, torch::kInt64);
    int blended = 0;
    int cut = 0;
    double smallest = 1.0;
    for (std::uint64_t key = 0; key < 200; ++key) {
      const MixedBatch mixed = mixed_batch(input, labels, batch, key);
      QVERIFY(torch::allclose(mixed.targets.sum(1), torch::ones({batch})));
      const auto share = mixed.targets[1][1].item<double>();
      smallest = std::min(smallest, share);
      QVERIFY(std::abs(mixed.targets[1][0].item<double>() - (1.0 - share)) < 1e-6);
      // Sample 1 is 1 where its own, 0 where its partner's: the mean is the share.
      QVERIFY(std::abs(mixed.input[1].mean().item<double>() - share) < 1e-5);
      const bool whole = mixed.input[1].eq(0).logical_or(mixed.input[1].eq(1)).all().item<bool>();
      (whole ? cut : blended) += 1;
      if (whole && share < 1.0) {
        // One box, the same in every channel.
        const torch::Tensor theirs = mixed.input[1].eq(0);
        QVERIFY(theirs.select(1, 0).equal(theirs.select(1, 2)));
        const torch::Tensor columns = theirs.select(1, 0).any(1);
        const torch::Tensor rows = theirs.select(1, 0).any(0);
        QCOMPARE(columns.sum().item<std::int64_t>() * rows.sum().item<std::int64_t>(),
                 theirs.select(1, 0).sum().item<std::int64_t>());
      }
    }
    QVERIFY2(blended > 60 && cut > 60, qPrintable(QString("%1 %2").arg(blended).arg(cut)));
    QVERIFY(smallest < 0.3);
  }

  void hardTargetsGiveTheHardLoss() {
    torch::manual_seed(3);
    const torch::Tensor scores = torch::randn({6, 4});
    const torch::Tensor labels = torch::tensor({0, 1, 2, 3, 1, 2}, torch::kInt64);
    const torch::Tensor hard = torch::one_hot(labels, 4).to(torch::kFloat32);
    for (const Loss& loss : losses()) {
      for (const double smoothing : {0.0, 0.1}) {
        const auto soft = loss.soft(scores, hard, smoothing);
        const auto plain = loss.hard(scores, labels, smoothing);
        QVERIFY(std::abs(soft.item<double>() - plain.item<double>()) < 1e-6);
      }
    }
  }
};

QTEST_GUILESS_MAIN(TestBatchMixing)
#include "tst_batch_mixing.moc"
