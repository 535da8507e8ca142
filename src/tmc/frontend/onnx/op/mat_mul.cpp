// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/weights.hpp"
#include "tmc/ops/op/fully_connected.hpp"
#include "tmc/ops/op/matmul.hpp"

namespace tmc::frontend::onnx_format {

Status import_mat_mul(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId a, context.input(0));
  TMC_ASSIGN(const ir::ValueId b, context.input(1));
  if (context.type(b).shape.rank() != 2 || !is_weights(context.graph(), b)) {
    return context.finish(ops::Matmul{}, {a, b});
  }
  TMC_ASSIGN(const ir::ValueId weights, transposed_weights(context, b, {1, 0}));
  return context.finish(ops::FullyConnected{}, {a, weights});
}

}  // namespace tmc::frontend::onnx_format
