// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/patterns.hpp"

namespace tmc::frontend::tflite {

Status import_conv_2d(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::Conv2DOptions>());
  TMC_ASSIGN(const ir::ValueId weights, context.input(1));
  return import_convolution(context, *options, weights);
}

}  // namespace tmc::frontend::tflite
