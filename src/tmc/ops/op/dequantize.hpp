// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Dequantize {
  static constexpr const char* kName = "dequantize";
  static constexpr const char* kDoc =
      "Quantised integer to float32: scale * (q - zero_point), with the input tensor's quantisation. Float16 to "
      "float32: the same number.";
  static constexpr int32_t kElementwiseOperands = 1;

  static constexpr auto fields() { return std::tuple{}; }

  static Inferred infer(const Dequantize&, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 1, 1));
    return std::vector<TensorType>{{DType::kF32, in[0].shape}};
  }
};

}  // namespace tmc::ops
