// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/operator_body.hpp"

namespace tmc::frontend::onnx_format {

Status import_q_linear_conv(ImportContext& context) {
  constexpr size_t kBias = 8;
  OperatorBody body({"x", "x_scale", "x_zero", "w", "w_scale", "w_zero", "y_scale", "y_zero", "b"}, {"y"});
  body.add("DequantizeLinear", {"x", "x_scale", "x_zero"}, "x_real");
  OperatorBody::set_integer(body.add("DequantizeLinear", {"w", "w_scale", "w_zero"}, "w_real"), "axis", 0);
  if (context.has_input(kBias)) {
    body.add("Mul", {"x_scale", "w_scale"}, "b_scale");
    OperatorBody::set_integer(body.add("DequantizeLinear", {"b", "b_scale"}, "b_real"), "axis", 0);
  }
  auto& conv = body.add("Conv", {"x_real", "w_real", context.has_input(kBias) ? "b_real" : ""}, "y_real");
  *conv.mutable_attribute() = context.node().attribute();
  body.add("QuantizeLinear", {"y_real", "y_scale", "y_zero"}, "y");
  return body.import(context);
}

}  // namespace tmc::frontend::onnx_format
