// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Rows that are normalised: LayerNorm (centred = 1) and RMSNorm (centred = 0). Of each row of `depth` elements
//
//   output = (x - mean) / sqrt(variance + epsilon) * scale + bias
//
// where mean is that of the row, or 0 where it is not centred, and variance the mean of (x - mean)^2. Scale and bias
// have an element for each of a row.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

// Sums are taken by fours, each in the order of the row, and the differences to the mean anew: where a row is nearly
// constant, nothing of it is lost. A row of one value, centred, is its bias. Where scaled or biased is 0 the kernel
// does not look at what stands for a scale or a bias. No model constants.
struct NormF32 {
  static constexpr const char* kName = "norm_f32";

  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(int32_t input_elements, scale_elements, bias_elements, output_elements; int32_t rows, depth;
             int32_t centred, scaled, biased; float epsilon;)

  struct Buffers {
    const float* input;
    const float* scale;
    const float* bias;
    float* output;
  };
  static constexpr BufferInfo kBuffers[] = {
      {"input", Role::kInput}, {"scale", Role::kInput}, {"bias", Role::kInput}, {"output", Role::kOutput}};
};

// The same of integers. Sums are exact, depth^2 times the variance in 64 bits, of which kBits stand behind the point;
// epsilon * 2^epsilon_shift is depth^2 times the epsilon there, in squares of the input's steps. The inverse root has a
// relative error below 2^-19 (common/row_norm.hpp), and makes of the row a line, so that an element is
//
//   normalised = (x * slope + offset) >> 16, of 16 bits, `fraction` of them behind the point
//   output = (normalised * scale + bias) >> shift, saturated
//
// The model's constants: scale i16 [depth] and bias i32 [depth], which hold the output's scale and zero point, the bias
// half of 2^shift too; sums stay within 32 bits. A row without a spread gives the bias. input_zero_point counts where
// rows are not centred. depth <= 2^15, sqrt(depth) * 2^fraction < 2^15.
template <typename T>
struct NormOfIntegers {
  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(int32_t elements, depth; int32_t centred, input_zero_point; int32_t epsilon, epsilon_shift;
             int32_t fraction, shift;)

  static constexpr int32_t kMostDepth = 1 << 15;

  struct Buffers {
    const T* input;
    const int16_t* scale;
    const int32_t* bias;
    T* output;
  };
  static constexpr BufferInfo kBuffers[] = {
      {"input", Role::kInput}, {"scale", Role::kConstant}, {"bias", Role::kConstant}, {"output", Role::kOutput}};
};

struct NormS8 : NormOfIntegers<int8_t> {
  static constexpr const char* kName = "norm_s8";
  static constexpr int kBits = 8;
};

struct NormS16 : NormOfIntegers<int16_t> {
  static constexpr const char* kName = "norm_s16";
  static constexpr int kBits = 2;
};

}  // namespace tmc::kernels
