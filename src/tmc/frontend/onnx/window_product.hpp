// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Convolutions whose weights are computed at run time: the image's windows, gathered into a matrix, times the weights.

#include "tmc/frontend/onnx/window.hpp"

namespace tmc::frontend::onnx_format {

// Of image [n, c, h, w] and weights [outputs, c / groups, rows, columns], both float32; the result is named after the
// output with a suffix. Inputs and outputs are in as many groups; the bias [outputs] may be absent.
struct WindowProduct {
  ir::ValueId image, weights, bias;
  ImageWindow window;
  int64_t groups = 1;
};
// Ends the node at hand with it, as a line where the node's input is one.
Status finish_window_product(ImportContext& context, const WindowProduct& product);

// Weights of a line [outputs, inputs, taps] as those of images of height 1.
Result<ir::ValueId> computed_weights_of_height_1(ImportContext& context, ir::ValueId weights);
// Weights of a transposed convolution [inputs, outputs / groups, ...] as those of the plain one, as turned_weights.
Result<ir::ValueId> computed_turned_weights(ImportContext& context, ir::ValueId weights, int64_t groups);

}  // namespace tmc::frontend::onnx_format
