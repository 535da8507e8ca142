// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/signal.hpp"

namespace tmc::ops {

struct Iir {
  static constexpr const char* kName = "iir";
  static constexpr const char* kDoc =
      "A recursive filter of f32 along an axis: second-order sections f32 [sections, 5], each b0, b1, b2, a1, a2 with "
      "a0 = 1, one after the other. y[n] = b0 x[n] + b1 x[n - 1] + b2 x[n - 2] - a1 y[n - 1] - a2 y[n - 2]; before "
      "the first element both are zero.";

  int32_t axis = 0;

  static constexpr auto fields() { return std::tuple{Field{"axis", &Iir::axis}}; }

  static Inferred infer(const Iir& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 2, 2));
    TMC_TRY(check_operand_dtype(in, 0, DType::kF32));
    TMC_TRY(check_operand_dtype(in, 1, DType::kF32));
    TMC_TRY(check_rank(in[1], 2, "the sections"));
    TMC_TRY(normalize_axis(op.axis, in[0].shape.rank()).status());
    if (in[1].shape[1] != 5) {
      return error(Error::kUnsupportedShape, "a section has {} coefficients, not 5", in[1].shape[1]);
    }
    return std::vector<TensorType>{in[0]};
  }

  static int64_t macs(const Iir&, const InferInputs& in, std::span<const TensorType> outputs) {
    return outputs[0].shape.elements() * in[1].shape.elements();
  }
};

}  // namespace tmc::ops
