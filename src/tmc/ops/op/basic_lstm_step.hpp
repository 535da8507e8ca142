// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct BasicLstmStep {
  static constexpr const char* kName = "basic_lstm_step";
  static constexpr const char* kDoc =
      "A quantised step of TFLite's LSTM of the basic kind. Inputs: x and the output state before it side by side, i8 "
      "[batch, inputs + hidden], in steps of 1 / 128; weights i8 [4 * hidden, inputs + hidden] with the gates i, c, f, "
      "o, "
      "which may have a zero point; bias i32 [4 * hidden]; the cell i16 [batch, hidden] in steps of 2^-11. Outputs: "
      "the "
      "output state i8 [batch, hidden], the cell, and the sums of the gates i16 [batch, 4 * hidden] in steps of 2^-12.";

  static constexpr auto fields() { return std::tuple<>{}; }

  static Inferred infer(const BasicLstmStep&, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 4, 4));
    TMC_TRY(check_rank(in[0], 2, "input"));
    TMC_TRY(check_rank(in[3], 2, "cell"));
    const int64_t batch = in[0].shape[0];
    const int64_t hidden = in[3].shape[1];
    const TensorType expected[] = {{DType::kI8, in[0].shape},
                                   {DType::kI8, Shape::of(4 * hidden, in[0].shape[1])},
                                   {DType::kI32, Shape::of(4 * hidden)},
                                   {DType::kI16, Shape::of(batch, hidden)}};
    for (size_t i = 0; i < std::size(expected); ++i) {
      if (in[i] == expected[i]) continue;
      return error(Error::kMalformed, "its input {} is {} of rank {}, which does not fit the others", i,
                   dtype_name(in[i].dtype), in[i].shape.rank());
    }
    return std::vector<TensorType>{{DType::kI8, in[3].shape}, in[3], {DType::kI16, Shape::of(batch, 4 * hidden)}};
  }

  static int64_t macs(const BasicLstmStep&, const InferInputs& in, std::span<const TensorType>) {
    return in[0].shape[0] * in[1].shape.elements();
  }
};

}  // namespace tmc::ops
