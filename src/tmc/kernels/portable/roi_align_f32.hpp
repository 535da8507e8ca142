// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference: one bin of one channel after the other.

#include "tmc/kernels/common/counts.hpp"
#include "tmc/kernels/portable/detail/region.hpp"

namespace tmc::kernels::portable {

struct RoiAlignF32 : ImplementationOf<kernels::RoiAlignF32> {
  static constexpr bool applies(const Params& p) {
    return p.samples >= 0 && p.samples <= kernels::RoiAlignF32::kMostSamples &&
           p.input_elements == product_of(p.items, p.channels, p.height, p.width) &&
           p.regions_elements == int64_t{4} * p.item_elements &&
           p.output_elements == product_of(p.item_elements, p.channels, p.out_height, p.out_width);
  }
  static constexpr double instructions(const Params& p) {
    const double samples = p.samples == 0 ? 2 : p.samples;
    return (20 + 45 * samples * samples) * p.output_elements;
  }

  static void run(Params p, Buffers b) {
    float* output = b.output;
    for (int32_t region = 0; region < p.item_elements; ++region) {
      const float* corners = b.regions + 4 * region;
      const RegionAxis columns = region_axis(p, corners[0], corners[2], p.out_width);
      const RegionAxis rows = region_axis(p, corners[1], corners[3], p.out_height);
      const int64_t given = b.item[region];
      const int64_t item = given < 0 ? 0 : given < p.items ? given : p.items - 1;
      for (int32_t channel = 0; channel < p.channels; ++channel) {
        const float* plane = b.input + (static_cast<int32_t>(item) * p.channels + channel) * p.height * p.width;
        for (int32_t y = 0; y < p.out_height; ++y) {
          for (int32_t x = 0; x < p.out_width; ++x) *output++ = bin(p, plane, rows, y, columns, x);
        }
      }
    }
  }

 private:
  static float bin(const Params& p, const float* plane, const RegionAxis& rows, int32_t y, const RegionAxis& columns,
                   int32_t x) {
    float result = 0;
    bool is_first = true;
    for (int32_t i = 0; i < rows.samples; ++i) {
      const RegionPlace row = region_place(rows, y, i, p.height);
      for (int32_t j = 0; j < columns.samples; ++j) {
        const RegionPlace column = region_place(columns, x, j, p.width);
        const float sample = value(p, plane, row, column);
        if (p.max == 0) {
          result += sample;
        } else if (is_first || sample > result) {
          result = sample;
        }
        is_first = false;
      }
    }
    const int32_t samples = rows.samples * columns.samples;
    return p.max != 0 || samples == 0 ? result : result / static_cast<float>(samples);
  }

  static float value(const Params& p, const float* plane, const RegionPlace& row, const RegionPlace& column) {
    if (!row.is_inside || !column.is_inside) return 0;
    const float* low = plane + row.low * p.width;
    const float* high = plane + row.high * p.width;
    const float up = 1 - row.rest, left = 1 - column.rest;
    const float pixels[] = {up * left * low[column.low], up * column.rest * low[column.high],
                            row.rest * left * high[column.low], row.rest * column.rest * high[column.high]};
    float result = pixels[0];
    for (int32_t i = 1; i < 4; ++i) {
      if (p.max == 0) {
        result += pixels[i];
      } else if (pixels[i] > result) {
        result = pixels[i];
      }
    }
    return result;
  }
};

}  // namespace tmc::kernels::portable
