// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct IntegerLstmStep {
  static constexpr const char* kName = "integer_lstm_step";
  static constexpr const char* kDoc =
      "A step of an int8 LSTM as TFLite has it beyond `lstm`: with peepholes, a coupled input gate, normalisation of "
      "the "
      "sums of its gates, or a projection of its output. Inputs: x i8 [batch, inputs], weights i8 [gates * hidden, "
      "inputs] and recurrent weights i8 [gates * hidden, outputs] with the gates i, o, f, c, "
      "or with `coupled` o, f, c and i = 1 - f; bias i32 [gates * hidden], in the scale of input and weights, or of "
      "the "
      "normalisation; the output state i8 [batch, outputs] and the cell i16 [batch, hidden] before it; "
      "optional peepholes i16 [3 * hidden] of i, o, f, or [2 * hidden]; optional coefficients i16 [gates * hidden] of "
      "the normalisation; optional projection i8 [outputs, hidden] and its bias i32 [outputs]. What has gates is "
      "quantised along axis 0, alike within a gate. Outputs: output state and cell after the step.";

  bool coupled = false;
  double cell_clip = 0;        // 0: none
  double projection_clip = 0;  // 0: none
  // Of what lies within: the sums that are normalised, by gate, and what is projected; 0 where nothing is.
  double scale_i = 0, scale_o = 0, scale_f = 0, scale_c = 0;
  double hidden_scale = 0;
  int64_t hidden_zero_point = 0;

  static constexpr auto fields() {
    using Step = IntegerLstmStep;
    return std::tuple{Field{"coupled", &Step::coupled},
                      Field{"cell_clip", &Step::cell_clip},
                      Field{"projection_clip", &Step::projection_clip},
                      Field{"scale_i", &Step::scale_i},
                      Field{"scale_o", &Step::scale_o},
                      Field{"scale_f", &Step::scale_f},
                      Field{"scale_c", &Step::scale_c},
                      Field{"hidden_scale", &Step::hidden_scale},
                      Field{"hidden_zero_point", &Step::hidden_zero_point}};
  }

  enum Input : size_t {
    kX,
    kWeights,
    kRecurrentWeights,
    kBias,
    kState,
    kCell,
    kPeepholes,
    kCoefficients,
    kProjection,
    kProjectionBias
  };

  static Status check(const InferInputs& in, size_t index, DType dtype, const Shape& shape) {
    if (!in.has(index)) return {};
    if (in[index].dtype == dtype && in[index].shape == shape) return {};
    return error(Error::kMalformed, "its input {} is {} of rank {}, which does not fit the others", index,
                 dtype_name(in[index].dtype), in[index].shape.rank());
  }

  static Inferred infer(const IntegerLstmStep& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 6, 10));
    TMC_TRY(check_rank(in[kX], 2, "input"));
    TMC_TRY(check_rank(in[kState], 2, "state"));
    TMC_TRY(check_rank(in[kCell], 2, "cell"));
    const int64_t batch = in[kX].shape[0];
    const int64_t hidden = in[kCell].shape[1];
    const int64_t outputs = in[kState].shape[1];
    const int64_t gates = op.coupled ? 3 : 4;
    TMC_TRY(check(in, kX, DType::kI8, in[kX].shape));
    TMC_TRY(check(in, kWeights, DType::kI8, Shape::of(gates * hidden, in[kX].shape[1])));
    TMC_TRY(check(in, kRecurrentWeights, DType::kI8, Shape::of(gates * hidden, outputs)));
    TMC_TRY(check(in, kBias, DType::kI32, Shape::of(gates * hidden)));
    TMC_TRY(check(in, kState, DType::kI8, Shape::of(batch, outputs)));
    TMC_TRY(check(in, kCell, DType::kI16, Shape::of(batch, hidden)));
    TMC_TRY(check(in, kPeepholes, DType::kI16, Shape::of((gates - 1) * hidden)));
    TMC_TRY(check(in, kCoefficients, DType::kI16, Shape::of(gates * hidden)));
    TMC_TRY(check(in, kProjection, DType::kI8, Shape::of(outputs, hidden)));
    TMC_TRY(check(in, kProjectionBias, DType::kI32, Shape::of(outputs)));
    if (op.hidden_zero_point < INT8_MIN || op.hidden_zero_point > INT8_MAX) {
      return error(Error::kMalformed, "its hidden_zero_point is {}", op.hidden_zero_point);
    }
    if (!in.has(kProjection) && outputs != hidden) {
      return error(Error::kMalformed, "it has {} outputs of {} units and no projection", outputs, hidden);
    }
    return std::vector<TensorType>{in[kState], in[kCell]};
  }

  static int64_t macs(const IntegerLstmStep&, const InferInputs& in, std::span<const TensorType>) {
    int64_t products = in[kWeights].shape.elements() + in[kRecurrentWeights].shape.elements();
    if (in.has(kProjection)) products += in[kProjection].shape.elements();
    return in[kX].shape[0] * products;
  }
};

}  // namespace tmc::ops
