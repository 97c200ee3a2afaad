// One step of recurrent LIF on the GPU, forward and backward, a thread a neuron of a sample.
#include "core/kernels/cuda/passes.h"
#include "core/kernels/cuda/rules.cuh"

namespace paralif::cuda {
namespace {

template <typename T>
__global__ void forward(cpu::LifStepForward<T> a) {
  const std::int64_t state = static_cast<std::int64_t>(blockIdx.x) * blockDim.x + threadIdx.x;
  const std::int64_t n = a.shape.neurons;
  if (state >= a.shape.batch * n) return;
  const std::int64_t neuron = state % n;
  const std::int64_t at = (state / n * a.shape.steps + a.t) * n + neuron;
  const T beta = a.beta[neuron];
  const T current =
      a.alpha[neuron] * a.state_current[state] + a.input[at] + a.recurrent[state];
  T drive = (1 - beta) * current;
  T wait = 0;
  if (a.state_wait != nullptr) {
    wait = a.state_wait[state] - 1;
    const T gate = wait > T(0) ? T(0) : T(1);
    drive *= gate;
    a.gate[at] = gate;
  }
  const T u = beta * a.state_membrane[state] + drive;
  bool fired = false;
  if (a.fires) {
    fired = u - a.threshold[neuron] > T(0);
    a.spikes[at] = fired ? T(1) : T(0);
    a.potential[at] = u;
  }
  const T v = fired ? T(0) : u;
  if (a.state_wait != nullptr) a.state_wait[state] = fired ? T(a.refractory_steps) : wait;
  a.membrane[at] = v;
  a.feedback[at] = a.feeds_spikes ? (fired ? T(1) : T(0)) : (v > T(0) ? v : T(0));
  a.state_current[state] = current;
  a.state_membrane[state] = v;
  if (a.current != nullptr) a.current[at] = current;
}

template <typename T>
__global__ void backward(cpu::LifStepBackward<T> a) {
  const std::int64_t state = static_cast<std::int64_t>(blockIdx.x) * blockDim.x + threadIdx.x;
  const std::int64_t n = a.shape.neurons;
  if (state >= a.shape.batch * n) return;
  const std::int64_t neuron = state % n;
  const std::int64_t at = (state / n * a.shape.steps + a.t) * n + neuron;
  const T alpha = a.alpha[neuron];
  const T beta = a.beta[neuron];
  const T theta = a.threshold == nullptr ? T(0) : a.threshold[neuron];
  const T u = a.potential[at];
  const T kept = a.fires && u - theta > T(0) ? T(0) : T(1);
  const T fed = a.grad_feedback[state];
  T to_membrane = a.grad_membrane == nullptr ? T(0) : a.grad_membrane[at];
  if (!a.feeds_spikes && u * kept > T(0)) to_membrane += fed;
  T q = 0;
  if (a.fires) {
    T to_spikes = a.grad_spikes == nullptr ? T(0) : a.grad_spikes[at];
    if (a.feeds_spikes) to_spikes += fed;
    q = to_spikes * surrogate_slope(a.rule, u - theta);
  }
  const T lambda = q + (to_membrane + beta * a.state_lambda[state]) * kept;
  const T gate = a.gate == nullptr ? T(1) : a.gate[at];
  const T mu = (1 - beta) * gate * lambda + alpha * a.state_mu[state];
  a.state_lambda[state] = lambda;
  a.state_mu[state] = mu;
  a.grad_input[at] = mu;
  if (a.grad_threshold != nullptr) a.grad_threshold[state] -= q;
  if (a.current == nullptr) return;
  const T earlier = a.t > 0 ? a.potential[at - n] : T(0);
  const T v = a.fires && earlier - theta > T(0) ? T(0) : earlier;
  if (a.grad_beta != nullptr) a.grad_beta[state] += lambda * (v - a.current[at] * gate);
  if (a.grad_alpha != nullptr && a.t > 0) a.grad_alpha[state] += mu * a.current[at - n];
}

}  // namespace

template <typename T>
void lif_step_forward(const cpu::LifStepForward<T>& a, Stream stream) {
  launch(forward<T>, a.shape.batch * a.shape.neurons, stream, a);
}

template <typename T>
void lif_step_backward(const cpu::LifStepBackward<T>& a, Stream stream) {
  launch(backward<T>, a.shape.batch * a.shape.neurons, stream, a);
}

template void lif_step_forward<float>(const cpu::LifStepForward<float>&, Stream);
template void lif_step_forward<double>(const cpu::LifStepForward<double>&, Stream);
template void lif_step_backward<float>(const cpu::LifStepBackward<float>&, Stream);
template void lif_step_backward<double>(const cpu::LifStepBackward<double>&, Stream);

}  // namespace paralif::cuda
