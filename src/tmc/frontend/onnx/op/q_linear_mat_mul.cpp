// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/operator_body.hpp"

namespace tmc::frontend::onnx_format {

Status import_q_linear_mat_mul(ImportContext& context) {
  OperatorBody body({"a", "a_scale", "a_zero", "b", "b_scale", "b_zero", "y_scale", "y_zero"}, {"y"});
  body.add("DequantizeLinear", {"a", "a_scale", "a_zero"}, "a_real");
  OperatorBody::set_integer(body.add("DequantizeLinear", {"b", "b_scale", "b_zero"}, "b_real"), "axis", -1);
  body.add("MatMul", {"a_real", "b_real"}, "y_real");
  body.add("QuantizeLinear", {"y_real", "y_scale", "y_zero"}, "y");
  return body.import(context);
}

}  // namespace tmc::frontend::onnx_format
