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

  /// Event k of sample i is unit i, so that every step tells whose it is.
  void runsOfStepsComeFromTheNextSample() {
    SpikeBatch batch;
    batch.samples = 4;
    batch.steps = 50;
    batch.inputs = 4;
    batch.labels = {2, 0, 1, 3};
    batch.row_start.push_back(0);
    for (int row = 0; row < 200; ++row) {
      batch.unit.push_back(row / 50);
      batch.value.push_back(float(row));
      batch.row_start.push_back(batch.events());
    }
    int mixed_samples = 0;
    for (std::uint64_t key = 0; key < 100; ++key) {
      const MixedEvents mixed = mixed_in_time(batch, 4, 0.5, key);
      QCOMPARE(mixed.batch.events(), batch.events());
      QVERIFY(torch::allclose(mixed.targets.sum(1), torch::ones({4})));
      QCOMPARE(mixed.targets[3][3].item<float>(), 1.0F);  // the last has no next one
      for (int sample = 0; sample < 4; ++sample) {
        int theirs = 0;
        int changes = 0;
        for (int step = 0; step < 50; ++step) {
          const auto at = std::size_t(sample * 50 + step);
          const int from = mixed.batch.unit[at];
          QCOMPARE(int(mixed.batch.value[at]), from * 50 + step);  // the same step of the other
          theirs += from == sample + 1 ? 1 : 0;
          QVERIFY(from == sample || from == sample + 1);
          changes += step > 0 && from != mixed.batch.unit[at - 1] ? 1 : 0;
        }
        QVERIFY(changes <= 2);
        mixed_samples += theirs > 0 ? 1 : 0;
        const auto share = 1.0 - mixed.targets[sample][batch.labels[std::size_t(sample)]].item<double>();
        QCOMPARE(theirs, int(share * 50 + 1e-6));
      }
    }
    QVERIFY2(mixed_samples > 110 && mixed_samples < 190, qPrintable(QString::number(mixed_samples)));
    QCOMPARE(mixed_in_time(batch, 4, 0.0, 1).batch.unit, batch.unit);
  }
};

QTEST_GUILESS_MAIN(TestBatchMixing)
#include "tst_batch_mixing.moc"
