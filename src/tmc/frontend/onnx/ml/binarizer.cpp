// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/structured.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/cast.hpp"

namespace tmc::frontend::onnx_format {

// 1 where the element is above the threshold, else 0.
Status import_ml_binarizer(ImportContext& context) {
  TMC_ASSIGN(const double threshold, context.attributes().real("threshold", 0));
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  const DType dtype = context.type(input).dtype;
  TMC_ASSIGN(const ir::ValueId reals, real_input(context));
  const ir::ValueId limit = context.append_scalar("_threshold", static_cast<float>(threshold));
  TMC_ASSIGN(const ir::ValueId above, context.append("_above", ops::Greater{}, {reals, limit}));
  return context.finish(ops::Cast{dtype}, {above});
}

}  // namespace tmc::frontend::onnx_format
