// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct BitCast {
  static constexpr const char* kName = "bit_cast";
  static constexpr const char* kDoc =
      "The bytes of the elements as those of another dtype of the same size (ONNX BitCast).";

  DType to = DType::kF32;

  static constexpr auto fields() { return std::tuple{Field{"to", &BitCast::to}}; }

  static Inferred infer(const BitCast& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 1, 1));
    if (dtype_bytes(op.to) != dtype_bytes(in[0].dtype)) {
      return error(Error::kMalformed, "elements of {} have {} bytes, those of {} {}", dtype_name(in[0].dtype),
                   dtype_bytes(in[0].dtype), dtype_name(op.to), dtype_bytes(op.to));
    }
    return std::vector<TensorType>{{op.to, in[0].shape}};
  }
};

}  // namespace tmc::ops
