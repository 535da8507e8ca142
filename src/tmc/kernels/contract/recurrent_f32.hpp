// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// One time step of recurrent layers (ONNX LSTM, GRU, RNN), from the sums of their gates to their new state; the sums
// are fully connected layers' or matrix products'. A row is a batch item; of its sums, [rows, gates * hidden], each
// gate has `hidden`. A sum is clamped to [-clip, clip] before its function; clip is infinite where there is none. A new
// state is not clamped, as in onnxruntime. Functions: function/gate.hpp, with their parameters at the same index. Each
// has the error of base/math.hpp; sums are taken in the order in which they are written here. States may be written
// where they were read. No model constants.

#include "tmc/function/gate.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

// output = functions[0](a + b) of gate number `gate`, times the state where times_state is 1; else the state is not
// looked at.
struct GateF32 {
  static constexpr const char* kName = "gate_f32";
  static constexpr Access kAccess = Access::kGates;
  TMC_PARAMS(int32_t rows, hidden, gates, states; int32_t gate, times_state; float clip; int32_t functions[1];
             float alphas[1], betas[1];)

  struct Buffers {
    const float* gates_a;  // [rows, gates * hidden]
    const float* gates_b;
    const float* state;  // [rows, hidden]
    float* output;       // [rows, hidden]
  };
  static constexpr BufferInfo kBuffers[] = {
      {"gates_a", Role::kInput}, {"gates_b", Role::kInput}, {"state", Role::kInput}, {"output", Role::kOutput}};
};

// Gates z and r: z = functions[0](a + b); output = (1 - z) * candidate + z * state, where candidate =
// functions[1](candidate_a + candidate_b), or with reset_after = 1 functions[1](candidate_a + r * candidate_b), r =
// functions[0](a + b).
struct GruCellF32 {
  static constexpr const char* kName = "gru_cell_f32";
  static constexpr Access kAccess = Access::kGates;
  TMC_PARAMS(int32_t rows, hidden, gates, states; int32_t reset_after; float clip; int32_t functions[2];
             float alphas[2], betas[2];)

  struct Buffers {
    const float* gates_a;  // [rows, 2 * hidden]
    const float* gates_b;
    const float* candidate_a;  // [rows, hidden]
    const float* candidate_b;
    const float* state;  // [rows, hidden]
    float* output;       // [rows, hidden]
  };
  static constexpr BufferInfo kBuffers[] = {{"gates_a", Role::kInput},     {"gates_b", Role::kInput},
                                            {"candidate_a", Role::kInput}, {"candidate_b", Role::kInput},
                                            {"state", Role::kInput},       {"output", Role::kOutput}};
};

// Gates i, o, f and c. The state is h, then c: with peepholes p = [i, o, f], and input_forget = 1 for f = 1 - i,
//
//   i = functions[0](a + b + p_i * c)      f = functions[0](a + b + p_f * c)      c' = f * c + i * functions[1](a + b)
//   o = functions[0](a + b + p_o * c')     h' = o * functions[2](c')
//
// where c' is clamped to [-cell_clip, cell_clip], infinite where there is none.
struct LstmCellF32 {
  static constexpr const char* kName = "lstm_cell_f32";
  static constexpr Access kAccess = Access::kGates;
  TMC_PARAMS(int32_t rows, hidden, gates, states; int32_t peepholes, input_forget; float clip, cell_clip;
             int32_t functions[3]; float alphas[3], betas[3];)

  struct Buffers {
    const float* gates_a;  // [rows, 4 * hidden]
    const float* gates_b;
    const float* peepholes;  // [peepholes, hidden]: 3 or, where none are looked at, 1
    const float* state;      // [2, rows, hidden]
    float* output;           // [2, rows, hidden]
  };
  static constexpr BufferInfo kBuffers[] = {{"gates_a", Role::kInput},
                                            {"gates_b", Role::kInput},
                                            {"peepholes", Role::kInput},
                                            {"state", Role::kInput},
                                            {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
