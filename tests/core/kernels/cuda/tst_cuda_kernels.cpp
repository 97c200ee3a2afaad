// The GPU's kernels against the CPU's, their threads run one after the other on the host: what a
// machine without a GPU can check of them.
#include <QTest>

#include <cmath>
#include <vector>

#include "core/kernels/cuda/passes.h"

using namespace paralif;

namespace {

using Values = std::vector<double>;

constexpr cpu::Shape shape{2, 150, 5};
constexpr std::size_t count = 2 * 150 * 5;
constexpr std::size_t rows = 2 * 5;

Values waves(std::size_t size, double period, double offset) {
  Values values(size);
  for (std::size_t i = 0; i < size; ++i) {
    values[i] = offset + std::sin(static_cast<double>(i) / period);
  }
  return values;
}

bool near(const Values& a, const Values& b) {
  if (a.size() != b.size()) return false;
  double scale = 1e-12;
  for (const double value : b) scale = std::max(scale, std::abs(value));
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!(std::abs(a[i] - b[i]) <= 1e-9 * scale)) return false;
  }
  return true;
}

/// Adds up the chunks of each sample.
Values summed(const Values& values, std::int64_t chunk_count) {
  Values sums(rows);
  const auto n = static_cast<std::size_t>(shape.neurons);
  for (std::size_t i = 0; i < values.size(); ++i) {
    sums[i / (n * static_cast<std::size_t>(chunk_count)) * n + i % n] += values[i];
  }
  return sums;
}

struct Results {
  Values spikes, membrane, grad_input, grad_alpha, grad_beta, grad_threshold;

  [[nodiscard]] bool agree(const Results& o) const {
    return near(spikes, o.spikes) && near(membrane, o.membrane) &&
           near(grad_input, o.grad_input) && near(grad_alpha, o.grad_alpha) &&
           near(grad_beta, o.grad_beta) && near(grad_threshold, o.grad_threshold);
  }
};

const Values alpha(5, 0.8);
const Values beta{0.9, 0.5, 0.8, 0.0, 0.95};
const Values threshold(5, 0.2);
const Values input = waves(count, 3, 0.2);
const Values base = waves(count, 11, 0.0);
const Values grad = waves(count, 5, 0.1);

template <typename Pass>
void set_common(Pass& pass) {
  pass.shape = shape;
  pass.alpha = alpha.data();
  pass.beta = beta.data();
  pass.threshold = threshold.data();
}

template <typename Pass>
void set_gradients(Pass& pass, Results& r, std::size_t size) {
  r.grad_input.resize(count);
  r.grad_alpha.resize(size);
  r.grad_beta.resize(size);
  r.grad_threshold.resize(size);
  pass.grad_spikes = grad.data();
  pass.grad_input = r.grad_input.data();
  pass.grad_alpha = r.grad_alpha.data();
  pass.grad_beta = r.grad_beta.data();
  pass.grad_threshold = r.grad_threshold.data();
}

Results filter_on_cpu(const SpikeRule& rule, bool shifted) {
  Results r;
  r.spikes.resize(count);
  r.membrane.resize(count);
  Values states(static_cast<std::size_t>(shape.batch * cpu::blocks(shape) * 2 * shape.neurons));
  const auto& set = cpu::sweeps<double>();
  cpu::FilterForward<double> forward;
  set_common(forward);
  forward.rule = rule;
  forward.shifted = shifted;
  forward.input = input.data();
  forward.base = base.data();
  forward.spikes = r.spikes.data();
  forward.membrane = r.membrane.data();
  forward.states = states.data();
  set.filter_forward(forward, 0, set.items(shape));
  cpu::FilterBackward<double> backward;
  set_common(backward);
  set_gradients(backward, r, rows);
  backward.rule = rule;
  backward.shifted = shifted;
  backward.membrane = r.membrane.data();
  backward.input = input.data();
  backward.base = base.data();
  backward.states = states.data();
  set.filter_backward(backward, 0, set.items(shape));
  return r;
}

