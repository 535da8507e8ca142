// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// From samples to the energies of a spectrum, as TFLite Micro's signal operators compute them (tflite-micro/signal and
// kissfft in 16 bits), to the last bit. What is said to be dropped from a product rounds down; int16 that leave their
// range keep their lowest bits unless they are said to saturate.

#include "tmc/kernels/contract/detail/buffers.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

// output[i] = input[i] * window[i % window_elements] >> shift, saturated. Whole windows.
struct SignalWindow {
  static constexpr const char* kName = "signal_window";
  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(int32_t elements, window_elements; int32_t shift;)

  struct Buffers {
    const int16_t* input;
    const int16_t* window;
    int16_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {
      {"input", Role::kInput}, {"window", Role::kInput}, {"output", Role::kOutput}};
};

// The one element of the output: by how many bits all elements can be shifted left until the largest magnitude takes
// all 15 bits of an int16; 0 where all are 0. The magnitude of -32768, which is none of an int16, is taken as -32768:
// less than all others, and where none follows nothing is shifted.
struct SignalScaleBits {
  static constexpr const char* kName = "signal_scale_bits";
  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(int32_t input_elements, output_elements;)

  using Buffers = UnaryBuffers<int16_t, int32_t>;
  static constexpr const auto& kBuffers = kUnaryBuffers;
};

// output[i] = input[i] << bits[0], the lowest 16 bits of it; bits outside 0 to 16 are taken as the nearer of these.
struct SignalScale {
  static constexpr const char* kName = "signal_scale";
  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(int32_t elements, bits_elements;)

  struct Buffers {
    const int16_t* input;
    const int32_t* bits;
    int16_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"input", Role::kInput}, {"bits", Role::kInput}, {"output", Role::kOutput}};
};

// The spectrum of each frame of the input, which zeros fill up to `length` samples, a power of two of 4 or more: the
// real and the imaginary part of the bins 0 to length / 2, divided by length. A frame is taken as n = length / 2
// complex numbers, which are transformed by decimation in time: stages of radix 4, and innermost one of radix 2 where n
// is no power of 4. Then the bins of the real samples are separated. Before every stage numbers are divided by its
// radix, and before the separation by 2: they are multiplied by 32767 / radix, rounded down. Products are in 2^-15ths,
// to the nearest. The separation halves its sums, rounding down.
//
// The model's constant: twiddles i16, pairs of a real and an imaginary part, which are 32767ths to the nearest. First
// n - n / 4 of the stages, e^(-2 pi i k / n) for k from 0 on, then n / 2 of the separation, e^(-pi i (k / n + 1/2)) for
// k from 1 on.
struct SignalRfft {
  static constexpr const char* kName = "signal_rfft";
  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(int32_t input_elements, output_elements; int32_t length; int32_t twiddles;)

  struct Buffers {
    const int16_t* input;
    const int16_t* twiddles;
    int16_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {
      {"input", Role::kInput}, {"twiddles", Role::kConstant}, {"output", Role::kOutput}};
};

constexpr int32_t rfft_stage_twiddles(int32_t length) {
  return length / 2 - length / 8;
}
constexpr int32_t rfft_twiddles(int32_t length) {
  return rfft_stage_twiddles(length) + length / 4;
}

// output[i] = re * re + im * im of the input's bin i, for bins from `start` on and before `end`; else 0.
struct SignalEnergy {
  static constexpr const char* kName = "signal_energy";
  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(int32_t input_elements, output_elements; int32_t start, end;)

  using Buffers = UnaryBuffers<int16_t, uint32_t>;
  static constexpr const auto& kBuffers = kUnaryBuffers;
};

}  // namespace tmc::kernels
