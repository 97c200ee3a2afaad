// Neuron models that are written as one step, on the GPU: a thread follows a neuron of a sample
// through all steps.
#include <array>
#include <tuple>
#include <type_traits>

#include "core/kernels/cuda/launch.cuh"
#include "core/kernels/cuda/passes.h"
#include "core/kernels/steps/models.h"
#include "core/kernels/steps/rules.h"

namespace paralif::cuda {
namespace {

using namespace scalar;

/// Of a std::array, whose size() is a host function to nvcc.
template <typename Array>
inline constexpr int size_of = static_cast<int>(std::tuple_size_v<std::remove_cv_t<Array>>);

/// Where a thread's neuron of a sample lies.
struct Row {
  std::int64_t thread, neuron, first, plane;  ///< plane: elements of one (batch, steps, neurons)
  __device__ explicit Row(const cpu::Shape& shape)
      : thread(static_cast<std::int64_t>(blockIdx.x) * blockDim.x + threadIdx.x),
        neuron(thread % shape.neurons),
        first(thread / shape.neurons * shape.steps * shape.neurons + neuron),
        plane(shape.batch * shape.steps * shape.neurons) {}
  [[nodiscard]] __device__ bool outside(const cpu::Shape& shape) const {
    return thread >= shape.batch * shape.neurons;
  }
};

template <class Model, bool fires, typename T>
__global__ void forward(cpu::ModelForward<T> a) {
  constexpr int parameters = size_of<decltype(Model::parameters)>;
  constexpr int states = size_of<decltype(Model::states)>;
  const std::int64_t n = a.shape.neurons;
  const Row row(a.shape);
  if (row.outside(a.shape)) return;
  T c[parameters];
  T state[states];
  for (int p = 0; p < parameters; ++p) c[p] = a.coefficients[p * n + row.neuron];
  for (int s = 0; s < states; ++s) state[s] = 0;
  for (std::int64_t t = 0; t < a.shape.steps; ++t) {
    const std::int64_t at = row.first + t * n;
    T u = 0;
    const T spike = Model::template step<fires>(c, a.input[at], state, u);
    if (a.spikes != nullptr) a.spikes[at] = spike;
    if (a.potential != nullptr) a.potential[at] = u;
    if (a.membrane != nullptr) a.membrane[at] = state[0];
    if (a.states == nullptr) continue;
    for (int s = 0; s < states; ++s) a.states[s * row.plane + at] = state[s];
  }
}

template <class Model, bool fires, typename T>
__global__ void backward(cpu::ModelBackward<T> a) {
  constexpr int parameters = size_of<decltype(Model::parameters)>;
  constexpr int states = size_of<decltype(Model::states)>;
  const std::int64_t n = a.shape.neurons;
  const Row row(a.shape);
  if (row.outside(a.shape)) return;
  const SurrogateSlope<T> surrogate(a.rule);
  T c[parameters];
  T to_c[parameters];
  T before[states];
  T to_state[states];
  for (int p = 0; p < parameters; ++p) {
    c[p] = a.coefficients[p * n + row.neuron];
    to_c[p] = 0;
  }
  for (int s = 0; s < states; ++s) to_state[s] = 0;
  for (std::int64_t t = a.shape.steps - 1; t >= 0; --t) {
    const std::int64_t at = row.first + t * n;
    for (int s = 0; s < states; ++s) before[s] = t > 0 ? a.states[s * row.plane + at - n] : T(0);
    if (a.grad_membrane != nullptr) to_state[0] += a.grad_membrane[at];
    const T to_spike = a.grad_spikes != nullptr ? a.grad_spikes[at] : T(0);
    a.grad_input[at] = Model::template adjoint<fires>(c, a.input[at], before, to_spike, to_state,
                                                      to_c, surrogate);
  }
  if (a.grad_coefficients == nullptr) return;
  for (int p = 0; p < parameters; ++p) {
    a.grad_coefficients[p * a.shape.batch * n + row.thread] = to_c[p];
  }
}

/// Starts the kernel of the model at this place of the list.
template <typename T, typename... Models>
void start(int model, const cpu::ModelForward<T>& a, Stream stream, ModelList<Models...>) {
  const std::int64_t threads = a.shape.batch * a.shape.neurons;
  int at = 0;
  const auto one = [&](auto fires_kernel, auto silent_kernel) {
    if (at++ == model) launch(a.fires ? fires_kernel : silent_kernel, threads, stream, a);
  };
  (one(&forward<Models, true, T>, &forward<Models, false, T>), ...);
}
template <typename T, typename... Models>
void start(int model, const cpu::ModelBackward<T>& a, Stream stream, ModelList<Models...>) {
  const std::int64_t threads = a.shape.batch * a.shape.neurons;
  int at = 0;
  const auto one = [&](auto fires_kernel, auto silent_kernel) {
    if (at++ == model) launch(a.fires ? fires_kernel : silent_kernel, threads, stream, a);
  };
  (one(&backward<Models, true, T>, &backward<Models, false, T>), ...);
}

}  // namespace

template <typename T>
void model_forward(int model, const cpu::ModelForward<T>& pass, Stream stream) {
  start(model, pass, stream, StepModels{});
}
template <typename T>
void model_backward(int model, const cpu::ModelBackward<T>& pass, Stream stream) {
  start(model, pass, stream, StepModels{});
}

template void model_forward<float>(int, const cpu::ModelForward<float>&, Stream);
template void model_forward<double>(int, const cpu::ModelForward<double>&, Stream);
template void model_backward<float>(int, const cpu::ModelBackward<float>&, Stream);
template void model_backward<double>(int, const cpu::ModelBackward<double>&, Stream);

}  // namespace paralif::cuda
