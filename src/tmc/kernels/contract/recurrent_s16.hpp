// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// One time step of recurrent layers (ONNX GRU, RNN) of int8 inputs and weights whose state has 16 bits, from the sums
// of their gates (dense_sums_s8) to their new state. LiteRT has no such layers.
//
// A sum s becomes round(s * 2^shift * multiplier / 2^32), after it was saturated to 32 - shift bits. Both sums of a
// gate added and saturated to 16 bits are its number, which has three integer bits, but for ReLU. The logistic function
// and the hyperbolic tangent are those of sigmoid_s16, of the number times 3, in 32768ths. A state of `state_bits`
// integer bits has 15 - state_bits bits behind the point. What loses bits is rounded, halves upward. The new state may
// lie where the old one is.
//
// The model's constant: sigmoids u16 [256], as of sigmoid_s16.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

// Of GateS16.
enum class IntegerGate : int32_t { kLogistic, kTanh, kRelu };

// The function of gate number `gate`: times the state where times_state is 1, else, but for ReLU, as a state of
// state_bits. Else the state is not looked at.
struct GateS16 {
  static constexpr const char* kName = "gate_s16";
  static constexpr Access kAccess = Access::kGates;
  TMC_PARAMS(int32_t rows, hidden, gates, states; int32_t gate, function, times_state, state_bits;
             int32_t a_multipliers[1], a_shifts[1]; int32_t b_multipliers[1], b_shifts[1];)

  struct Buffers {
    const int32_t* gates_a;  // [rows, gates * hidden]
    const int32_t* gates_b;
    const int16_t* state;  // [rows, hidden]
    const uint16_t* sigmoids;
    int16_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"gates_a", Role::kInput},
                                            {"gates_b", Role::kInput},
                                            {"state", Role::kInput},
                                            {"sigmoids", Role::kConstant},
                                            {"output", Role::kOutput}};
};

// Gates z and r, and the candidate, whose multipliers are the third: z * state + (1 - z) * candidate, where candidate =
// tanh(candidate_a + candidate_b), or with reset_after = 1 tanh(candidate_a + r * candidate_b), candidate_b being
// saturated to 17 bits; z and r are logistic functions. The product with the candidate is rounded to the state's bits,
// then the sum to 16.
struct GruStateS16 {
  static constexpr const char* kName = "gru_state_s16";
  static constexpr Access kAccess = Access::kGates;
  TMC_PARAMS(int32_t rows, hidden, gates, states; int32_t reset_after, state_bits;
             int32_t a_multipliers[3], a_shifts[3]; int32_t b_multipliers[3], b_shifts[3];)

  struct Buffers {
    const int32_t* gates_a;  // [rows, 2 * hidden]
    const int32_t* gates_b;
    const int32_t* candidate_a;  // [rows, hidden]
    const int32_t* candidate_b;
    const int16_t* state;  // [rows, hidden]
    const uint16_t* sigmoids;
    int16_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"gates_a", Role::kInput},     {"gates_b", Role::kInput},
                                            {"candidate_a", Role::kInput}, {"candidate_b", Role::kInput},
                                            {"state", Role::kInput},       {"sigmoids", Role::kConstant},
                                            {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
