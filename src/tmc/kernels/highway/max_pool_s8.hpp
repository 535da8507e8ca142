// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Pixel by pixel of a window, the maxima of some channels at a time, which compilers make vectors of.

#include "tmc/kernels/common/pool.hpp"
#include "tmc/kernels/portable/max_pool.hpp"

namespace tmc::kernels::highway {

struct MaxPoolS8 : portable::MaxPoolS8 {
  static constexpr int32_t kChannels = 64;  // at a time

  static constexpr double instructions(const Params& p) {
    return 1.0 * p.batch * p.output_h * p.output_w * (20 + p.channels * (0.5 * p.kernel_h * p.kernel_w + 2));
  }

  static void run(Params p, Buffers b) {
    for_each_pool_pixel(p, b.input, b.output, [&p](const int8_t* image, const PoolWindow& window, int8_t* pixel) {
      for (int32_t c = 0; c < p.channels; c += kChannels) {
        const int32_t count = p.channels - c < kChannels ? p.channels - c : kChannels;
        find_maxima(p, image + c, window, count, pixel + c);
      }
    });
  }

 private:
  static void find_maxima(const Params& p, const int8_t* first, const PoolWindow& window, int32_t count,
                          int8_t* output) {
    // Nothing is below the least output.
    const auto least = static_cast<int8_t>(p.activation_min), most = static_cast<int8_t>(p.activation_max);
    int8_t largest[kChannels];
    for (int8_t& value : largest) value = least;
    for (int32_t y = window.y_begin; y < window.y_end; ++y) {
      for (int32_t x = window.x_begin; x < window.x_end; ++x) {
        const int8_t* const pixel = first + (y * p.input_w + x) * p.channels;
        for (int32_t i = 0; i < count; ++i) largest[i] = pixel[i] > largest[i] ? pixel[i] : largest[i];
      }
    }
    for (int32_t i = 0; i < count; ++i) output[i] = largest[i] > most ? most : largest[i];
  }
};

}  // namespace tmc::kernels::highway
