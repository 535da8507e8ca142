// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// From spectra back to samples, as TFLite Micro's signal operators compute them (tflite-micro/signal and kissfft in 16
// bits), to the last bit.

#include "tmc/base/dtype.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

// The `length` samples of each spectrum of the input, length + 2 numbers, divided by length: the steps of SignalRfft
// (signal_spectrum.hpp) the other way round. With n = length / 2, bins are joined to n complex numbers first: those of
// the first are the sum and the difference of bins 0 and n, each halved; else a bin and the conjugate of the one at n -
// k, both halved, give their sum plus and less their difference times a twiddle. Those are transformed with the other
// sign of the angle.
//
// The model's constant: twiddles i16 as those of SignalRfft, of the angles with the other sign.
struct SignalIrfft {
  static constexpr const char* kName = "signal_irfft";
  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(int32_t input_elements, output_elements; int32_t length; int32_t twiddles;)

  struct Buffers {
    const int16_t* input;
    const int16_t* twiddles;
    int16_t* output;
    void* scratch;
  };
  static constexpr BufferInfo kBuffers[] = {
      {"input", Role::kInput}, {"twiddles", Role::kConstant}, {"output", Role::kOutput}, {"scratch", Role::kScratch}};
};

// Frames [items, frames, size] added up where they overlap: each begins `step` behind the one before, the first at the
// beginning of past [items, size - step], which is what frames before left. Output [items, frames * step + size -
// step], whose last size - step are what these leave. Elements are i16, which saturate after each frame, or f32, of the
// DType NAME_dtype; they are added in the order of the frames. step < size.
struct SignalOverlapAdd {
  static constexpr const char* kName = "signal_overlap_add";
  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(int32_t input_elements, past_elements, output_elements; int32_t input_dtype, past_dtype, output_dtype;
             int32_t items, frames, size, step;)

  struct Buffers {
    const void* input;
    const void* past;
    void* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"input", Role::kInput}, {"past", Role::kInput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
