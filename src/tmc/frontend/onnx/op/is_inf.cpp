// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/functions.hpp"

namespace tmc::frontend::onnx_format {

// Its attributes are integers.
Status import_is_inf(ImportContext& context) {
  TMC_ASSIGN(const int64_t negative, context.attributes().integer("detect_negative", 1));
  TMC_ASSIGN(const int64_t positive, context.attributes().integer("detect_positive", 1));
  ops::IsInf op;
  op.attributes = {static_cast<double>(negative), static_cast<double>(positive)};
  return import_unary(context, op,
                      {[&op](double x) { return ops::evaluate<function::IsInf>(x, op.attributes); }, nullptr});
}

}  // namespace tmc::frontend::onnx_format
