// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/operator_body.hpp"

namespace tmc::frontend::onnx_format {

// In floats, which hold every sum that check_exact_sums lets through.
Status import_mat_mul_integer(ImportContext& context) {
  TMC_ASSIGN(const Shape a, context.shape_of(0));
  if (a.rank() < 1) return error(Error::kMalformed, "its first input is a scalar");
  TMC_TRY(check_exact_sums(a.back()));
  OperatorBody body({"a", "b", "a_zero", "b_zero"}, {"y"});
  body.add_centred(context, "a", 2, "a_zero", a.rank() > 1 ? std::vector<int64_t>{-1, 1} : std::vector<int64_t>{1},
                   "a_centred");
  body.add_centred(context, "b", 3, "b_zero", {-1}, "b_centred");
  body.add("MatMul", {"a_centred", "b_centred"}, "y_real");
  body.add_cast("y_real", ::onnx::TensorProto::INT32, "y");
  return body.import(context);
}

}  // namespace tmc::frontend::onnx_format
