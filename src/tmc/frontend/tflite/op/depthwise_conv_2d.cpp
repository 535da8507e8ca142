// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/patterns.hpp"

namespace tmc::frontend::tflite {

// Weights [1, kernel_h, kernel_w, out_c] become [out_c, kernel_h, kernel_w, 1]: as many groups as the image has
// channels.
Status import_depthwise_conv_2d(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::DepthwiseConv2DOptions>());
  TMC_ASSIGN(const ir::ValueId weights, context.transposed_constant(1, {3, 1, 2, 0}));
  if (context.type(weights).shape.back() != 1) {
    return error(Error::kMalformed, "its weights have {} planes, not 1", context.type(weights).shape.back());
  }
  return import_convolution(context, *options, weights);
}

}  // namespace tmc::frontend::tflite
