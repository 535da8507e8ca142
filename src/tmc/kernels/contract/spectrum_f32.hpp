// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Discrete Fourier transforms of float lines, which lie anywhere in the input. Line (o, i) of outer * inner has the
// element n at o * input_strides[0] + i * input_strides[1] + n * input_strides[2] floats from the input's beginning,
// for n < samples; elements from there up to `length` are 0. An element is input_parts floats: the real part, or that
// and the imaginary one. With x for the line, N for `length` and w for the twiddles,
//
//   output[k] = factor * sum over n of x[n] * w[n * k mod N], for k < bins,
//
// which lies in the output as the line does in the input. Where output_parts is 1, x[n] for n up to N / 2 stand for the
// others too, which are their conjugates: the sums are real, and the imaginary parts of x[0] and, where N is even, of
// x[N / 2] are taken as 0.
//
// The model's constant: twiddles f32, pairs of a real and an imaginary part, e^(-2 pi i k / N) for k < N, or with
// `inverse` their conjugates.

#include "tmc/kernels/contract/detail/buffers.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct DftF32 {
  static constexpr const char* kName = "dft_f32";
  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(int32_t input_elements, output_elements; int32_t twiddles; int32_t length, inverse;
             int32_t input_parts, output_parts; int32_t samples, bins; int32_t outer, inner; int32_t input_strides[3];
             int32_t output_strides[3]; float factor;)

  struct Buffers {
    const float* input;
    const float* twiddles;
    float* output;
    void* scratch;
  };
  static constexpr BufferInfo kBuffers[] = {
      {"input", Role::kInput}, {"twiddles", Role::kConstant}, {"output", Role::kOutput}, {"scratch", Role::kScratch}};
};

// The same of lines whose element n is multiplied by window[n] first; there are `samples` of these.
struct StftF32 {
  static constexpr const char* kName = "stft_f32";
  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(int32_t input_elements, window_elements, output_elements; int32_t twiddles; int32_t length, inverse;
             int32_t input_parts, output_parts; int32_t samples, bins; int32_t outer, inner; int32_t input_strides[3];
             int32_t output_strides[3]; float factor;)

  struct Buffers {
    const float* input;
    const float* window;
    const float* twiddles;
    float* output;
    void* scratch;
  };
  static constexpr BufferInfo kBuffers[] = {{"input", Role::kInput},
                                            {"window", Role::kInput},
                                            {"twiddles", Role::kConstant},
                                            {"output", Role::kOutput},
                                            {"scratch", Role::kScratch}};
};

}  // namespace tmc::kernels
