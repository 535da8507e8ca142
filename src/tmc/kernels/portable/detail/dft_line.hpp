// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// One line of the contracts in contract/spectrum_f32.hpp. Real lines of an even number of points, going in or coming
// out, are transformed as half as many complex ones.

#include "tmc/kernels/common/counts.hpp"
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
  for (int32_t i = 0; i < stages.count; ++i)
    each += stages.radix[i] <= 4 ? 12 : stages.radix[i] == 8 ? 20 : 4.0 * stages.radix[i];
  return each * p.outer * p.inner * points_of(p);
}

template <typename Params>
constexpr bool applies(const Params& p) {
  const bool parts = p.input_parts == 1 || (p.input_parts == 2 && p.output_parts > 0);
  const bool real_output = p.output_parts == 1 && p.input_parts == 2;
  return p.length >= 1 && p.length <= 1 << 24 && p.twiddles == 2 * p.length && parts &&
         (p.output_parts == 2 || real_output) && p.samples >= 1 && p.bins >= 1 && p.bins <= p.length &&
         p.samples <= (real_output ? p.length / 2 + 1 : p.length) &&
         holds_lines(p.input_elements, p.input_parts, {p.outer, p.inner, p.samples}, p.input_strides) &&
         holds_lines(p.output_elements, p.output_parts, {p.outer, p.inner, p.bins}, p.output_strides);
}

// Two points that mirror one another.
struct Mirrored {
  Complex near, far;
};

// Bins k and points - k of real samples, from the same of the transform of their pairs: the even samples are the real
// parts, the odd ones the imaginary parts. `turn` is the twiddle of k times `half`, half of what all is multiplied by.
inline Mirrored separated(Complex a, Complex b, Complex turn, float half) {
  const Complex even = {half * (a.re + b.re), half * (a.im - b.im)};
  const Complex odd = Complex{a.im + b.im, b.re - a.re} * turn;
  return {even + odd, {even.re - odd.re, odd.im - even.im}};
}

// The way back, from bins k and points - k, twice as large.
inline Mirrored joined(Complex a, Complex b, Complex turn) {
  const Complex even = {a.re + b.re, a.im - b.im};
  const Complex odd = Complex{a.re - b.re, a.im + b.im} * turn;
  return {{even.re - odd.im, even.im + odd.re}, {even.re + odd.im, odd.re - even.im}};
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
  // A bin that is multiplied already.
  void put_bin(float* output, int32_t k, Complex value) const {
    if (k >= p_.bins) return;
    output[k * p_.output_strides[2]] = value.re;
    output[k * p_.output_strides[2] + 1] = value.im;
  }
  // And the one that mirrors it.
  void put_both(float* output, int32_t k, Complex value) const {
    put_bin(output, k, value);
    put_bin(output, p_.length - k, {value.re, -value.im});
  }

  void separate(float* output) const {
    const float half = 0.5F * p_.factor;
    const auto bins = [&](int32_t k, Complex a, Complex b) {
      const Complex turn = mixed_radix::load(turn_.twiddles, k);
      return separated(a, b, {half * turn.re, half * turn.im}, half);
    };
    const Complex first = mixed_radix::load(pairs_, 0);
    const Mirrored ends = bins(0, first, first);
    put_bin(output, 0, ends.near);
    put_bin(output, points_, ends.far);
    for (int32_t k = 1; 2 * k <= points_; ++k) {
      const Mirrored both = bins(k, mixed_radix::load(pairs_, k), mixed_radix::load(pairs_, points_ - k));
      put_both(output, k, both.near);
      if (2 * k < points_) put_both(output, points_ - k, both.far);
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
    transform([&](int32_t k) {
      const int32_t near = 2 * k <= points_ ? k : points_ - k;
      const Mirrored both = joined(bin(line, near), bin(line, points_ - near), mixed_radix::load(turn_.twiddles, near));
      return near == k ? both.near : both.far;
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
