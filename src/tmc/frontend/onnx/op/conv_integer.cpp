// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/operator_body.hpp"

namespace tmc::frontend::onnx_format {

// In floats, which hold every sum that check_exact_sums lets through.
Status import_conv_integer(ImportContext& context) {
  TMC_ASSIGN(const Shape weights, context.shape_of(1));
  if (weights.rank() < 1) return error(Error::kMalformed, "its weights are a scalar");
  TMC_TRY(check_exact_sums(weights.elements(1, weights.rank())));
  OperatorBody body({"x", "w", "x_zero", "w_zero"}, {"y"});
  body.add_centred(context, "x", 2, "x_zero", {1}, "x_centred");
  std::vector<int64_t> by_output(static_cast<size_t>(weights.rank()), 1);
  by_output[0] = -1;
  body.add_centred(context, "w", 3, "w_zero", by_output, "w_centred");
  *body.add("Conv", {"x_centred", "w_centred"}, "y_real").mutable_attribute() = context.node().attribute();
  body.add_cast("y_real", ::onnx::TensorProto::INT32, "y");
  return body.import(context);
}

}  // namespace tmc::frontend::onnx_format
