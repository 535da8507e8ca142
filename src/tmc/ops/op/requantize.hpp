// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Requantize {
  static constexpr const char* kName = "requantize";
  static constexpr const char* kDoc = "Quantised integer to the same real in another scale, zero point or dtype.";
  static constexpr int32_t kElementwiseOperands = 1;

  DType dtype = DType::kI8;

  static constexpr auto fields() { return std::tuple{Field{"dtype", &Requantize::dtype}}; }

  static Inferred infer(const Requantize& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 1, 1));
    return std::vector<TensorType>{{op.dtype, in[0].shape}};
  }
};

}  // namespace tmc::ops
