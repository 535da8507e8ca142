// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of helium/conv2d_s8.hpp.

#include "tmc/kernels/helium/conv2d_s8.hpp"
#include "tmc/kernels/helium/host/detail/dot_rows.hpp"
#include "tmc/kernels/helium/host/detail/dot_rows_terms.hpp"

namespace tmc::kernels::helium {

// A window is a row of dot products; its weights lie as the model has them.
inline Blobs pack(Of<Conv2dS8>, const Conv2dS8::Params& p, Constants views) {
  return pack_dot_rows(views, p.input_zero_point);
}

// What its work is linear in: windows by blocks of outputs, and what is moved to gather them: rows that lie in the
// input or outside it, taps of the other rows, with their vectors and what is left of them.
inline CostFeatures cost_features(Of<Conv2dS8>, const Conv2dS8::Params& p) {
  double whole_columns = 0;
  for (int32_t x = 0; x < p.output_w; ++x) {
    const int32_t left = x * p.stride_w - p.pad_left;
    if (p.dilation_w == 1 && left >= 0 && left + p.kernel_w <= p.input_w) ++whole_columns;
  }
  double rows_inside = 0;
  for (int32_t y = 0; y < p.output_h; ++y) {
    for (int32_t ky = 0; ky < p.kernel_h; ++ky) {
      const int32_t row = y * p.stride_h - p.pad_top + ky * p.dilation_h;
      if (row >= 0 && row < p.input_h) ++rows_inside;
    }
  }
  const double windows = 1.0 * p.batch * p.output_h * p.output_w;
  const double taken_apart = p.batch * rows_inside * (p.output_w - whole_columns);
  const double whole_rows = windows * p.kernel_h - taken_apart;
  const int32_t row_values = p.kernel_w * p.input_c;
  const double taps = taken_apart * p.kernel_w;
  CostFeatures terms = dot_rows_terms(windows, window_values(p), p.output_c);
  terms.insert(terms.end(), {whole_rows, whole_rows * (row_values / 16), row_values % 16 != 0 ? whole_rows : 0,
                             taken_apart, taps, taps * (p.input_c / 16), p.input_c % 16 != 0 ? taps : 0});
  return terms;
}

}  // namespace tmc::kernels::helium
