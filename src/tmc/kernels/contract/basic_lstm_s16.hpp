// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A step of an LSTM of TFLite's basic kind, of int8 with a cell of int16 that has four integer bits, as LiteRT's
// quantised LstmCell (lite/kernels/internal/reference) computes it from the sums of its gates, to the last bit. Gates
// i, c, f and o, whose numbers have three integer bits; functions as of recurrent_s8.hpp. A product of two 16-bit
// numbers is the saturating rounding doubling high product. No model constants.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

// output = saturate(round(i * c / 2^4) + f * state). The new state may lie where the old one is.
struct BasicLstmStateS16 {
  static constexpr const char* kName = "basic_lstm_state_s16";
  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(int32_t rows, hidden; int32_t gates_elements, state_elements, output_elements;)

  struct Buffers {
    const int16_t* gates;  // [rows, 4 * hidden]
    const int16_t* state;  // [rows, hidden]
    int16_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {
      {"gates", Role::kInput}, {"state", Role::kInput}, {"output", Role::kOutput}};
};

// output = saturate(round(o * tanh(state) / 2^8)).
struct BasicLstmOutputS8 {
  static constexpr const char* kName = "basic_lstm_output_s8";
  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(int32_t rows, hidden; int32_t gates_elements, state_elements, output_elements;)

  struct Buffers {
    const int16_t* gates;  // [rows, 4 * hidden]
    const int16_t* state;  // [rows, hidden]
    int8_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {
      {"gates", Role::kInput}, {"state", Role::kInput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
