// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/functions.hpp"

namespace tmc::frontend::onnx_format {

// Of several tensors, element by element.
Status import_mean(ImportContext& context) {
  TMC_ASSIGN(ir::ValueId sum, context.input(0));
  for (size_t i = 1; i < context.input_count(); ++i) {
    TMC_ASSIGN(const ir::ValueId next, context.input(i));
    TMC_ASSIGN(sum, context.append(fmt::format("_sum{}", i), ops::Add{}, {sum, next}));
  }
  const float share = 1 / static_cast<float>(context.input_count());
  return context.finish(ops::Mul{}, {sum, context.append_scalar("_share", share)});
}

}  // namespace tmc::frontend::onnx_format
