// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Pixel by pixel of a window, some channels at a time, which compilers make vectors of: in the order of the portable
// implementations, and so with their bits.

#include "tmc/kernels/common/pool.hpp"

namespace tmc::kernels::highway {

constexpr int32_t kPooledChannels = 64;  // at a time

// Folds every channel of every window from `begin`: output = finish(folded, window).
template <typename Params, typename Combine, typename Finish>
inline void pool_channels(const Params& p, const float* input, float* output, float begin, Combine combine,
                          Finish finish) {
  for_each_pool_pixel(p, input, output, [&](const float* image, const PoolWindow& window, float* to) {
    for (int32_t first = 0; first < p.channels; first += kPooledChannels) {
      const int32_t count = p.channels - first < kPooledChannels ? p.channels - first : kPooledChannels;
      float values[kPooledChannels];
      for (int32_t i = 0; i < count; ++i) values[i] = begin;
      for (int32_t y = window.y_begin; y < window.y_end; ++y) {
        for (int32_t x = window.x_begin; x < window.x_end; ++x) {
          const float* const from = image + (y * p.input_w + x) * p.channels + first;
          for (int32_t i = 0; i < count; ++i) values[i] = combine(values[i], from[i]);
        }
      }
      for (int32_t i = 0; i < count; ++i) to[first + i] = finish(values[i], window);
    }
  });
}

// The estimate of both.
template <typename Params>
constexpr double float_pool_instructions(const Params& p) {
  return 1.0 * p.batch * p.output_h * p.output_w * (20 + p.channels * (0.5 * p.kernel_h * p.kernel_w + 5));
}

}  // namespace tmc::kernels::highway
