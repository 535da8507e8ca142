// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Lines of contract/spectrum_f32.hpp whose points are a power of two, where the output lies. A first stage of radix 4
// or 8 reads the line, or what was made of it in scratch, and writes its sums to where the later stages of radix 4 want
// them; no points are moved for that alone.

#include "tmc/kernels/armv7em/detail/fourier_assembly.hpp"
#include "tmc/kernels/armv7em/detail/reversed_digits.hpp"

namespace tmc::kernels::armv7em::fourier {

constexpr int32_t kFewestPoints = 16;

constexpr int32_t log2_of(int32_t power) {
  int32_t bits = 0;
  while (power >> bits > 1) ++bits;
  return bits;
}
// That of the first stage. All others are 4.
constexpr int32_t first_radix(int32_t points) {
  return log2_of(points) % 2 == 0 ? 4 : 8;
}
// Floats of the twiddles of the later stages, three for each point but the first of the spectra that a stage joins.
constexpr int32_t stage_turns(int32_t points) {
  int32_t floats = 0;
  for (int32_t m = first_radix(points); m < points; m *= 4) floats += 6 * (m - 1);
  return floats;
}

using portable::dft::is_halved;
using portable::dft::points_of;

template <typename Params>
constexpr bool is_real_output(const Params& p) {
  return p.output_parts == 1;
}
// Whether the first stage reads scratch, where the line is made ready.
template <bool kWindow, typename Params>
constexpr bool is_staged(const Params& p) {
  return kWindow || is_real_output(p) || p.samples < p.length || p.input_strides[2] != p.input_parts;
}

template <typename Params>
constexpr bool applies(const Params& p) {
  const int32_t points = points_of(p);
  const bool is_power = points >= kFewestPoints && (points & (points - 1)) == 0;
  const bool has_room = is_halved(p) && !is_real_output(p) ? p.bins > points : p.bins == p.length;
  return portable::dft::applies(p) && is_power && has_room && p.output_strides[2] == p.output_parts &&
         (is_halved(p) || p.input_parts == 2);
}

template <bool kWindow, typename Params>
constexpr int64_t scratch_bytes(const Params& p) {
  return is_staged<kWindow>(p) ? int64_t{8} * points_of(p) : 0;
}

// Lines, points, points of later stages and their groups, and what is made ready in scratch.
struct Work {
  double lines, points, joined, groups, staged;
};
template <bool kWindow, typename Params>
constexpr Work work_of(const Params& p) {
  const int32_t points = points_of(p);
  const double lines = 1.0 * p.outer * p.inner;
  Work work{lines, lines * points, 0, 0, is_staged<kWindow>(p) ? lines * points : 0};
  for (int32_t m = first_radix(points); m < points; m *= 4) {
    work.joined += lines * points;
    work.groups += lines * points / (4 * m);
  }
  return work;
}

template <bool kWindow, typename Params>
constexpr double instructions(const Params& p) {
  const Work work = work_of<kWindow>(p);
  return 80 * work.lines + 20 * work.points + 10 * work.joined + 15 * work.groups + 8 * work.staged;
}

// Four groups that follow one another in the source lie a quarter of the points apart.
template <bool kInverse, int32_t kRadix>
void first_stage(const float* source, int32_t points, float* pairs) {
  const int32_t apart = points / kRadix;
  const int32_t digits = log2_of(apart) / 2 - 1;
  const float* from[8] = {source,
                          source + 2 * apart,
                          source + 4 * apart,
                          source + 6 * apart,
                          source + 8 * apart,
                          source + 10 * apart,
                          source + 12 * apart,
                          source + 14 * apart};
  for (int32_t group = 0; group < apart / 4; ++group) {
    float* to = pairs + 2 * kRadix * reversed_digits(group, digits);
    for (int32_t i = 0; i < 4; ++i, to += points / 2) {
      if constexpr (kRadix == 8) {
        join_next_8<kInverse>(from, apart, to);
      } else {
        join_next_4<kInverse>(from, apart, to);
      }
    }
  }
}

template <bool kInverse>
void transform(const float* source, int32_t points, const float* turns, float* pairs) {
  const int32_t radix = first_radix(points);
  if (radix == 8) {
    first_stage<kInverse, 8>(source, points, pairs);
  } else {
    first_stage<kInverse, 4>(source, points, pairs);
  }
  for (int32_t m = radix; m < points; m *= 4) {
    for (int32_t at = 0; at < points; at += 4 * m) join_spectra<kInverse>(m, turns, pairs + 2 * at);
    turns += 6 * (m - 1);
  }
}

// Bins of real samples from the transform of their pairs, in place, with those that mirror them as far as they are
// asked for. `turns` are times half the factor.
template <typename Params>
void separate(const Params& p, const float* turns, float* pairs) {
  const int32_t points = points_of(p);
  const float half = 0.5F * p.factor;
  const Mirrored ends = separated(load(pairs, 0), load(pairs, 0), load(turns, 0), half);
  store(pairs, 0, ends.near);
  store(pairs, points, ends.far);
  separate_pairs(points, half, turns + 2, pairs);
  const Complex middle = load(pairs, points / 2);
  store(pairs, points / 2, separated(middle, middle, load(turns, points / 2), half).near);
  for (int32_t k = points + 1; k < p.bins; ++k) {
    const Complex mirrored = load(pairs, p.length - k);
    store(pairs, k, {mirrored.re, -mirrored.im});
  }
}

// The points of a line that holds the first half of a spectrum; it ends with zeros where it is short.
template <typename Params, typename Line>
void join(const Params& p, const Line& line, const float* turns, float* pairs) {
  const int32_t points = points_of(p);
  const auto join_two = [&](int32_t k, Complex near, Complex far) {
    const Mirrored both = joined(near, far, load(turns, k));
    store(pairs, k, both.near);
    if (k > 0 && 2 * k < points) store(pairs, points - k, both.far);
  };
  join_two(0, {line.part(0, 0), 0}, {line.part(points, 0), 0});
  join_two(points / 2, line.pair(points / 2), line.pair(points / 2));
  if (line.samples > points && line.stride == 2) {
    join_bins(line.input, points, turns + 2, pairs);
  } else {
    for (int32_t k = 1; k < points / 2; ++k) join_two(k, line.pair(k), line.pair(points - k));
  }
}

// A line, times a window where there is one, with zeros behind it.
template <bool kWindow, typename Params, typename Line>
void make_ready(const Params& p, const Line& line, float* to) {
  const int32_t parts = p.input_parts;
  const int32_t end = parts * p.samples;
  if (kWindow && parts == 1 && line.stride == 1) {
    multiply_floats(to, line.input, line.window, end);
  } else {
    for (int32_t i = 0; i < p.samples; ++i) {
      for (int32_t part = 0; part < parts; ++part) to[i * parts + part] = line.part(i, part);
    }
  }
  zero_floats(to + end, parts * p.length - end);
}

template <bool kInverse, bool kWindow, typename Params>
void run_line(const Params& p, const portable::dft::Line<kWindow>& line, const float* turns, float* output,
              float* scratch) {
  const int32_t points = points_of(p);
  const float* ends = turns + stage_turns(points);
  const float* source = line.input;
  if (is_real_output(p)) {
    join(p, line, ends, scratch);
    source = scratch;
  } else if (is_staged<kWindow>(p)) {
    make_ready<kWindow>(p, line, scratch);
    source = scratch;
  }
  transform<kInverse>(source, points, turns, output);
  if (is_halved(p) && !is_real_output(p)) {
    separate(p, ends, output);
  } else if (p.factor != 1) {
    scale_floats(output, p.factor, 2 * points);
  }
}

template <bool kWindow, typename Params>
void run(const Params& p, const float* input, const float* window, const float* turns, float* output, void* scratch) {
  for (int32_t o = 0; o < p.outer; ++o) {
    for (int32_t i = 0; i < p.inner; ++i) {
      const portable::dft::Line<kWindow> line{input + o * p.input_strides[0] + i * p.input_strides[1], window,
                                              p.input_strides[2], p.samples};
      float* to = output + o * p.output_strides[0] + i * p.output_strides[1];
      if (p.inverse != 0) {
        run_line<true>(p, line, turns, to, static_cast<float*>(scratch));
      } else {
        run_line<false>(p, line, turns, to, static_cast<float*>(scratch));
      }
    }
  }
}

}  // namespace tmc::kernels::armv7em::fourier
