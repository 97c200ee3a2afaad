// Vectors of 64 bytes in GCC's and Clang's vector extension, and the few functions of them that
// the passes need. Included once for each instruction set, inside PARALIF_ISA.
#pragma once

#include <cstdint>
#include <cstring>

#if defined(__AVX__)
#include <immintrin.h>
#endif

namespace paralif::cpu::PARALIF_ISA {

template <typename T>
struct Lanes;
template <>
struct Lanes<float> {
  using Vec = float __attribute__((vector_size(64)));
  using Int = std::int32_t __attribute__((vector_size(64)));
  using Uint = std::uint32_t __attribute__((vector_size(64)));
  static constexpr int count = 16;
};
template <>
struct Lanes<double> {
  using Vec = double __attribute__((vector_size(64)));
  using Int = std::int64_t __attribute__((vector_size(64)));
  using Uint = std::uint64_t __attribute__((vector_size(64)));
  static constexpr int count = 8;
};

template <typename T>
using Vec = typename Lanes<T>::Vec;

template <typename T>
inline Vec<T> splat(double value) {
  return Vec<T>{} + static_cast<T>(value);
}

#if defined(__AVX512F__)
inline Vec<float> load_some(const float* from, int n) {
  return (Vec<float>)_mm512_maskz_loadu_ps(static_cast<__mmask16>((1U << n) - 1U), from);
}
inline Vec<double> load_some(const double* from, int n) {
  return (Vec<double>)_mm512_maskz_loadu_pd(static_cast<__mmask8>((1U << n) - 1U), from);
}
inline void store_some(float* to, Vec<float> v, int n) {
  _mm512_mask_storeu_ps(to, static_cast<__mmask16>((1U << n) - 1U), (__m512)v);
}
inline void store_some(double* to, Vec<double> v, int n) {
  _mm512_mask_storeu_pd(to, static_cast<__mmask8>((1U << n) - 1U), (__m512d)v);
}
#else
template <typename V, typename T>
inline V load_lanes(const T* from, int n) {
  V v{};
  for (int i = 0; i < n; ++i) v[i] = from[i];
  return v;
}
inline Vec<float> load_some(const float* from, int n) { return load_lanes<Vec<float>>(from, n); }
inline Vec<double> load_some(const double* from, int n) { return load_lanes<Vec<double>>(from, n); }
template <typename T, typename V>
inline void store_some(T* to, const V& v, int n) {
  for (int i = 0; i < n; ++i) to[i] = v[i];
}
#endif

/// `n` lanes from memory, the rest 0; n is Lanes::count for whole vectors.
template <typename T>
inline Vec<T> load(const T* from, int n) {
  if (n != Lanes<T>::count) return load_some(from, n);
  Vec<T> v;
  std::memcpy(&v, from, sizeof v);
  return v;
}

template <typename T>
inline void store(T* to, Vec<T> v, int n) {
  if (n == Lanes<T>::count) {
    std::memcpy(to, &v, sizeof v);
  } else {
    store_some(to, v, n);
  }
}

/// A whole vector past the caches, to an address aligned to 64 bytes: for results larger than the
/// last cache, which would be read back from memory anyway.
#if defined(__AVX512F__)
inline void store_past_caches(float* to, Vec<float> v) { _mm512_stream_ps(to, (__m512)v); }
inline void store_past_caches(double* to, Vec<double> v) { _mm512_stream_pd(to, (__m512d)v); }
inline void finish_stores() { _mm_sfence(); }
#elif defined(__AVX__)
inline void store_past_caches(float* to, Vec<float> v) {
  __m256 half[2];
  std::memcpy(half, &v, sizeof v);
  _mm256_stream_ps(to, half[0]);
  _mm256_stream_ps(to + 8, half[1]);
}
inline void store_past_caches(double* to, Vec<double> v) {
  __m256d half[2];
  std::memcpy(half, &v, sizeof v);
  _mm256_stream_pd(to, half[0]);
  _mm256_stream_pd(to + 4, half[1]);
}
inline void finish_stores() { _mm_sfence(); }
#else
template <typename T, typename V>
inline void store_past_caches(T* to, const V& v) {
  std::memcpy(to, &v, sizeof v);
}
inline void finish_stores() {}
#endif

/// exp(x), relative error under 2e-7 (float) or 1e-15 (double); clamped to the finite range.
inline Vec<float> exponential(Vec<float> x) {
  using V = Vec<float>;
  x = x < -87.0F ? V{} - 87.0F : x;
  x = x > 88.0F ? V{} + 88.0F : x;
  const V shifted = x * 1.44269504F + 12582912.0F;  // rounds to a whole power of two
  const V n = shifted - 12582912.0F;
  V r = x - n * 0.693359375F;
  r = r + n * 2.12194440e-4F;
  V p = V{} + 1.9875691e-4F;
  p = p * r + 1.3981999e-3F;
  p = p * r + 8.3334519e-3F;
  p = p * r + 4.1665796e-2F;
  p = p * r + 1.6666666e-1F;
  p = p * r + 0.5F;
  p = p * r * r + r + 1.0F;
  auto bits = (__builtin_convertvector(n, Lanes<float>::Int) + 127) << 23;
  V power;
  std::memcpy(&power, &bits, sizeof power);
  return p * power;
}

inline Vec<double> exponential(Vec<double> x) {
  Vec<double> y{};
  for (int i = 0; i < Lanes<double>::count; ++i) y[i] = __builtin_exp(x[i]);
  return y;
}

/// tanh(x): by exp where it is accurate, by its series near 0.
inline Vec<float> hyperbolic_tangent(Vec<float> x) {
  using V = Vec<float>;
  const V e = exponential(-2.0F * (x < 0 ? -x : x));
  V large = (1 - e) / (1 + e);
  large = x < 0 ? -large : large;
  const V q = x * x;
  V p = V{} - 5.70498872745e-3F;
  p = p * q + 2.06390887954e-2F;
  p = p * q - 5.37397155531e-2F;
  p = p * q + 1.33314422036e-1F;
  p = p * q - 3.33332819422e-1F;
  const V small = x + x * q * p;
  return q < 0.390625F ? small : large;
}

inline Vec<double> hyperbolic_tangent(Vec<double> x) {
  Vec<double> y{};
  for (int i = 0; i < Lanes<double>::count; ++i) y[i] = __builtin_tanh(x[i]);
  return y;
}

/// Draws in (0, 1) with 23 bits for consecutive element numbers; the same for float and double.
/// A counter hash (two rounds of an integer finaliser), so that any order of evaluation agrees.
template <typename T>
inline Vec<T> uniform(std::uint64_t key, std::int64_t first) {
  using Uint = typename Lanes<T>::Uint;
  constexpr auto low = static_cast<decltype(Uint{}[0] + 0U)>(0xffffffffU);
  Uint h;
  if constexpr (Lanes<T>::count == 16) {
    h = Uint{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  } else {
    h = Uint{0, 1, 2, 3, 4, 5, 6, 7};
  }
  h = (h + static_cast<std::uint32_t>(first)) & low;
  const auto round = [&](std::uint32_t k) {
    h = h ^ k;
    h = h ^ (h >> 16);
    h = (h * 0x7feb352dU) & low;
    h = h ^ (h >> 15);
    h = (h * 0x846ca68bU) & low;
    h = h ^ (h >> 16);
  };
  round(static_cast<std::uint32_t>(key));
  round(static_cast<std::uint32_t>(key >> 32));
  const auto bits = (typename Lanes<T>::Int)(h >> 9);
  return (__builtin_convertvector(bits, Vec<T>) + static_cast<T>(0.5)) *
         static_cast<T>(1.0 / 8388608.0);
}

}  // namespace paralif::cpu::PARALIF_ISA