Results filter_on_gpu(const SpikeRule& rule, bool shifted, std::int64_t chunk_steps) {
  Results r;
  r.spikes.resize(count);
  r.membrane.resize(count);
  Values current(count);
  const std::int64_t chunk_count = cuda::chunks(shape, chunk_steps);
  const std::size_t chunk_rows = rows * static_cast<std::size_t>(chunk_count);
  Values states(2 * chunk_rows);
  cuda::FilterForward<double> forward;
  set_common(forward);
  forward.chunk_steps = chunk_steps;
  forward.rule = rule;
  forward.shifted = shifted;
  forward.input = input.data();
  forward.base = base.data();
  forward.spikes = r.spikes.data();
  forward.membrane = r.membrane.data();
  forward.current = current.data();
  forward.states = states.data();
  cuda::filter_forward(forward, nullptr);
  cuda::FilterBackward<double> backward;
  set_common(backward);
  set_gradients(backward, r, chunk_rows);
  backward.chunk_steps = chunk_steps;
  backward.rule = rule;
  backward.shifted = shifted;
  backward.membrane = r.membrane.data();
  backward.current = current.data();
  backward.base = base.data();
  backward.adjoints = states.data();
  cuda::filter_backward(backward, nullptr);
  for (Values* sums : {&r.grad_alpha, &r.grad_beta, &r.grad_threshold}) {
    *sums = summed(*sums, chunk_count);
  }
  return r;
}

Results lif_on_cpu(double refractory) {
  Results r;
  r.spikes.resize(count);
  Values states(static_cast<std::size_t>(shape.batch * cpu::blocks(shape) * 3 * shape.neurons));
  const auto& set = cpu::sweeps<double>();
  cpu::LifForward<double> forward;
  set_common(forward);
  forward.refractory_steps = refractory;
  forward.input = input.data();
  forward.spikes = r.spikes.data();
  forward.states = states.data();
  set.lif_forward(forward, 0, set.items(shape));
  cpu::LifBackward<double> backward;
  set_common(backward);
  set_gradients(backward, r, rows);
  backward.refractory_steps = refractory;
  backward.input = input.data();
  backward.states = states.data();
  set.lif_backward(backward, 0, set.items(shape));
  return r;
}

Results lif_on_gpu(double refractory) {
  Results r;
  r.spikes.resize(count);
  Values potential(count);
  Values gate(count);
  Values current(count);
  cuda::LifForward<double> forward;
  set_common(forward);
  forward.refractory_steps = refractory;
  forward.input = input.data();
  forward.spikes = r.spikes.data();
  forward.potential = potential.data();
  forward.gate = gate.data();
  forward.current = current.data();
  cuda::lif_forward(forward, nullptr);
  cuda::LifBackward<double> backward;
  set_common(backward);
  set_gradients(backward, r, rows);
  backward.potential = potential.data();
  backward.gate = refractory > 0 ? gate.data() : nullptr;
  backward.current = current.data();
  cuda::lif_backward(backward, nullptr);
  return r;
}

}  // namespace

class TestCudaKernels : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void filterFollowsTheCpu() {
    for (const SpikeFunction spike_function : {SpikeFunction::threshold, SpikeFunction::delta, SpikeFunction::bernoulli,
                                      SpikeFunction::gumbel}) {
      for (const Squash squash : {Squash::identity, Squash::sigmoid, Squash::tanh,
                                  Squash::relu_tanh}) {
        if (spike_function == SpikeFunction::gumbel && squash != Squash::identity) continue;
        for (const bool from_rest : {false, true}) {
          SpikeRule rule{squash, spike_function, Surrogate::atan, 2.0, 99, from_rest};
          const Results expected = filter_on_cpu(rule, false);
          QVERIFY(filter_on_gpu(rule, false, shape.steps).agree(expected));
          QVERIFY(filter_on_gpu(rule, false, 40).agree(expected));  // the last chunk is short
          QVERIFY(filter_on_gpu(rule, true, shape.steps).agree(filter_on_cpu(rule, true)));
        }
      }
    }
  }
  void lifFollowsTheCpu() {
    QVERIFY(lif_on_gpu(0.0).agree(lif_on_cpu(0.0)));
    QVERIFY(lif_on_gpu(3.5).agree(lif_on_cpu(3.5)));
  }
  void smallPassesAreCutInTime() {
    QCOMPARE(cuda::chunk_steps_for({64, 1000, 1024}), std::int64_t{1000});
    const std::int64_t steps = cuda::chunk_steps_for({1, 5000, 128});
    QVERIFY(steps >= 64 && steps < 5000);
  }
};

QTEST_GUILESS_MAIN(TestCudaKernels)
#include "tst_cuda_kernels.moc"
