// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Quantize {
  static constexpr const char* kName = "quantize";
  static constexpr const char* kDoc =
      "Real to quantised integer: saturate(round(x / scale) + zero_point). Input: float, any shape. Scale "
      "and zero point are the output tensor's quantisation. TFLite rounds ties away from zero, ONNX to even "
      "(ties_to_even).";
  static constexpr int32_t kElementwiseOperands = 1;

  DType dtype = DType::kI8;
  bool ties_to_even = false;

  static constexpr auto fields() {
    return std::tuple{Field{"dtype", &Quantize::dtype}, Field{"ties_to_even", &Quantize::ties_to_even}};
  }

  static Inferred infer(const Quantize& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 1, 1));
    if (!dtype_is_float(in[0].dtype))
      return error(Error::kUnsupportedType, "input has dtype {}", dtype_name(in[0].dtype));
    return std::vector<TensorType>{{op.dtype, in[0].shape}};
  }
};

}  // namespace tmc::ops
