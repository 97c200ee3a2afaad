// One step of recurrent LIF on the GPU, forward and backward, a thread a neuron of a sample.
#include <cmath>

#include "core/kernels/cuda/launch.cuh"
#include "core/kernels/cuda/passes.h"
#include "core/kernels/steps/lif.h"
#include "core/kernels/steps/rules.h"

namespace paralif::cuda {
namespace {

using namespace scalar;

/// The threshold of a layer that fires; of one that does not, one that no potential reaches.
template <typename T>
__device__ inline T reachable_threshold(const T* thresholds, bool fires, std::int64_t neuron) {
  return fires ? thresholds[neuron] : T(INFINITY);
}

template <typename T, bool refractory>
__global__ void forward(cpu::LifStepForward<T> a) {
  const std::int64_t state = static_cast<std::int64_t>(blockIdx.x) * blockDim.x + threadIdx.x;
  const std::int64_t n = a.shape.neurons;
  if (state >= a.shape.batch * n) return;
  const std::int64_t neuron = state % n;
  const std::int64_t at = (state / n * a.shape.steps + a.t) * n + neuron;
  const T theta = reachable_threshold(a.threshold, a.fires, neuron);
  T current = a.state_current[state];
  T wait = refractory ? a.state_wait[state] : T(0);
  T gate = 1;
  const T u = lif_potential<refractory>(a.alpha[neuron], a.beta[neuron],
                                        a.input[at] + a.recurrent[state], a.state_membrane[state],
                                        current, wait, gate);
  const T spike = lif_spike(u, theta);
  const T v = lif_reset(u, theta);
  if (a.fires) {
    a.spikes[at] = spike;
    a.potential[at] = u;
  }
  if (refractory) {
    a.gate[at] = gate;
    a.state_wait[state] = lif_wait(u, theta, wait, T(a.refractory_steps));
  }
  a.membrane[at] = v;
  a.feedback[at] = a.feeds_spikes ? spike : (v > T(0) ? v : T(0));
  a.state_current[state] = current;
  a.state_membrane[state] = v;
  if (a.current != nullptr) a.current[at] = current;
}

template <typename T, bool refractory>
__global__ void backward(cpu::LifStepBackward<T> a) {
  const std::int64_t state = static_cast<std::int64_t>(blockIdx.x) * blockDim.x + threadIdx.x;
  const std::int64_t n = a.shape.neurons;
  if (state >= a.shape.batch * n) return;
  const std::int64_t neuron = state % n;
  const std::int64_t at = (state / n * a.shape.steps + a.t) * n + neuron;
  const T beta = a.beta[neuron];
  const T theta = reachable_threshold(a.threshold, a.fires, neuron);
  const T u = a.potential[at];
  const T fed = a.grad_feedback[state];
  T to_membrane = a.grad_membrane == nullptr ? T(0) : a.grad_membrane[at];
  if (!a.feeds_spikes && lif_reset(u, theta) > T(0)) to_membrane += fed;
  T q = 0;
  if (a.fires) {
    T to_spikes = a.grad_spikes == nullptr ? T(0) : a.grad_spikes[at];
    if (a.feeds_spikes) to_spikes += fed;
    q = to_spikes * SurrogateSlope<T>(a.rule)(u - theta);
  }
  const T gate = refractory ? a.gate[at] : T(1);
  T lambda = a.state_lambda[state];
  T mu = a.state_mu[state];
  lif_adjoint<refractory>(a.alpha[neuron], beta, u - theta, q, to_membrane + beta * lambda, gate,
                          lambda, mu);
  a.state_lambda[state] = lambda;
  a.state_mu[state] = mu;
  a.grad_input[at] = mu;
  if (a.grad_threshold != nullptr) a.grad_threshold[state] -= q;
  if (a.current == nullptr) return;
  T d_alpha = 0;
  T d_beta = 0;
  lif_decay_gradients<refractory>(lambda, mu, a.t > 0 ? lif_reset(a.potential[at - n], theta) : T(0),
                                  a.current[at], a.t > 0 ? a.current[at - n] : T(0), gate, d_alpha,
                                  d_beta);
  if (a.grad_beta != nullptr) a.grad_beta[state] += d_beta;
  if (a.grad_alpha != nullptr) a.grad_alpha[state] += d_alpha;
}

}  // namespace

template <typename T>
void lif_step_forward(const cpu::LifStepForward<T>& a, Stream stream) {
  launch(a.state_wait != nullptr ? forward<T, true> : forward<T, false>,
         a.shape.batch * a.shape.neurons, stream, a);
}

template <typename T>
void lif_step_backward(const cpu::LifStepBackward<T>& a, Stream stream) {
  launch(a.gate != nullptr ? backward<T, true> : backward<T, false>,
         a.shape.batch * a.shape.neurons, stream, a);
}

template void lif_step_forward<float>(const cpu::LifStepForward<float>&, Stream);
template void lif_step_forward<double>(const cpu::LifStepForward<double>&, Stream);
template void lif_step_backward<float>(const cpu::LifStepBackward<float>&, Stream);
template void lif_step_backward<double>(const cpu::LifStepBackward<double>&, Stream);

}  // namespace paralif::cuda
