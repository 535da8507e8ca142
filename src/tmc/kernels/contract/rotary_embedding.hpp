// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Pairs of elements turned by angles (rotary position embedding, Su et al. 2021). input and output [batch, length,
// heads, size]; cosine and sine [batches, length, rotated / 2], batches 1 where all items share them. Of the first
// `rotated` elements of a head a pair is i and i + rotated / 2, or with `interleaved` 2i and 2i + 1:
//
//   first' = first * cosine - second * sine      second' = first * sine + second * cosine
//
// The elements behind them are copied. No model constants.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct RotaryEmbeddingF32 {
  static constexpr const char* kName = "rotary_embedding_f32";

  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(int32_t input_elements, cosine_elements, sine_elements, output_elements;
             int32_t batch, length, heads, size; int32_t batches, rotated, interleaved;)

  struct Buffers {
    const float* input;
    const float* cosine;
    const float* sine;
    float* output;
  };
  static constexpr BufferInfo kBuffers[] = {
      {"input", Role::kInput}, {"cosine", Role::kInput}, {"sine", Role::kInput}, {"output", Role::kOutput}};
};

// The same of integers: with x less the input's zero point,
//
//   first' = output_zero_point + (first * cosine - second * sine + half of 2^shift) >> shift, saturated
//
// and so the other; the elements behind them are multiplied with `factor` in place of a cosine. Cosine, sine and
// `factor` are times the ratio of the scales times 2^shift; none is -32768. shift is at most 22.
struct RotaryEmbeddingS8 {
  static constexpr const char* kName = "rotary_embedding_s8";

  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(int32_t elements, cosine_elements, sine_elements; int32_t batch, length, heads, size;
             int32_t batches, rotated, interleaved; int32_t input_zero_point, output_zero_point; int32_t factor, shift;)

  struct Buffers {
    const int8_t* input;
    const int16_t* cosine;
    const int16_t* sine;
    int8_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {
      {"input", Role::kInput}, {"cosine", Role::kInput}, {"sine", Role::kInput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
