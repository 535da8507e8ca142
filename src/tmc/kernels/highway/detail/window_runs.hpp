// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Of a window's values, those that lie side by side are a run: a line of the window, or its pixels where they are
// dilated.

#include "tmc/kernels/contract/conv2d.hpp"
#include "tmc/kernels/highway/detail/int8_layers.hpp"

namespace tmc::kernels::highway {

constexpr bool has_whole_lines(const QuantizedConv2d::Params& p) {
  return p.dilation_w == 1 || p.kernel_w == 1;
}
constexpr int32_t run_values(const QuantizedConv2d::Params& p) {
  return has_whole_lines(p) ? p.kernel_w * p.input_c : p.input_c;
}
constexpr int32_t runs_in_line(const QuantizedConv2d::Params& p) {
  return has_whole_lines(p) ? 1 : p.kernel_w;
}

}  // namespace tmc::kernels::highway
