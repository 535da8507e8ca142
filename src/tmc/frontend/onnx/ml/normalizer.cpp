// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/structured.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/where.hpp"

namespace tmc::frontend::onnx_format {

// Each row over its largest element, the sum of its sizes or its length; a row for which that is zero stays as it is.
Status import_ml_normalizer(ImportContext& context) {
  TMC_ASSIGN(const std::string norm, context.attributes().text("norm", "MAX"));
  if (norm != "MAX" && norm != "L1" && norm != "L2") return error(Error::kMalformed, "its norm is '{}'", norm);
  TMC_ASSIGN(const ir::ValueId input, real_input(context));
  const int64_t last = context.type(input).shape.rank() - 1;
  if (last != 0 && last != 1) {
    return error(Error::kUnsupportedShape, "its input has rank {}", last + 1)
        .with_hint("reshape it to [rows, features]");
  }
  ops::AnyOp reduce = ops::ReduceMax{{last}, true};
  if (norm == "L1") reduce = ops::ReduceL1{{last}, true};
  if (norm == "L2") reduce = ops::ReduceL2{{last}, true};
  TMC_ASSIGN(const ir::ValueId size, context.append("_size", reduce, {input}));
  const ir::ValueId zero = context.append_scalar("_zero", 0);
  const ir::ValueId one = context.append_scalar("_one", 1);
  TMC_ASSIGN(const ir::ValueId is_zero, context.append("_is_zero", ops::Equal{}, {size, zero}));
  TMC_ASSIGN(const ir::ValueId divisor, context.append("_divisor", ops::Where{}, {is_zero, one, size}));
  return context.finish(ops::Div{}, {input, divisor});
}

}  // namespace tmc::frontend::onnx_format
