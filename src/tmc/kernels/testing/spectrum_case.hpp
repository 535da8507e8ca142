// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the tests of contract/spectrum_f32.hpp share: the sums of the contract in doubles, whole.

#include <cmath>
#include <complex>

#include "tmc/kernels/contract/spectrum_f32.hpp"
#include "tmc/kernels/testing/naive.hpp"
#include "tmc/kernels/testing/signal_case.hpp"

namespace tmc::kernels::testing {

using Complex = std::complex<double>;

inline constexpr double kTurn = 6.28318530717958647692;
// Of the largest bin, by the logarithm of the length or, where a prime is summed up, its root.
inline constexpr double kTolerance = 4e-7;

inline Complex turn_of(int64_t k, int64_t length, bool inverse) {
  return std::polar(1.0, (inverse ? kTurn : -kTurn) * static_cast<double>(k % length) / static_cast<double>(length));
}

inline Blob twiddles_of(int32_t length, bool inverse) {
  std::vector<float> twiddles;
  for (int32_t k = 0; k < length; ++k) {
    const Complex turn = turn_of(k, length, inverse);
    twiddles.insert(twiddles.end(), {static_cast<float>(turn.real()), static_cast<float>(turn.imag())});
  }
  return make_blob(DType::kF32, twiddles);
}

// A line in doubles, whole, with what the contract says of halves of spectra.
template <typename Params>
std::vector<Complex> line_of(const Params& p, const std::vector<float>& input, const std::vector<float>& window,
                             int32_t first) {
  std::vector<Complex> line(static_cast<size_t>(p.length));
  for (int32_t n = 0; n < p.samples; ++n) {
    const auto at = static_cast<size_t>(first + n * p.input_strides[2]);
    const double factor = window.empty() ? 1 : window[static_cast<size_t>(n)];
    line[static_cast<size_t>(n)] = factor * Complex(input[at], p.input_parts == 2 ? input[at + 1] : 0);
  }
  if (p.output_parts == 2) return line;
  for (int32_t n = 0; 2 * n <= p.length; ++n) {
    Complex& value = line[static_cast<size_t>(n)];
    if (n == 0 || 2 * n == p.length) {
      value = value.real();
    } else {
      line[static_cast<size_t>(p.length - n)] = std::conj(value);
    }
  }
  return line;
}

template <typename Params>
std::vector<double> transformed(const Params& p, const std::vector<float>& input, const std::vector<float>& window) {
  std::vector<double> output(static_cast<size_t>(p.output_elements));
  for (int32_t o = 0; o < p.outer; ++o) {
    for (int32_t i = 0; i < p.inner; ++i) {
      const auto line = line_of(p, input, window, o * p.input_strides[0] + i * p.input_strides[1]);
      for (int32_t k = 0; k < p.bins; ++k) {
        Complex sum;
        for (size_t n = 0; n < line.size(); ++n) {
          sum += line[n] * turn_of(static_cast<int64_t>(n) * k, p.length, p.inverse != 0);
        }
        sum *= p.factor;
        const auto at =
            static_cast<size_t>(o * p.output_strides[0] + i * p.output_strides[1] + k * p.output_strides[2]);
        output[at] = sum.real();
        if (p.output_parts == 2) output[at + 1] = sum.imag();
      }
    }
  }
  return output;
}

// Every line of a tensor [outer, depth, inner, parts] along the middle axis.
struct Tensor {
  int32_t length, samples, bins, outer, inner, input_parts, output_parts, inverse;
};
inline DftF32::Params dft_params(const Tensor& t) {
  const int32_t in = t.inner * t.input_parts;
  const int32_t out = t.inner * t.output_parts;
  return {.input_elements = t.outer * t.samples * in,
          .output_elements = t.outer * t.bins * out,
          .twiddles = 2 * t.length,
          .length = t.length,
          .inverse = t.inverse,
          .input_parts = t.input_parts,
          .output_parts = t.output_parts,
          .samples = t.samples,
          .bins = t.bins,
          .outer = t.outer,
          .inner = t.inner,
          .input_strides = {t.samples * in, t.input_parts, in},
          .output_strides = {t.bins * out, t.output_parts, out},
          .factor = t.inverse != 0 ? 1 / static_cast<float>(t.length) : 1};
}

// Windowed frames of a signal.
struct Frames {
  int32_t length, parts, step, frames, batch, bins;
};
inline StftF32::Params stft_params(const Frames& f) {
  const int32_t signal = f.parts * (f.step * (f.frames - 1) + f.length);
  return {.input_elements = f.batch * signal,
          .window_elements = f.length,
          .output_elements = f.batch * f.frames * f.bins * 2,
          .twiddles = 2 * f.length,
          .length = f.length,
          .inverse = 0,
          .input_parts = f.parts,
          .output_parts = 2,
          .samples = f.length,
          .bins = f.bins,
          .outer = f.batch,
          .inner = f.frames,
          .input_strides = {signal, f.parts * f.step, f.parts},
          .output_strides = {f.frames * f.bins * 2, f.bins * 2, 2},
          .factor = 1};
}

// Lines of all forms, most of them of powers of two.
inline Case any_dft_case(std::mt19937& rng) {
  const int32_t length = rng() % 4 == 0 ? pick(rng, 1, 60) : 1 << pick(rng, 3, 7);
  const int32_t half = length / 2 + 1;
  const bool is_real_input = rng() % 2 == 0;
  const bool is_real_output = !is_real_input && rng() % 2 == 0;
  const int32_t most = is_real_output ? half : length;
  const int32_t samples = rng() % 2 == 0 ? most : pick(rng, 1, most);
  const int32_t bins = is_real_input && rng() % 2 == 0 ? half : length;
  const DftF32::Params p = dft_params({length, samples, bins, pick(rng, 1, 2), rng() % 3 == 0 ? 2 : 1,
                                       is_real_input ? 1 : 2, is_real_output ? 1 : 2, static_cast<int32_t>(rng() % 2)});
  const auto input = random_values<float>(rng, static_cast<size_t>(p.input_elements), -3, 3);
  return signal_case<DftF32, float>(p, {to_bytes(input)}, static_cast<size_t>(p.output_elements),
                                    {twiddles_of(length, p.inverse != 0)});
}
inline Case any_stft_case(std::mt19937& rng) {
  const int32_t length = rng() % 4 == 0 ? pick(rng, 1, 60) : 1 << pick(rng, 3, 7);
  const StftF32::Params p = stft_params(
      {length, pick(rng, 1, 2), pick(rng, 1, 7), pick(rng, 1, 3), 1, rng() % 2 == 0 ? length : length / 2 + 1});
  const auto input = random_values<float>(rng, static_cast<size_t>(p.input_elements), -3, 3);
  const auto window = random_values<float>(rng, static_cast<size_t>(length), -2, 2);
  return signal_case<StftF32, float>(p, {to_bytes(input), to_bytes(window)}, static_cast<size_t>(p.output_elements),
                                     {twiddles_of(length, false)});
}

inline void expect_near(const std::vector<float>& actual, const std::vector<double>& expected, int32_t length) {
  ASSERT_EQ(actual.size(), expected.size());
  double largest = 0;
  double furthest = 0;
  for (size_t i = 0; i < actual.size(); ++i) {
    largest = std::max(largest, std::abs(expected[i]));
    furthest = std::max(furthest, std::abs(actual[i] - expected[i]));
  }
  EXPECT_LE(furthest, kTolerance * (std::sqrt(length) / 8 + 2) * largest) << length << " points, " << furthest;
}

}  // namespace tmc::kernels::testing
