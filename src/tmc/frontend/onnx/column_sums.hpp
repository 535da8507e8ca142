// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a window's taps have at every place of it, added up where they lie in the image: Col2Im, and what a transposed
// convolution ends with.

#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

// One axis of the image: its extent, the window along it, and how many places the window has.
struct ColumnAxis {
  int64_t image = 1, kernel = 1, stride = 1, dilation = 1, pad_before = 0, places = 1;
};

// Of columns [n, channels * taps, places], all taps and places in row-major order, the image [n, channels, ...].
// kMalformed where the columns have another shape; kUnsupportedShape for more than kMostTaps taps.
Result<ir::ValueId> append_column_sums(ImportContext& context, ir::ValueId columns, int64_t channels,
                                       const std::vector<ColumnAxis>& axes);

}  // namespace tmc::frontend::onnx_format
