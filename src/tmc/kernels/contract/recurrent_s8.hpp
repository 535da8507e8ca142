// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// One time step of an LSTM of int8 inputs and weights with a cell of int16, as LiteRT's integer LSTM (EvalInteger8x8_16
// in lite/kernels/lstm_eval.cc) computes it, to the last bit: sums of inputs and of the state before, the new cell, and
// the new state from it. Gates i, o, f and c, as in recurrent_f32.hpp.

#include "tmc/kernels/contract/detail/channel_buffers.hpp"

namespace tmc::kernels {

// output[b, o] = bias[o] + sum over i of (input[b, i] - input_zero_point) * weights[o, i], modulo 2^32. The model's
// constants: weights i8 [outputs, inputs], bias i32 [outputs].
struct DenseSumsS8 {
  static constexpr const char* kName = "dense_sums_s8";
  static constexpr Access kAccess = Access::kDense;
  TMC_PARAMS(int32_t batch, inputs, outputs; int32_t input_zero_point;)

  struct Buffers {
    const int8_t* input;  // [batch, inputs]
    const void* weights;  // as the implementation's pack lays them out
    const void* bias;     // with what the zero point adds
    int32_t* output;      // [batch, outputs]
    void* scratch;
  };
  static constexpr BufferInfo kBuffers[] = {{"input", Role::kInput},
                                            {"weights", Role::kConstant},
                                            {"bias", Role::kConstant},
                                            {"output", Role::kOutput},
                                            {"scratch", Role::kScratch}};
};

// A gate's number of three integer bits: both sums requantised, each with a multiplier and a shift of its own, and
// added with saturation. cell = f * cell + i * c, where i and f are logistic functions and c the hyperbolic tangent
// (base/fixed_point_functions.hpp) of their gates; products lose 15 and product_shift bits, with rounding; the cell is
// clamped to [-cell_clip, cell_clip] where that is above 0. With coupled = 1 i is 32767 - f, and its gate is not looked
// at. The new cell may lie where the old one is.
//
// The model's constant: functions i32 [1], which is not looked at; an implementation may have a table in its place.
struct LstmStateS16 {
  static constexpr const char* kName = "lstm_state_s16";
  static constexpr Access kAccess = Access::kGates;
  TMC_PARAMS(int32_t rows, hidden, gates, states; int32_t a_multipliers[4], a_shifts[4];
             int32_t b_multipliers[4], b_shifts[4]; int32_t product_shift, cell_clip, coupled;)

  struct Buffers {
    const int32_t* gates_a;  // [rows, 4 * hidden]
    const int32_t* gates_b;
    const int16_t* state;  // [rows, hidden]
    const int32_t* functions;
    int16_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"gates_a", Role::kInput},
                                            {"gates_b", Role::kInput},
                                            {"state", Role::kInput},
                                            {"functions", Role::kConstant},
                                            {"output", Role::kOutput}};
};

// The state h = requantise(o * tanh(cell)) + zero_point, saturated, where o is the logistic function of its gate and
// the cell has cell_bits integer bits. Functions as of lstm_state_s16.
struct LstmOutputS8 {
  static constexpr const char* kName = "lstm_output_s8";
  static constexpr Access kAccess = Access::kGates;
  TMC_PARAMS(int32_t rows, hidden, gates, states; int32_t a_multipliers[4], a_shifts[4];
             int32_t b_multipliers[4], b_shifts[4]; int32_t cell_bits, multiplier, shift, zero_point;)

  struct Buffers {
    const int32_t* gates_a;  // [rows, 4 * hidden]
    const int32_t* gates_b;
    const int16_t* cell;  // [rows, hidden]
    const int32_t* functions;
    int8_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"gates_a", Role::kInput},
                                            {"gates_b", Role::kInput},
                                            {"cell", Role::kInput},
                                            {"functions", Role::kConstant},
                                            {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
