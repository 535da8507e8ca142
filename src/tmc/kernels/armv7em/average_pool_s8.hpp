// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Four channels at a time, summed in 16-bit lanes.

#include "tmc/kernels/armv7em/detail/intrinsics.hpp"
#include "tmc/kernels/contract/average_pool.hpp"
#include "tmc/kernels/portable/average_pool.hpp"

namespace tmc::kernels::armv7em {

struct AveragePoolS8 : ImplementationOf<kernels::AveragePoolS8> {
  using Portable = portable::AveragePoolS8;

  static constexpr int64_t kMaxWindow = 256;  // elements of -128 that a lane holds

  static constexpr bool applies(const Params& p) {
    return Portable::applies(p) && p.channels % 4 == 0 && int64_t{p.kernel_h} * p.kernel_w <= kMaxWindow;
  }
  static constexpr Overlap overlap(const Params& p, int buffer) { return Portable::overlap(p, buffer); }
  static constexpr double instructions(const Params& p) {
    const double words = 0.25 * p.batch * p.output_h * p.output_w * p.channels;
    return 40 + words * (20 + 4 * (p.rescale ? 35 : 12) + p.kernel_h * (6 + 5.0 * p.kernel_w));
  }

  static void run(Params p, Buffers b) {
    for_each_pool_pixel(p, b.input, b.output, [&p](const int8_t* image, const PoolWindow& window, int8_t* output) {
      const int32_t inside = window.pixels();
      const int8_t* first = image + (window.y_begin * p.input_w + window.x_begin) * p.channels;
      for (int32_t c = 0; c < p.channels; c += 4) {
        const Sums sums = sum_window(p, first + c, window);
        output[c] = Portable::mean(p, bottom(sums.even), inside);
        output[c + 1] = Portable::mean(p, bottom(sums.odd), inside);
        output[c + 2] = Portable::mean(p, top(sums.even), inside);
        output[c + 3] = Portable::mean(p, top(sums.odd), inside);
      }
    });
  }

 private:
  struct Sums {
    int32_t even, odd;  // channels 0 and 2, 1 and 3
  };

  static Sums sum_window(const Params& p, const int8_t* row, const PoolWindow& window) {
    Sums sums{0, 0};
    for (int32_t y = window.y_begin; y < window.y_end; ++y, row += p.input_w * p.channels) {
      const int8_t* pixel = row;
      for (int32_t x = window.x_begin; x < window.x_end; ++x, pixel += p.channels) {
        const int32_t word = load_word(pixel);
        sums = {sxtab16(sums.even, word), sxtab16_ror8(sums.odd, word)};
      }
    }
    return sums;
  }
};

}  // namespace tmc::kernels::armv7em
