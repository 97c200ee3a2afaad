// LIF on the GPU, forward and backward: a thread follows a neuron of a sample through all steps.
// The reset makes the recursion nonlinear, so that it cannot be cut in time.
#include "core/kernels/cuda/passes.h"
#include "core/kernels/cuda/launch.cuh"
#include "core/kernels/steps/lif.h"
#include "core/kernels/steps/rules.h"

namespace paralif::cuda {
namespace {

using namespace scalar;

template <typename T, bool refractory>
__global__ void forward(LifForward<T> a) {
  const std::int64_t thread = static_cast<std::int64_t>(blockIdx.x) * blockDim.x + threadIdx.x;
  const std::int64_t n = a.shape.neurons;
  if (thread >= a.shape.batch * n) return;
  const std::int64_t neuron = thread % n;
  const std::int64_t row = thread / n * a.shape.steps * n + neuron;
  const T alpha = a.alpha[neuron];
  const T beta = a.beta[neuron];
  const T theta = a.threshold[neuron];
  const T period = T(a.refractory_steps);
  T current = 0;
  T v = 0;
  T wait = 0;
  T gate = 1;
#pragma unroll 8
  for (std::int64_t t = 0; t < a.shape.steps; ++t) {
    const std::int64_t at = row + t * n;
    const T u = lif_potential<refractory>(alpha, beta, a.input[at], v, current, wait, gate);
    v = lif_reset(u, theta);
    if (refractory) wait = lif_wait(u, theta, wait, period);
    a.spikes[at] = lif_spike(u, theta);
    if (a.potential != nullptr) a.potential[at] = u;
    if (a.gate != nullptr) a.gate[at] = gate;
    if (a.current != nullptr) a.current[at] = current;
  }
}

template <typename T, bool refractory>
__global__ void backward(LifBackward<T> a) {
  const std::int64_t thread = static_cast<std::int64_t>(blockIdx.x) * blockDim.x + threadIdx.x;
  const std::int64_t n = a.shape.neurons;
  if (thread >= a.shape.batch * n) return;
  const std::int64_t neuron = thread % n;
  const std::int64_t row = thread / n * a.shape.steps * n + neuron;
  const T alpha = a.alpha[neuron];
  const T beta = a.beta[neuron];
  const T theta = a.threshold[neuron];
  const bool decays = a.grad_alpha != nullptr || a.grad_beta != nullptr;
  const SurrogateSlope<T> surrogate(a.rule);
  T lambda = 0;
  T mu = 0;
  T d_alpha = 0;
  T d_beta = 0;
  T d_theta = 0;
#pragma unroll 8
  for (std::int64_t t = a.shape.steps - 1; t >= 0; --t) {
    const std::int64_t at = row + t * n;
    const T z = a.potential[at] - theta;
    const T q = a.grad_spikes[at] * surrogate(z);
    d_theta -= q;
    const T gate = refractory ? a.gate[at] : T(1);
    lif_adjoint<refractory>(alpha, beta, z, q, beta * lambda, gate, lambda, mu);
    a.grad_input[at] = mu;
    if (!decays) continue;
    lif_decay_gradients<refractory>(lambda, mu, t > 0 ? lif_reset(a.potential[at - n], theta) : T(0),
                                    a.current[at], t > 0 ? a.current[at - n] : T(0), gate, d_alpha,
                                    d_beta);
  }
  if (a.grad_alpha != nullptr) a.grad_alpha[thread] = d_alpha;
  if (a.grad_beta != nullptr) a.grad_beta[thread] = d_beta;
  if (a.grad_threshold != nullptr) a.grad_threshold[thread] = d_theta;
}

}  // namespace

template <typename T>
void lif_forward(const LifForward<T>& a, Stream stream) {
  launch(a.refractory_steps > 0 ? forward<T, true> : forward<T, false>,
         a.shape.batch * a.shape.neurons, stream, a);
}

template <typename T>
void lif_backward(const LifBackward<T>& a, Stream stream) {
  launch(a.gate != nullptr ? backward<T, true> : backward<T, false>,
         a.shape.batch * a.shape.neurons, stream, a);
}

template void lif_forward<float>(const LifForward<float>&, Stream);
template void lif_forward<double>(const LifForward<double>&, Stream);
template void lif_backward<float>(const LifBackward<float>&, Stream);
template void lif_backward<double>(const LifBackward<double>&, Stream);

}  // namespace paralif::cuda
