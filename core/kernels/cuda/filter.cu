// ParaLIF on the GPU, forward and backward, cut in time where the neurons alone cannot fill it:
// chunks from zero state, their ends joined, then the pass itself from the right states.
#include "core/kernels/cuda/launch.cuh"
#include "core/kernels/cuda/passes.h"
#include "core/kernels/steps/filter.h"
#include "core/kernels/steps/rules.h"

namespace paralif::cuda {
namespace {

using namespace scalar;

template <SpikeFunction spike_function, typename T>
__device__ inline T draw(const SpikeRule& rule, std::int64_t element) {
  if constexpr (draws(spike_function)) return uniform<T>(rule.noise_key, element);
  return T(0);
}

/// Which neuron, sample and chunk a thread works on.
struct Work {
  std::int64_t neuron, chunk, sample, first, last;  ///< steps [first, last)
  std::int64_t row;                                 ///< element of step 0

  __device__ Work(const cpu::Shape& shape, std::int64_t chunk_steps, std::int64_t chunk_count) {
    const std::int64_t thread = static_cast<std::int64_t>(blockIdx.x) * blockDim.x + threadIdx.x;
    neuron = thread % shape.neurons;
    chunk = thread / shape.neurons % chunk_count;
    sample = thread / shape.neurons / chunk_count;
    first = chunk * chunk_steps;
    last = first + chunk_steps < shape.steps ? first + chunk_steps : shape.steps;
    row = sample * shape.steps * shape.neurons + neuron;
  }
};

template <typename T, SpikeFunction spike_function, Squash squash>
__global__ void forward(FilterForward<T> a, std::int64_t chunk_count) {
  const Work w(a.shape, a.chunk_steps, chunk_count);
  if (w.sample >= a.shape.batch) return;
  const std::int64_t n = a.shape.neurons;
  const T alpha = a.alpha[w.neuron];
  const T beta = a.beta[w.neuron];
  const T theta = a.threshold == nullptr ? T(0) : a.threshold[w.neuron];
  T current = 0;
  T v = 0;
  T m = 0;
  T previous = a.rule.from_rest ? squashed<squash>(T(0)) : T(0);
  if (w.chunk > 0) {
    const T* const state = a.states + (w.sample * chunk_count + w.chunk) * 2 * n + w.neuron;
    current = state[0];
    v = state[n];
    m = v + (a.base == nullptr ? T(0) : 2 * a.base[w.row + (w.first - 1) * n]);
    previous = squashed<squash>(m);
  }
#pragma unroll 8
  for (std::int64_t t = w.first; t < w.last; ++t) {
    const std::int64_t at = w.row + t * n;
    const T before = m;
    filter_step(alpha, beta, a.input[at], current, v);
    m = v + (a.base == nullptr ? T(0) : 2 * a.base[at]);
    if (a.membrane != nullptr) a.membrane[at] = m;
    if (a.current != nullptr) a.current[at] = current;
    if (spike_function == SpikeFunction::none || a.spikes == nullptr) continue;
    const T u = squashed<squash>(a.shifted ? before : m);
    const T spike = emitted<spike_function>(u, previous, theta, draw<spike_function, T>(a.rule, at));
    previous = u;
    a.spikes[at] = a.shifted && a.rule.from_rest && t == 0 ? T(0) : spike;
  }
}

/// The state a chunk leaves when it starts from zero; where its follower starts.
template <typename T, bool backward>
__global__ void chunk_ends(cpu::Shape shape, std::int64_t chunk_steps, std::int64_t chunk_count,
                           const T* drive, const T* alphas, const T* betas, T* states) {
  const Work w(shape, chunk_steps, chunk_count);
  if (w.sample >= shape.batch) return;
  const std::int64_t n = shape.neurons;
  const std::int64_t to = w.chunk + (backward ? -1 : 1);
  if (to < 0 || to >= chunk_count) return;
  const T alpha = alphas[w.neuron];
  const T beta = betas[w.neuron];
  T current = 0;
  T v = 0;
#pragma unroll 8
  for (std::int64_t i = 0; i < w.last - w.first; ++i) {
    const std::int64_t t = backward ? w.last - 1 - i : w.first + i;
    const T x = drive[w.row + t * n];
    if (backward) {
      filter_adjoint(alpha, beta, x, v, current);
    } else {
      filter_step(alpha, beta, x, current, v);
    }
  }
  T* const state = states + (w.sample * chunk_count + to) * 2 * n + w.neuron;
  state[0] = current;
  state[n] = v;
}

/// What is left of a state after a chunk without drive: first, second, and first's part of second.
struct Left {
  double first, second, mixed;
};

__device__ inline Left left_after(std::int64_t steps, double first, double second, double mixed) {
  Left power{1.0, 1.0, 0.0};
  Left square{first, second, mixed};
  for (; steps > 0; steps >>= 1) {
    if ((steps & 1) != 0) {
      power = {square.first * power.first, square.second * power.second,
               square.mixed * power.first + square.second * power.mixed};
    }
    square = {square.first * square.first, square.second * square.second,
              square.mixed * square.first + square.second * square.mixed};
  }
  return power;
}

template <typename T, bool backward>
__global__ void join_ends(cpu::Shape shape, std::int64_t chunk_steps, std::int64_t chunk_count,
                          const T* alphas, const T* betas, T* states) {
  const std::int64_t thread = static_cast<std::int64_t>(blockIdx.x) * blockDim.x + threadIdx.x;
  const std::int64_t n = shape.neurons;
  if (thread >= shape.batch * n) return;
  const std::int64_t neuron = thread % n;
  const std::int64_t sample = thread / n;
  const double alpha = alphas[neuron];
  const double beta = betas[neuron];
  // Forward, I drives v; backward, lambda (in v's place) drives mu (in I's).
  const Left left = backward ? left_after(chunk_steps, beta, alpha, (1 - beta) * beta)
                             : left_after(chunk_steps, alpha, beta, (1 - beta) * alpha);
  const std::int64_t driver = backward ? n : 0;
  double first = 0;
  double second = 0;
  for (std::int64_t i = 1; i < chunk_count; ++i) {
    const std::int64_t chunk = backward ? chunk_count - 1 - i : i;
    T* const state = states + (sample * chunk_count + chunk) * 2 * n + neuron;
    second = state[n - driver] + left.second * second + left.mixed * first;
    first = state[driver] + left.first * first;
    state[n - driver] = static_cast<T>(second);
    state[driver] = static_cast<T>(first);
  }
}

enum class Stage { all, rule, recursion };

template <typename T, SpikeFunction spike_function, Squash squash>
__global__ void backward(FilterBackward<T> a, std::int64_t chunk_count, Stage stage) {
  const Work w(a.shape, a.chunk_steps, chunk_count);
  if (w.sample >= a.shape.batch) return;
  const std::int64_t n = a.shape.neurons;
  const T alpha = a.alpha[w.neuron];
  const T beta = a.beta[w.neuron];
  const T theta = a.threshold == nullptr ? T(0) : a.threshold[w.neuron];
  const bool fires =
      spike_function != SpikeFunction::none && a.grad_spikes != nullptr && stage != Stage::recursion;
  const bool decays = stage != Stage::rule && (a.grad_alpha != nullptr || a.grad_beta != nullptr);
  const SurrogateSlope<T> surrogate(a.rule);
  const auto rule_u = [&](std::int64_t t) {
    if (t < 0) return a.rule.from_rest ? squashed<squash>(T(0)) : T(0);
    const std::int64_t from = a.shifted ? t - 1 : t;
    return squashed<squash>(from < 0 ? T(0) : a.membrane[w.row + from * n]);
  };
  const auto through_step = [&](std::int64_t t, T u, T earlier) {
    const std::int64_t at = w.row + t * n;
    if (a.shifted && a.rule.from_rest && t == 0) return T(0);
    return a.grad_spikes[at] *
           slope<spike_function>(u, earlier, theta, draw<spike_function, T>(a.rule, at), surrogate);
  };
  T lambda = 0;
  T mu = 0;
  if (stage == Stage::recursion && w.chunk + 1 < chunk_count) {
    const T* const state = a.adjoints + (w.sample * chunk_count + w.chunk) * 2 * n + w.neuron;
    mu = state[0];
    lambda = state[n];
  }
  T d_alpha = 0;
  T d_beta = 0;
  T d_theta = 0;
  T later = 0;    // delta: q[t + 1]
  T pending = 0;  // shifted: what s[t + 1] sends to m[t]
  T u = 0;
  if (fires) {
    if (spike_function == SpikeFunction::delta && w.last < a.shape.steps) {
      const T before = rule_u(w.last - 1);
      later = through_step(w.last, rule_u(w.last), before);
    }
    u = rule_u(w.last - 1);
  }
  for (std::int64_t t = w.last - 1; t >= w.first; --t) {
    const std::int64_t at = w.row + t * n;
    T g = a.grad_membrane == nullptr ? T(0) : a.grad_membrane[at];
    if (fires) {
      const T earlier = rule_u(t - 1);
      const T q = through_step(t, u, earlier);
      d_theta -= q;
      T sent = q;
      if (spike_function == SpikeFunction::delta) {
        sent = q - later;
        later = q;
      }
      sent *= squash_slope<squash>(u);
      if (a.shifted && a.rule.from_rest && t == 0) sent = 0;
      u = earlier;
      g += a.shifted ? pending : sent;
      pending = sent;
    }
    if (stage == Stage::rule) {
      a.grad_input[at] = g;
      continue;
    }
    filter_adjoint(alpha, beta, g, lambda, mu);
    a.grad_input[at] = mu;
    if (a.grad_base != nullptr) a.grad_base[at] = 2 * g;
    if (!decays) continue;
    T v = t > 0 ? a.membrane[at - n] : T(0);
    if (t > 0 && a.base != nullptr) v -= 2 * a.base[at - n];
    d_beta += lambda * (v - a.current[at]);
    if (t > 0) d_alpha += mu * a.current[at - n];
  }
  const std::int64_t out = (w.sample * chunk_count + w.chunk) * n + w.neuron;
  if (decays && a.grad_alpha != nullptr) a.grad_alpha[out] = d_alpha;
  if (decays && a.grad_beta != nullptr) a.grad_beta[out] = d_beta;
  if (stage != Stage::recursion && a.grad_threshold != nullptr) a.grad_threshold[out] = d_theta;
}

}  // namespace

std::int64_t chunk_steps_for(const cpu::Shape& shape) {
  // Two warps on each of some 500 schedulers hide the latency of memory.
  constexpr std::int64_t enough = 2 * 32 * 512;
  constexpr std::int64_t shortest = 64;
  const std::int64_t neurons = shape.batch * shape.neurons;
  if (neurons >= enough || shape.steps <= 2 * shortest) return shape.steps;
  const std::int64_t wanted = (enough + neurons - 1) / neurons;
  const std::int64_t steps = (shape.steps + wanted - 1) / wanted;
  return steps < shortest ? shortest : steps;
}

template <typename T>
void filter_forward(const FilterForward<T>& a, Stream stream) {
  const std::int64_t count = chunks(a.shape, a.chunk_steps);
  const std::int64_t neurons = a.shape.batch * a.shape.neurons;
  if (count > 1) {
    launch(chunk_ends<T, false>, neurons * count, stream, a.shape, a.chunk_steps, count, a.input,
           a.alpha, a.beta, a.states);
    launch(join_ends<T, false>, neurons, stream, a.shape, a.chunk_steps, count, a.alpha, a.beta,
           a.states);
  }
  with_rule(a.rule, [&]<SpikeFunction g, Squash s>() {
    launch(forward<T, g, s>, neurons * count, stream, a, count);
  });
}

template <typename T>
void filter_backward(const FilterBackward<T>& a, Stream stream) {
  const std::int64_t count = chunks(a.shape, a.chunk_steps);
  const std::int64_t neurons = a.shape.batch * a.shape.neurons;
  with_rule(a.rule, [&]<SpikeFunction g, Squash s>() {
    launch(backward<T, g, s>, neurons * count, stream, a, count,
           count > 1 ? Stage::rule : Stage::all);
  });
  if (count == 1) return;
  launch(chunk_ends<T, true>, neurons * count, stream, a.shape, a.chunk_steps, count, a.grad_input,
         a.alpha, a.beta, a.adjoints);
  launch(join_ends<T, true>, neurons, stream, a.shape, a.chunk_steps, count, a.alpha, a.beta,
         a.adjoints);
  FilterBackward<T> recursion = a;
  recursion.grad_membrane = a.grad_input;
  launch(backward<T, SpikeFunction::none, Squash::identity>, neurons * count, stream, recursion, count,
         Stage::recursion);
}

template void filter_forward<float>(const FilterForward<float>&, Stream);
template void filter_forward<double>(const FilterForward<double>&, Stream);
template void filter_backward<float>(const FilterBackward<float>&, Stream);
template void filter_backward<double>(const FilterBackward<double>&, Stream);

}  // namespace paralif::cuda
