// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The inner loop of the 3x3 depthwise convolution: strips of output over four channels, from planes of 16-bit pixels.
//
// A plane word holds two neighbouring pixels of one channel and one row. Two rows form a pair, whose words alternate:
// pair[2j] and pair[2j + 1] are pixels 2j and 2j + 1 of the upper and of the lower row. Row pairs of a plane follow
// each other, and a strip reads two: with stride 1 it makes two output rows, two columns at a time; with stride 2 one
// row. With stride 1 a single row may follow the strips, which reads the upper row only of its second pair. SMLAD takes
// two taps of a row at once, SMLABT and SMLATB the third.

#include <stddef.h>

#include "tmc/kernels/armv7em/detail/channel.hpp"
#include "tmc/kernels/armv7em/detail/depthwise_assembly.hpp"
#include "tmc/kernels/armv7em/detail/long_channel.hpp"

namespace tmc::kernels::armv7em {

// One channel as the loop reads it, its requantisation in the short form, with one rounding or in the long form.
template <typename Form>
struct DepthwiseChannel {
  int32_t weights[6];  // for every row of the window {w0, w1} and {w1, w2}
  int32_t bias[4];     // equal
  Form requantization;
};

// The assembly reads the members by position.
template <typename Form>
struct DepthwiseStrips {
  const DepthwiseChannel<Form>* channels;  // four
  const int32_t* planes;                   // the first channel's, from the first strip's upper row pair on
  int32_t plane_bytes;                     // from one channel's plane to the next
  int8_t* output;                          // of the first strip and channel
  int32_t second_row;                      // bytes from an output row to the next
  int32_t pixel_bytes;
  int32_t output_zero_point;
  int32_t columns;     // two or more
  int32_t count;       // strips, one or more, or none before a single row
  int32_t single_row;  // 1 where one follows the strips, otherwise 0
};

#if TMC_ARMV7EM_ASSEMBLY

static_assert(offsetof(DepthwiseStrips<Requantization>, channels) == 0 &&
              offsetof(DepthwiseStrips<Requantization>, planes) == 4 &&
              offsetof(DepthwiseStrips<Requantization>, plane_bytes) == 8 &&
              offsetof(DepthwiseStrips<Requantization>, output) == 12 &&
              offsetof(DepthwiseStrips<Requantization>, second_row) == 16 &&
              offsetof(DepthwiseStrips<Requantization>, pixel_bytes) == 20 &&
              offsetof(DepthwiseStrips<Requantization>, output_zero_point) == 24 &&
              offsetof(DepthwiseStrips<Requantization>, columns) == 28 &&
              offsetof(DepthwiseStrips<Requantization>, count) == 32 &&
              offsetof(DepthwiseStrips<Requantization>, single_row) == 36);

[[gnu::naked, gnu::noinline]] inline void run_depthwise_stride1(const DepthwiseStrips<Requantization>*) {
  asm volatile(TMC_DEPTHWISE_SHORT TMC_DEPTHWISE_STRIDE1("96") TMC_DEPTHWISE_END);
}
[[gnu::naked, gnu::noinline]] inline void run_depthwise_stride2(const DepthwiseStrips<Requantization>*) {
  asm volatile(TMC_DEPTHWISE_SHORT TMC_DEPTHWISE_STRIDE2("96") TMC_DEPTHWISE_END);
}
[[gnu::naked, gnu::noinline]] inline void run_depthwise_stride1(const DepthwiseStrips<OneRounding>*) {
  asm volatile(TMC_DEPTHWISE_ONCE TMC_DEPTHWISE_STRIDE1("96") TMC_DEPTHWISE_END);
}
[[gnu::naked, gnu::noinline]] inline void run_depthwise_stride2(const DepthwiseStrips<OneRounding>*) {
  asm volatile(TMC_DEPTHWISE_ONCE TMC_DEPTHWISE_STRIDE2("96") TMC_DEPTHWISE_END);
}
[[gnu::naked, gnu::noinline]] inline void run_depthwise_stride1(const DepthwiseStrips<LongRequantization>*) {
  asm volatile(TMC_DEPTHWISE_LONG TMC_DEPTHWISE_STRIDE1("104") TMC_DEPTHWISE_LONG_END);
}
[[gnu::naked, gnu::noinline]] inline void run_depthwise_stride2(const DepthwiseStrips<LongRequantization>*) {
  asm volatile(TMC_DEPTHWISE_LONG TMC_DEPTHWISE_STRIDE2("104") TMC_DEPTHWISE_LONG_END);
}

#else

// Three taps of a row: pixels 0 and 1 in `first`, 2 in `second`; or pixels 1, 2 and 3, for the next column.
inline int32_t add_even_taps(const int32_t* weights, int32_t first, int32_t second, int32_t sum) {
  return smlatb(weights[1], second, smlad(weights[0], first, sum));
}
inline int32_t add_odd_taps(const int32_t* weights, int32_t first, int32_t second, int32_t sum) {
  return smlad(weights[1], second, smlabt(weights[0], first, sum));
}

// Calls make_column(channel, the strip's upper row pair, lower row pair, column, offset into the output, rows).
template <typename Form, typename MakeColumn>
void for_every_column(const DepthwiseStrips<Form>& strips, int32_t pair_words, int32_t strip_bytes,
                      MakeColumn make_column) {
  for (int32_t c = 0; c < 4; ++c) {
    const int32_t* upper = strips.planes + c * strips.plane_bytes / 4;
    for (int32_t i = 0; i < strips.count + strips.single_row; ++i, upper += pair_words) {
      for (int32_t x = 0; x < strips.columns; ++x) {
        make_column(strips.channels[c], upper, upper + pair_words, x, c + i * strip_bytes + x * strips.pixel_bytes,
                    i < strips.count ? 2 : 1);
      }
    }
  }
}

template <typename Form>
void run_depthwise_stride1(const DepthwiseStrips<Form>* strips) {
  const int32_t pair_words = 2 * ((strips->columns + 1) / 2 + 1);
  const auto make_column = [strips](const DepthwiseChannel<Form>& channel, const int32_t* upper, const int32_t* lower,
                                    int32_t x, int32_t offset, int32_t row_count) {
    const auto add_taps = x % 2 ? add_odd_taps : add_even_taps;
    const int32_t first = x / 2 * 2;
    const int32_t* rows[4] = {upper, upper + 1, lower, lower + 1};
    for (int32_t row = 0; row < row_count; ++row) {
      int32_t sum = channel.bias[0];
      for (int32_t ky = 0; ky < 3; ++ky) {
        const int32_t* words = rows[row + ky] + first;
        sum = add_taps(channel.weights + 2 * ky, words[0], words[2], sum);
      }
      strips->output[offset + row * strips->second_row] =
          requantize(sum, channel.requantization, strips->output_zero_point);
    }
  };
  for_every_column(*strips, pair_words, 2 * strips->second_row, make_column);
}

template <typename Form>
void run_depthwise_stride2(const DepthwiseStrips<Form>* strips) {
  const int32_t pair_words = 2 * ((strips->columns + 1) / 2 * 2 + 1);
  const auto make_column = [strips](const DepthwiseChannel<Form>& channel, const int32_t* upper, const int32_t* lower,
                                    int32_t x, int32_t offset, int32_t) {
    const int32_t* rows[3] = {upper, upper + 1, lower};
    int32_t sum = channel.bias[0];
    for (int32_t ky = 0; ky < 3; ++ky) {
      sum = add_even_taps(channel.weights + 2 * ky, rows[ky][2 * x], rows[ky][2 * x + 2], sum);
    }
    strips->output[offset] = requantize(sum, channel.requantization, strips->output_zero_point);
  };
  for_every_column(*strips, pair_words, strips->second_row, make_column);
}

#endif

}  // namespace tmc::kernels::armv7em
