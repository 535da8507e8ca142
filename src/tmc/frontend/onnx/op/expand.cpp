// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/expand.hpp"
#include "tmc/frontend/onnx/constant_math.hpp"
#include "tmc/frontend/onnx/declared.hpp"
#include "tmc/frontend/onnx/index_map.hpp"
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {

Status import_expand(ImportContext& context) {
  TMC_ASSIGN(const Shape wanted, shape_operand(context, 1));
  TMC_ASSIGN(const Shape shape, context.shape_of(0));
  TMC_ASSIGN(const Shape out, ops::broadcast(shape, wanted));
  if (!context.is_constant(0) && out == shape) return import_pass_through(context);
  return import_moved(context, ops::Expand{{out.begin(), out.end()}});
}

}  // namespace tmc::frontend::onnx_format
