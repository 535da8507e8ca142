// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// One line of the contracts in contract/spectrum_f32.hpp. Real lines of an even number of points, going in or coming
// out, are transformed as half as many complex ones.

#include "tmc/kernels/portable/detail/mixed_radix.hpp"

namespace tmc::kernels::portable::dft {

using mixed_radix::Complex;

// How a line of these Params is transformed.
template <typename Params>
constexpr bool is_halved(const Params& p) {
  return p.length % 2 == 0 && (p.input_parts == 1 || p.output_parts == 1);
}
template <typename Params>
constexpr int32_t points_of(const Params& p) {
  return is_halved(p) ? p.length / 2 : p.length;
}

// Points, and the terms of the largest odd radix.
template <typename Params>
constexpr int64_t scratch_bytes(const Params& p) {
  const int32_t points = points_of(p);
  return int64_t{8} * (points + mixed_radix::stages_of(points).largest_odd);
}

template <typename Params>
constexpr double instructions(const Params& p) {
  const mixed_radix::Stages stages = mixed_radix::stages_of(points_of(p));
  double each = 30;
  for (int32_t i = 0; i < stages.count; ++i) each += stages.radix[i] <= 4 ? 12 : 4.0 * stages.radix[i];
  return each * p.outer * p.inner * points_of(p);
}

template <typename Params>
constexpr bool applies(const Params& p) {
  const bool parts = p.input_parts == 1 || (p.input_parts == 2 && p.output_parts > 0);
  const bool real_output = p.output_parts == 1 && p.input_parts == 2;
  return p.length >= 1 && p.length <= 1 << 24 && p.twiddles == 2 * p.length && parts &&
         (p.output_parts == 2 || real_output) && p.samples >= 1 && p.bins >= 1 && p.bins <= p.length &&
         p.samples <= (real_output ? p.length / 2 + 1 : p.length);
}

// The elements of a line; kWindow: times a window.
template <bool kWindow>
struct Line {
  const float* input;
  const float* window;
  int32_t stride;
  int32_t samples;

  float part(int32_t i, int32_t which) const {
    if (i >= samples) return 0;
    const float value = input[i * stride + which];
    return kWindow ? value * window[i] : value;
  }
  Complex pair(int32_t i) const { return {part(i, 0), part(i, 1)}; }
};

// What makes a line of the output.
template <typename Params, typename Line>
class Transform {
 public:
  Transform(const Params& p, const float* twiddles, void* scratch)
      : p_(p),
        points_(points_of(p)),
        stages_(mixed_radix::stages_of(points_)),
        turn_{twiddles, p.length},
        pairs_(static_cast<float*>(scratch)) {}

  void run(const Line& line, float* output) const {
    if (p_.output_parts == 1) {
      to_reals(line, output);
    } else if (!is_halved(p_)) {
      whole(line);
      for (int32_t k = 0; k < p_.bins; ++k) put(output, k, mixed_radix::load(pairs_, k));
    } else {
      transform([&](int32_t i) { return Complex{line.part(2 * i, 0), line.part(2 * i + 1, 0)}; });
      separate(output);
    }
  }

 private:
  template <typename Source>
  void transform(Source source) const {
    mixed_radix::place(stages_, points_, source, pairs_);
    float* terms = pairs_ + 2 * points_;
    if (p_.inverse != 0) {
      mixed_radix::transform<true>(stages_, turn_, points_, terms, pairs_);
    } else {
      mixed_radix::transform<false>(stages_, turn_, points_, terms, pairs_);
    }
  }

  void whole(const Line& line) const {
    if (p_.input_parts == 2) {
      transform([&](int32_t i) { return line.pair(i); });
    } else {
      transform([&](int32_t i) { return Complex{line.part(i, 0), 0}; });
    }
  }

  void put(float* output, int32_t k, Complex value) const {
    output[k * p_.output_strides[2]] = p_.factor * value.re;
    output[k * p_.output_strides[2] + 1] = p_.factor * value.im;
  }
  // The bin, and where it is asked for the one that mirrors it.
  void put_both(float* output, int32_t k, Complex value) const {
    if (k < p_.bins) put(output, k, value);
    const int32_t mirrored = p_.length - k;
    if (k > 0 && mirrored != k && mirrored < p_.bins) put(output, mirrored, {value.re, -value.im});
  }

  // The points are those of even samples and, times i, of odd ones.
  void separate(float* output) const {
    for (int32_t k = 0; 2 * k <= points_; ++k) {
      const int32_t other = k == 0 ? 0 : points_ - k;
      const Complex a = mixed_radix::load(pairs_, k);
      const Complex b = mixed_radix::load(pairs_, other);
      const Complex even = {0.5F * (a.re + b.re), 0.5F * (a.im - b.im)};
      const Complex odd = Complex{0.5F * (a.im + b.im), 0.5F * (b.re - a.re)} * mixed_radix::load(turn_.twiddles, k);
      put_both(output, k, even + odd);
      // k == points / 2 is its own other; k == 0 is that of the bin in the middle.
      if (2 * k < points_) put_both(output, points_ - k, {even.re - odd.re, odd.im - even.im});
    }
  }

  // A bin of a line that holds the first half.
  Complex bin(const Line& line, int32_t k) const {
    const int32_t at = 2 * k <= p_.length ? k : p_.length - k;
    const Complex value = line.pair(at);
    if (at == 0 || 2 * at == p_.length) return {value.re, 0};
    return {value.re, at == k ? value.im : -value.im};
  }

  void to_reals(const Line& line, float* output) const {
    const int32_t stride = p_.output_strides[2];
    if (!is_halved(p_)) {
      transform([&](int32_t k) { return bin(line, k); });
      for (int32_t n = 0; n < p_.bins; ++n) output[n * stride] = p_.factor * pairs_[2 * n];
      return;
    }
    // Even samples are the real parts of the points, odd ones the imaginary parts.
    transform([&](int32_t k) {
      const Complex a = bin(line, k);
      const Complex b = bin(line, points_ - k);
      const Complex even = {a.re + b.re, a.im - b.im};
      const Complex odd = Complex{a.re - b.re, a.im + b.im} * mixed_radix::load(turn_.twiddles, k);
      return Complex{even.re - odd.im, even.im + odd.re};
    });
    for (int32_t n = 0; n < p_.bins; ++n) output[n * stride] = p_.factor * pairs_[n];
  }

  const Params& p_;
  const int32_t points_;
  const mixed_radix::Stages stages_;
  const mixed_radix::Turn turn_;
  float* const pairs_;
};

template <bool kWindow, typename Params>
inline void run(const Params& p, const float* input, const float* window, const float* twiddles, float* output,
                void* scratch) {
  const Transform<Params, Line<kWindow>> transform(p, twiddles, scratch);
  for (int32_t o = 0; o < p.outer; ++o) {
    for (int32_t i = 0; i < p.inner; ++i) {
      const float* first = input + o * p.input_strides[0] + i * p.input_strides[1];
      transform.run({first, window, p.input_strides[2], p.samples},
                    output + o * p.output_strides[0] + i * p.output_strides[1]);
    }
  }
}

}  // namespace tmc::kernels::portable::dft
