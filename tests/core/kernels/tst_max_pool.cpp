// Max pooling against Torch's own: values, and gradients with ties as spikes have them.
#include <torch/types.h>

#include <QTest>

#include <limits>

#include "core/kernels/max_pool.h"
#include "core/neurons/initialisation.h"

using namespace paralif;
using torch::Tensor;

class TestMaxPool : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void agreesWithTorch_data() {
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("size");
    QTest::addColumn<bool>("spikes");
    for (const auto& [h, w] : {std::pair{8, 8}, {17, 13}, {5, 34}}) {
      for (const int size : {1, 2, 3, 5}) {
        for (const bool spikes : {true, false}) {
          QTest::addRow("%d x %d by %d, %s", h, w, size, spikes ? "spikes" : "reals")
              << h << w << size << spikes;
        }
      }
    }
  }
  void agreesWithTorch() {
    QFETCH(int, height);
    QFETCH(int, width);
    QFETCH(int, size);
    QFETCH(bool, spikes);
    torch::Generator random = weight_generator(3);
    Tensor x = torch::empty({3, 4, height, width});
    spikes ? x.bernoulli_(0.3, random) : x.normal_(0, 1, random);
    Tensor own = x.clone().set_requires_grad(true);
    Tensor reference = x.clone().set_requires_grad(true);
    const Tensor y = max_pool(own, size, size);
    const Tensor expected = torch::max_pool2d(reference, size);
    QVERIFY(torch::equal(y, expected));
    const Tensor grad = torch::empty_like(y).normal_(0, 1, random);
    y.backward(grad);
    expected.backward(grad);
    QVERIFY(torch::equal(own.grad(), reference.grad()));
  }

  /// The length alone is pooled, as in a 1-D layer.
  void poolsAlongOneSide() {
    torch::Generator random = weight_generator(4);
    const Tensor x = torch::empty({6, 5, 9}).bernoulli_(0.4, random);
    QVERIFY(torch::equal(max_pool(x.unsqueeze(-2), 1, 2).squeeze(-2), torch::max_pool1d(x, 2)));
  }

  void doublesAndNan() {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const Tensor x = torch::tensor({1.0, nan, 3.0, 4.0}, torch::kFloat64).reshape({1, 2, 2});
    QVERIFY(max_pool(x, 2, 2).isnan().item<bool>());
    const Tensor y = max_pool(torch::tensor({-1.0, -2.0, -3.0, -0.5}, torch::kFloat64).reshape({1, 2, 2}), 2, 2);
    QCOMPARE(y.item<double>(), -0.5);
  }
};

QTEST_GUILESS_MAIN(TestMaxPool)
#include "tst_max_pool.moc"
