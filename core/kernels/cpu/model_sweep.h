// The sweeps of any neuron model that is written as one step. Included once for each instruction
// set.
#pragma once

#include "core/kernels/cpu/model_args.h"
#include "core/kernels/cpu/tiles.h"
#include "core/kernels/steps/models.h"
#include "core/kernels/steps/rules.h"

namespace paralif::cpu::PARALIF_ISA {

/// A pack of each of `count` arrays that lie `apart` from each other, by vector.
template <typename T, int K, int count>
inline void read_rows(const T* from, std::int64_t apart, int lanes, Vec<T> (&to)[K][count]) {
  for (int i = 0; i < count; ++i) {
    const auto row = Pack<T, K>::read(from + i * apart, lanes);
    for (int k = 0; k < K; ++k) to[k][i] = row.v[k];
  }
}

template <class Model, bool fires, typename T, int K>
void model_forward_tile(const ModelForward<T>& a, const Place& place) {
  constexpr int parameters = static_cast<int>(Model::parameters.size());
  constexpr int states = static_cast<int>(Model::states.size());
  using P = Pack<T, K>;
  const std::int64_t sample = place.sample;
  const std::int64_t first = place.first;
  const int lanes = place.lanes;
  const std::int64_t n = a.shape.neurons;
  const std::int64_t plane = a.shape.batch * a.shape.steps * n;
  Vec<T> c[K][parameters];
  Vec<T> state[K][states]{};
  read_rows<T, K, parameters>(a.coefficients + first, n, lanes, c);
  for (std::int64_t t = 0; t < a.shape.steps; ++t) {
    const std::int64_t at = (sample * a.shape.steps + t) * n + first;
    const P x = P::read(a.input + at, lanes);
    P u;
    P spikes;
    for (int k = 0; k < K; ++k) {
      spikes.v[k] = Model::template step<fires>(c[k], x.v[k], state[k], u.v[k]);
    }
    if (a.spikes != nullptr) spikes.write(a.spikes + at, lanes);
    if (a.potential != nullptr) u.write(a.potential + at, lanes);
    const auto write_state = [&](T* to, int s) {
      P values;
      for (int k = 0; k < K; ++k) values.v[k] = state[k][s];
      values.write(to + at, lanes);
    };
    if (a.membrane != nullptr) write_state(a.membrane, 0);
    if (a.states == nullptr) continue;
    for (int s = 0; s < states; ++s) write_state(a.states + s * plane, s);
  }
}

template <class Model, bool fires, typename T, int K>
void model_backward_tile(const ModelBackward<T>& a, const Place& place) {
  constexpr int parameters = static_cast<int>(Model::parameters.size());
  constexpr int states = static_cast<int>(Model::states.size());
  using P = Pack<T, K>;
  const std::int64_t sample = place.sample;
  const std::int64_t first = place.first;
  const int lanes = place.lanes;
  const std::int64_t n = a.shape.neurons;
  const std::int64_t plane = a.shape.batch * a.shape.steps * n;
  const SurrogateSlope<T> surrogate(a.rule);
  Vec<T> c[K][parameters];
  Vec<T> to_c[K][parameters]{};
  Vec<T> to_state[K][states]{};
  read_rows<T, K, parameters>(a.coefficients + first, n, lanes, c);
  for (std::int64_t t = a.shape.steps - 1; t >= 0; --t) {
    const std::int64_t at = (sample * a.shape.steps + t) * n + first;
    const P x = P::read(a.input + at, lanes);
    const P gs = P::read_or_zero(a.grad_spikes, at, lanes);
    const P gv = P::read_or_zero(a.grad_membrane, at, lanes);
    Vec<T> before[K][states]{};
    if (t > 0) read_rows<T, K, states>(a.states + at - n, plane, lanes, before);
    P dx;
    for (int k = 0; k < K; ++k) {
      to_state[k][0] += gv.v[k];
      dx.v[k] = Model::template adjoint<fires>(c[k], x.v[k], before[k], gs.v[k], to_state[k],
                                               to_c[k], surrogate);
    }
    dx.write(a.grad_input + at, lanes);
  }
  if (a.grad_coefficients == nullptr) return;
  for (int p = 0; p < parameters; ++p) {
    P sum;
    for (int k = 0; k < K; ++k) sum.v[k] = to_c[k][p];
    sum.write(a.grad_coefficients + (p * a.shape.batch + sample) * n + first, lanes);
  }
}

template <class Model, typename T>
void model_forward(const ModelForward<T>& a, std::int64_t begin, std::int64_t end) {
  const FlushDenormals flush;
  Tiling<T>(a.shape).visit(begin, end, [&]<int K>(const Place& at) {
    if (a.fires) return model_forward_tile<Model, true, T, K>(a, at);
    return model_forward_tile<Model, false, T, K>(a, at);
  });
}

template <class Model, typename T>
void model_backward(const ModelBackward<T>& a, std::int64_t begin, std::int64_t end) {
  const FlushDenormals flush;
  Tiling<T>(a.shape).visit(begin, end, [&]<int K>(const Place& at) {
    if (a.fires) return model_backward_tile<Model, true, T, K>(a, at);
    return model_backward_tile<Model, false, T, K>(a, at);
  });
}

template <class Model, typename T>
constexpr ModelSweeps<T> model_sweeps_of() {
  return {model_forward<Model, T>, model_backward<Model, T>};
}

/// One entry a model of the list.
template <typename T, typename List>
struct ModelTable;
template <typename T, typename... Models>
struct ModelTable<T, ModelList<Models...>> {
  static constexpr ModelSweeps<T> entries[]{model_sweeps_of<Models, T>()...};
};

}  // namespace paralif::cpu::PARALIF_ISA
