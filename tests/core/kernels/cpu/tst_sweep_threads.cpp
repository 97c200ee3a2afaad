// The sweeps shared out over plain threads give what one thread gives: what the thread sanitizer
// is run on, since it cannot see into Torch's own thread pool.
#include <QTest>

#include <cmath>
#include <thread>
#include <vector>

#include "core/kernels/cpu/linear_args.h"
#include "core/kernels/cpu/sweeps.h"

using namespace paralif;
using namespace paralif::cpu;

namespace {

using Values = std::vector<float>;

/// Calls pass(begin, end) for parts of [0, items) in `threads` threads at once.
template <typename Pass>
void share_out(std::int64_t items, int threads, Pass&& pass) {
  std::vector<std::jthread> pool;
  for (int i = 0; i < threads; ++i) {
    pool.emplace_back([&, i] { pass(items * i / threads, items * (i + 1) / threads); });
  }
}

Values waves(std::size_t count, double period) {
  Values values(count);
  for (std::size_t i = 0; i < count; ++i) {
    values[i] = static_cast<float>(0.2 + std::sin(static_cast<double>(i) / period));
  }
  return values;
}

constexpr Shape shape{3, 200, 85};
constexpr std::size_t count = 3 * 200 * 85;

struct Settings {
  Values alpha = Values(85, 0.8F);
  Values beta = Values(85, 0.9F);
  Values threshold = Values(85, 0.3F);
};

SpikeRule rule_with(SpikeFunction spike_function) {
  SpikeRule rule;
  rule.spike_function = spike_function;
  rule.surrogate_scale = 5;
  rule.noise_key = 12;
  return rule;
}

Values filter_results(SpikeFunction spike_function, int threads) {
  const Settings settings;
  const Values x = waves(count, 7);
  const Values grad = waves(count, 3);
  Values spikes(count);
  Values states(static_cast<std::size_t>(shape.batch * blocks(shape) * 2 * shape.neurons));
  FilterForward<float> forward;
  forward.shape = shape;
  forward.rule = rule_with(spike_function);
  forward.input = x.data();
  forward.alpha = settings.alpha.data();
  forward.beta = settings.beta.data();
  forward.threshold = settings.threshold.data();
  forward.spikes = spikes.data();
  forward.states = states.data();
  const auto& set = sweeps<float>();
  share_out(set.items(shape), threads,
            [&](std::int64_t b, std::int64_t e) { set.filter_forward(forward, b, e); });
  Values result(count);
  Values rows(static_cast<std::size_t>(3 * shape.batch * shape.neurons));
  FilterBackward<float> backward;
  backward.shape = shape;
  backward.rule = forward.rule;
  backward.grad_spikes = grad.data();
  backward.input = x.data();
  backward.states = states.data();
  backward.alpha = forward.alpha;
  backward.beta = forward.beta;
  backward.threshold = forward.threshold;
  backward.grad_input = result.data();
  backward.grad_alpha = rows.data();
  backward.grad_beta = rows.data() + shape.batch * shape.neurons;
  backward.grad_threshold = rows.data() + 2 * shape.batch * shape.neurons;
  share_out(set.items(shape), threads,
            [&](std::int64_t b, std::int64_t e) { set.filter_backward(backward, b, e); });
  result.insert(result.end(), spikes.begin(), spikes.end());
  result.insert(result.end(), rows.begin(), rows.end());
  return result;
}

Values lif_results(double refractory, int threads) {
  const Settings settings;
  const Values x = waves(count, 7);
  const Values grad = waves(count, 3);
  Values spikes(count);
  Values states(static_cast<std::size_t>(shape.batch * blocks(shape) * 3 * shape.neurons));
  LifForward<float> forward;
  forward.shape = shape;
  forward.refractory_steps = refractory;
  forward.input = x.data();
  forward.alpha = settings.alpha.data();
  forward.beta = settings.beta.data();
  forward.threshold = settings.threshold.data();
  forward.spikes = spikes.data();
  forward.states = states.data();
  const auto& set = sweeps<float>();
  share_out(set.items(shape), threads,
            [&](std::int64_t b, std::int64_t e) { set.lif_forward(forward, b, e); });
  Values result(count);
  LifBackward<float> backward;
  backward.shape = shape;
  backward.rule = rule_with(SpikeFunction::threshold);
  backward.refractory_steps = refractory;
  backward.grad_spikes = grad.data();
  backward.input = x.data();
  backward.states = states.data();
  backward.alpha = forward.alpha;
  backward.beta = forward.beta;
  backward.threshold = forward.threshold;
  backward.grad_input = result.data();
  share_out(set.items(shape), threads,
            [&](std::int64_t b, std::int64_t e) { set.lif_backward(backward, b, e); });
  result.insert(result.end(), spikes.begin(), spikes.end());
  return result;
}

Values linear_results(int threads) {
  constexpr std::int64_t rows = 1000;
  constexpr std::int64_t inputs = 40;
  constexpr std::int64_t outputs = 70;
  constexpr std::int64_t stride = 80;
  Values spikes = waves(rows * inputs, 1);
  for (float& value : spikes) value = value > 1.0F ? 1.0F : 0.0F;
  Values weight = waves(inputs * stride, 2);
  const Values bias = waves(stride, 5);
  Values result(rows * outputs);
  const auto& set = linear_sweeps<float>();
  GatherRows<float> gather;
  gather.spikes = {rows, inputs, spikes.data(), nullptr, nullptr, nullptr};
  gather.outputs = outputs;
  gather.stride = stride;
  gather.weight = weight.data();
  gather.bias = bias.data();
  gather.output = result.data();
  share_out(row_panels(rows), threads,
            [&](std::int64_t b, std::int64_t e) { set.gather(gather, b, e); });
  Values sums(4 * inputs * stride);
  Values bias_sums(4 * stride);
  ScatterRows<float> scatter;
  scatter.spikes = gather.spikes;
  scatter.outputs = outputs;
  scatter.stride = stride;
  scatter.parts = 4;
  scatter.grad = result.data();
  scatter.grad_weight = sums.data();
  scatter.grad_bias = bias_sums.data();
  share_out(scatter.parts * set.column_tiles(outputs), threads,
            [&](std::int64_t b, std::int64_t e) { set.scatter(scatter, b, e); });
  Values product(rows * outputs);
  DenseRows<float> dense{rows, inputs, outputs, stride, spikes.data(), weight.data(), bias.data(),
                         product.data()};
  share_out(row_panels(rows), threads,
            [&](std::int64_t b, std::int64_t e) { set.dense(dense, b, e); });
  for (const Values* more : {&sums, &bias_sums, &product}) {
    result.insert(result.end(), more->begin(), more->end());
  }
  return result;
}

}  // namespace

class TestSweepThreads : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void filtersShareOut() {
    for (const SpikeFunction g : {SpikeFunction::threshold, SpikeFunction::delta, SpikeFunction::gumbel}) {
      const Values one = filter_results(g, 1);
      QCOMPARE(filter_results(g, 2), one);
      QCOMPARE(filter_results(g, 5), one);
    }
  }
  void lifSharesOut() {
    for (const double refractory : {0.0, 3.0}) {
      QCOMPARE(lif_results(refractory, 4), lif_results(refractory, 1));
    }
  }
  void linearSharesOut() { QCOMPARE(linear_results(3), linear_results(1)); }
};

QTEST_GUILESS_MAIN(TestSweepThreads)
#include "tst_sweep_threads.moc"
