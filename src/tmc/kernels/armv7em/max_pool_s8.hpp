// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Sixteen channels at a time, then four, then one: words of a window's taps are compared byte by byte.

#include "tmc/kernels/armv7em/detail/channel.hpp"
#include "tmc/kernels/armv7em/detail/clamp.hpp"
#include "tmc/kernels/common/pool.hpp"
#include "tmc/kernels/contract/max_pool.hpp"

namespace tmc::kernels::armv7em {

struct MaxPoolS8 : ImplementationOf<kernels::MaxPoolS8> {
  static constexpr bool applies(const Params& p) { return p.channels >= 4; }
  static constexpr Overlap overlap(const Params& p, int) { return pool_overlap(p); }
  static constexpr double instructions(const Params& p) {
    const double pixels = 1.0 * p.batch * p.output_h * p.output_w;
    const double taps = 1.0 * p.kernel_h * p.kernel_w;
    return 50 + pixels * (35 + p.channels / 16 * (25 + 5 * p.kernel_h + 15 * taps) +
                          p.channels % 16 / 4 * (15 + 5 * p.kernel_h + 6 * taps) + p.channels % 4 * (15 + 8 * taps));
  }

  static void run(Params p, Buffers b) {
    for_each_pool_pixel(p, b.input, b.output, [&p](const int8_t* image, const PoolWindow& window, int8_t* output) {
      const int8_t* first = image + (window.y_begin * p.input_w + window.x_begin) * p.channels;
      int32_t c = 0;
      for (; c + 16 <= p.channels; c += 16) fold_words<4>(p, first + c, window, output + c);
      for (; c + 4 <= p.channels; c += 4) fold_words<1>(p, first + c, window, output + c);
      for (; c < p.channels; ++c) {
        output[c] = static_cast<int8_t>(fold_window(p, image + c, window, INT8_MIN, [](int32_t most, int8_t value) {
          return value > most ? int32_t{value} : most;
        }));
      }
    });
    if (p.activation_min > -128 || p.activation_max < 127) {
      clamp_values(b.output, p.batch * p.output_h * p.output_w * p.channels, p.activation_min, p.activation_max);
    }
  }

 private:
  template <int kWords>
  static void fold_words(const Params& p, const int8_t* row, const PoolWindow& window, int8_t* output) {
    int32_t most[kWords];
    for (int32_t& word : most) word = static_cast<int32_t>(0x80808080U);
    for (int32_t y = window.y_begin; y < window.y_end; ++y, row += p.input_w * p.channels) {
      const int8_t* pixel = row;
      for (int32_t x = window.x_begin; x < window.x_end; ++x, pixel += p.channels) {
#pragma GCC unroll 4
        for (int i = 0; i < kWords; ++i) most[i] = max_bytes(most[i], load_word(pixel + 4 * i));
      }
    }
    for (int i = 0; i < kWords; ++i) store_word(most[i], output + 4 * i);
  }
};

}  // namespace tmc::kernels::armv7em
