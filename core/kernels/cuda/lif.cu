// LIF on the GPU, forward and backward: a thread follows a neuron of a sample through all steps.
// The reset makes the recursion nonlinear, so that it cannot be cut in time.
#include "core/kernels/cuda/passes.h"
#include "core/kernels/cuda/rules.cuh"

namespace paralif::cuda {
namespace {

template <typename T>
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
#pragma unroll 8
  for (std::int64_t t = 0; t < a.shape.steps; ++t) {
    const std::int64_t at = row + t * n;
    current = alpha * current + a.input[at];
    wait -= 1;
    const T gate = period > T(0) && wait > T(0) ? T(0) : T(1);
    const T u = beta * v + (1 - beta) * current * gate;
    const bool fired = u - theta > T(0);
    v = fired ? T(0) : u;
    if (fired) wait = period;
    a.spikes[at] = fired ? T(1) : T(0);
    if (a.potential != nullptr) a.potential[at] = u;
    if (a.gate != nullptr) a.gate[at] = gate;
    if (a.current != nullptr) a.current[at] = current;
  }
}

template <typename T>
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
  T lambda = 0;
  T mu = 0;
  T d_alpha = 0;
  T d_beta = 0;
  T d_theta = 0;
#pragma unroll 8
  for (std::int64_t t = a.shape.steps - 1; t >= 0; --t) {
    const std::int64_t at = row + t * n;
    const T z = a.potential[at] - theta;
    const T q = a.grad_spikes[at] * surrogate_slope(a.rule, z);
    d_theta -= q;
    lambda = q + (z > T(0) ? T(0) : beta * lambda);
    const T gate = a.gate == nullptr ? T(1) : a.gate[at];
    mu = (1 - beta) * gate * lambda + alpha * mu;
    a.grad_input[at] = mu;
    if (!decays) continue;
    const T earlier = t > 0 ? a.potential[at - n] : T(0);
    const T v = earlier - theta > T(0) ? T(0) : earlier;
    d_beta += lambda * (v - a.current[at] * gate);
    if (t > 0) d_alpha += mu * a.current[at - n];
  }
  if (a.grad_alpha != nullptr) a.grad_alpha[thread] = d_alpha;
  if (a.grad_beta != nullptr) a.grad_beta[thread] = d_beta;
  if (a.grad_threshold != nullptr) a.grad_threshold[thread] = d_theta;
}

}  // namespace

template <typename T>
void lif_forward(const LifForward<T>& a, Stream stream) {
  launch(forward<T>, a.shape.batch * a.shape.neurons, stream, a);
}

template <typename T>
void lif_backward(const LifBackward<T>& a, Stream stream) {
  launch(backward<T>, a.shape.batch * a.shape.neurons, stream, a);
}

template void lif_forward<float>(const LifForward<float>&, Stream);
template void lif_forward<double>(const LifForward<double>&, Stream);
template void lif_backward<float>(const LifBackward<float>&, Stream);
template void lif_backward<double>(const LifBackward<double>&, Stream);

}  // namespace paralif::cuda
