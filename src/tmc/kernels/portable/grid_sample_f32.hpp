// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference: one place after the other, whose weights all channels share; lines are summed up first, then planes.

#include "tmc/kernels/common/counts.hpp"
#include "tmc/kernels/portable/detail/grid_axis.hpp"

namespace tmc::kernels::portable {

struct GridSampleF32 : ImplementationOf<kernels::GridSampleF32> {
  static constexpr bool applies(const Params& p) {
    const bool is_image = p.axes == 2 && p.image[0] == 1 && p.places[0] == 1;
    const int64_t places = product_of(p.places[0], p.places[1], p.places[2]);
    const int64_t pixels = product_of(p.image[0], p.image[1], p.image[2]);
    const bool is_volume = p.axes == 3 && p.mode != kernels::GridSampleF32::kCubic;
    return (is_image || is_volume) && p.mode >= 0 && p.mode <= kernels::GridSampleF32::kCubic &&
           p.input_elements == product_of(p.items, p.channels, pixels) &&
           p.grid_elements == product_of(p.items, places, p.axes) &&
           p.output_elements == product_of(p.items, p.channels, places);
  }
  static constexpr double instructions(const Params& p) {
    constexpr double kTaps[] = {1, 2, 4};
    const double taps = kTaps[p.mode] * kTaps[p.mode] * (p.axes == 3 ? kTaps[p.mode] : 1);
    return 60.0 * p.grid_elements + (8 + 9 * taps) * p.output_elements;
  }

  static void run(Params p, Buffers b) {
    const int32_t places = p.places[0] * p.places[1] * p.places[2];
    const int32_t pixels = p.image[0] * p.image[1] * p.image[2];
    for (int32_t item = 0; item < p.items; ++item) {
      for (int32_t place = 0; place < places; ++place) {
        const float* at = b.grid + (item * places + place) * p.axes;
        const GridAxis x = grid_axis(p, at[0], p.image[2]);
        const GridAxis y = grid_axis(p, at[1], p.image[1]);
        const GridAxis z = p.axes == 3 ? grid_axis(p, at[2], p.image[0]) : GridAxis{1, {0}, {1}};
        for (int32_t channel = 0; channel < p.channels; ++channel) {
          const int32_t plane = item * p.channels + channel;
          b.output[plane * places + place] = sample(p, b.input + plane * pixels, z, y, x);
        }
      }
    }
  }

 private:
  static float sample(const Params& p, const float* input, const GridAxis& z, const GridAxis& y, const GridAxis& x) {
    float volume = 0;
    for (int32_t i = 0; i < z.taps; ++i) {
      float image = 0;
      for (int32_t j = 0; j < y.taps; ++j) {
        const bool is_inside = z.pixels[i] >= 0 && y.pixels[j] >= 0;
        const float* line = is_inside ? input + (z.pixels[i] * p.image[1] + y.pixels[j]) * p.image[2] : nullptr;
        float sum = 0;
        for (int32_t k = 0; k < x.taps; ++k) {
          const float pixel = is_inside && x.pixels[k] >= 0 ? line[x.pixels[k]] : 0;
          sum = k == 0 ? x.weights[k] * pixel : sum + x.weights[k] * pixel;
        }
        image = j == 0 ? y.weights[j] * sum : image + y.weights[j] * sum;
      }
      volume = i == 0 ? z.weights[i] * image : volume + z.weights[i] * image;
    }
    return volume;
  }
};

}  // namespace tmc::kernels::portable
