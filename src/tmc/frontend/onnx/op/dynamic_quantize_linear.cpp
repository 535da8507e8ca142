// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/operator_body.hpp"

namespace tmc::frontend::onnx_format {

// As its specification's function (opset 11).
Status import_dynamic_quantize_linear(ImportContext& context) {
  OperatorBody body({"x"}, {"y", "y_scale", "y_zero"});
  body.add_real("zero", 0);
  body.add_real("steps", 255);
  for (const bool is_max : {false, true}) {
    const std::string name = is_max ? "max" : "min";
    OperatorBody::set_integer(body.add(is_max ? "ReduceMax" : "ReduceMin", {"x"}, name), "keepdims", 0);
    body.add(is_max ? "Max" : "Min", {name, "zero"}, name + "_with_zero");
  }
  body.add("Sub", {"max_with_zero", "min_with_zero"}, "range");
  body.add("Div", {"range", "steps"}, "y_scale");
  body.add("Sub", {"zero", "min_with_zero"}, "below");
  body.add("Div", {"below", "y_scale"}, "zero_step");
  body.add("Round", {"zero_step"}, "zero_rounded");
  body.add("Clip", {"zero_rounded", "zero", "steps"}, "zero_clipped");
  body.add_cast("zero_clipped", ::onnx::TensorProto::UINT8, "y_zero");
  body.add("QuantizeLinear", {"x", "y_scale", "y_zero"}, "y");
  return body.import(context);
}

}  // namespace tmc::frontend::onnx_format
