// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/op/clip.hpp"

namespace tmc::frontend::onnx_format {

Status import_clip(ImportContext& context) {
  constexpr double kLargest = std::numeric_limits<float>::max();
  ops::Clip op;
  if (context.opset() < 11) {
    TMC_ASSIGN(op.min, context.attributes().real("min", -kLargest));
    TMC_ASSIGN(op.max, context.attributes().real("max", kLargest));
  } else {
    TMC_ASSIGN(op.min, context.constant_real(1, "min", -kLargest));
    TMC_ASSIGN(op.max, context.constant_real(2, "max", kLargest));
  }
  return import_unary(context, op);
}

}  // namespace tmc::frontend::onnx_format
