// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// From the samples of a sound to mel bands and cepstra in fixed point. Integers of 32 bits inside, so that what
// rounding adds stays below what the samples of 16 bits have themselves. Shifts right round down unless said otherwise.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

// Frames of samples, `hop` apart, to the magnitudes of their spectra, added up under triangles: [frames, bands].
//
// Sample i of a frame is s = input[frame * hop + skip + i], and p the one before it, 0 where there is none (`skip` is 1
// where the first sample is there only to be p). d = (s << scale_bits) - (p * pre_emphasis >> (15 - scale_bits)) and
// x = d * window[i] >> 16, with zeros behind up to `length` numbers, a power of two. Lowering proves that the sum of
// all |x| is at most 2^30; nothing is divided on the way, and no sum leaves 32 bits.
//
// The numbers are taken as n = length / 2 complex ones. Decimation in time, self-sorting (Stockham): a stage of radix 2
// where n is no power of 4, then stages of radix 4. With sub-transforms of `size` so far and r = n / (4 * size), of
// k < size and u < r the numbers x[4 * r * k + u + r * t], t from 0 to 3, the last three times twiddles[t * k * r],
// become y[r * (k + size * m) + u], m from 0 to 3. Then the bins of the real samples are separated. A product of two
// complex numbers has half its size: (a.re * b.re rounded - a.im * b.im) >> 32, both roundings to the nearest, and
// alike the imaginary part; sums take it twice, but for the separation, which takes the half of its sums.
//
// The magnitude of a bin is the root of the sum of its squares, in floats, without what is behind the point. Band b
// of bands + 1 has the next widths[b] bins from first_bin on; of each, weight / 2^15 goes into output[b], and the rest
// into output[b - 1], rounded to the nearest once all are added up, at most 2^32 - 1.
//
// The model's constants: window i16, twiddles i32, pairs of real and imaginary part in 2^-31ths (first n - n / 4 of the
// stages, e^(-2 pi i k / n) from k = 0 on, then n / 2 of the separation, e^(-pi i k / n) from k = 1 on), weights u16,
// widths i16 [bands + 1].
struct SoundBands {
  static constexpr const char* kName = "sound_bands";
  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(int32_t input_elements, output_elements; int32_t window, twiddles, weights, widths;
             int32_t frames, hop, skip, length, first_bin; int32_t pre_emphasis, scale_bits;)

  struct Buffers {
    const int16_t* input;
    const int16_t* window;
    const int32_t* twiddles;
    const uint16_t* weights;
    const int16_t* widths;
    uint32_t* output;
    void* scratch;
  };
  static constexpr BufferInfo kBuffers[] = {{"input", Role::kInput},       {"window", Role::kConstant},
                                            {"twiddles", Role::kConstant}, {"weights", Role::kConstant},
                                            {"widths", Role::kConstant},   {"output", Role::kOutput},
                                            {"scratch", Role::kScratch}};
};

constexpr int32_t sound_twiddles(int32_t length) {
  return length / 2 - length / 8 + length / 4;
}

// Logarithms of bands, and products of them with a constant: [frames, features], `features` being output_elements /
// frames.
//
// Of a band, y = (band << 31) + floor, in 64 bits. Where `normalize` is 1, loudest is the largest band of all, at least
// `silent`, floor is loudest * (floor_low + floor_high * 2^32), and the reference is y of loudest without a floor; else
// floor is floor_low + floor_high * 2^32 and the logarithm of the reference is `reference`. The logarithm of base 2 is
// that of y less that of the reference, in 10 bits behind the point, to the nearest from 16 bits, saturated to int16.
// Those 16 bits come from the highest 17 bits of y, between entries of the table linearly.
//
// A feature k is the sum of weights[k * taps + i] times the logarithm i of its frame, of logarithm k where taps is 1,
// then shifted right by rows[2 * k] bits, to the nearest, plus rows[2 * k + 1], saturated.
//
// The model's constants: weights i16 [features, taps], rows i32 [features, 2], table u16 [129] (signal_log's).
struct SoundLogs {
  static constexpr const char* kName = "sound_logs";
  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(int32_t input_elements, output_elements; int32_t weights, rows, table; int32_t frames, taps;
             int32_t normalize, silent, reference; int32_t floor_low, floor_high;)

  struct Buffers {
    const uint32_t* input;
    const int16_t* weights;
    const int32_t* rows;
    const uint16_t* table;
    int16_t* output;
    void* scratch;
  };
  static constexpr BufferInfo kBuffers[] = {{"input", Role::kInput},   {"weights", Role::kConstant},
                                            {"rows", Role::kConstant}, {"table", Role::kConstant},
                                            {"output", Role::kOutput}, {"scratch", Role::kScratch}};
};

}  // namespace tmc::kernels
