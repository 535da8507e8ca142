// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// From the energies of a spectrum to features of its channels, as TFLite Micro's signal operators compute them
// (tflite-micro/signal), to the last bit. Unsigned integers keep their lowest bits; shifts right round down.

#include "tmc/kernels/contract/detail/buffers.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

// Band i, of which there is one more than channels, is spans[3 * i], ...: its first bin, the place of its weights, and
// how many bins it has. It adds weights[place + j] * input[bin + j] to output[i - 1] and unweights[place + j] *
// input[bin + j] to output[i], modulo 2^64; the first band has no output before it, the last none behind.
//
// The model's constants: weights i16, unweights i16, spans i16, within the weights and the input.
struct SignalFilterBank {
  static constexpr const char* kName = "signal_filter_bank";
  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(int32_t input_elements, output_elements; int32_t weights, unweights, spans;)

  struct Buffers {
    const uint32_t* input;
    const int16_t* weights;
    const int16_t* unweights;
    const int16_t* spans;
    uint64_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"input", Role::kInput},
                                            {"weights", Role::kConstant},
                                            {"unweights", Role::kConstant},
                                            {"spans", Role::kConstant},
                                            {"output", Role::kOutput}};
};

// output[i] = sqrt(input[i]) >> bits[0]. Roots are to the nearest, but at most 65535 of numbers below 2^32. Bits
// outside 0 to 31 are taken as the nearer of these.
struct SignalSquareRoot {
  static constexpr const char* kName = "signal_square_root";
  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(int32_t elements, bits_elements;)

  struct Buffers {
    const uint64_t* input;
    const int32_t* bits;
    uint32_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"input", Role::kInput}, {"bits", Role::kInput}, {"output", Role::kOutput}};
};

// output[i] = ((a[i] << smoothing_bits) * smoothing[i % 2] + b[i] * keeping[i % 2]) >> coefficient_bits, in 64 bits;
// with `clamping` at most a[i] << smoothing_bits. a: the channels; b: the estimate before. Coefficients are uint32.
struct SignalNoiseEstimate {
  static constexpr const char* kName = "signal_noise_estimate";
  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(int32_t elements; int32_t smoothing[2], keeping[2]; int32_t smoothing_bits, coefficient_bits, clamping;)

  using Buffers = BinaryBuffers<uint32_t>;
  static constexpr const auto& kBuffers = kBinaryBuffers;
};

// With x = a[i] << smoothing_bits, output[i] = (x - min(b[i], x)) >> smoothing_bits, and at least a[i] * remaining >>
// coefficient_bits. a: the channels; b: the noise. `remaining` is a uint32.
struct SignalSubtraction {
  static constexpr const char* kName = "signal_subtraction";
  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(int32_t elements; int32_t remaining; int32_t smoothing_bits, coefficient_bits;)

  using Buffers = BinaryBuffers<uint32_t>;
  static constexpr const auto& kBuffers = kBinaryBuffers;
};

// Channels a times a gain that is a function of their noise b, x = a * gain(b) >> snr_shift in 12 bits behind the
// point; output in 6: x * x / 4 where x is below 2, else x - 1.
//
// The gain is gains[b] for b up to 2. Of larger ones with a highest bit of 2^(k - 1) three elements from 4 * k - 6 on
// are a parabola g0 + g1 * t + g2 * t * t, where t is what follows the highest bit of b, as ten bits behind the point:
// g2 * t loses 5 bits, and of 32 * g1 more times t 15 are lost, to the nearest. It is taken modulo 2^16.
struct SignalPcan {
  static constexpr const char* kName = "signal_pcan";
  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(int32_t elements, gains_elements; int32_t snr_shift;)

  struct Buffers {
    const uint32_t* a;
    const uint32_t* b;
    const int16_t* gains;
    uint32_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {
      {"a", Role::kInput}, {"b", Role::kInput}, {"gains", Role::kInput}, {"output", Role::kOutput}};
};
constexpr int32_t kPcanGains = 125;

// The natural logarithm of x = input[i] << correction_bits, times output_scale, at most 32767; 0 of x up to 1. It comes
// from that to base 2 in 16 bits behind the point: the place of x's highest bit, what follows it as a fraction f, and
// what the table adds for the 128ths of f. Of what is left of f the product with the rise to the next entry is added
// too, 16 bits less, rounded down. That times 45426 (ln 2), and then times output_scale modulo 2^32, lose 16 bits, to
// the nearest.
//
// The model's constant: table u16 [129], log2(1 + f) - f of f = i / 128, in 16 bits behind the point.
struct SignalLog {
  static constexpr const char* kName = "signal_log";
  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(int32_t elements; int32_t output_scale, correction_bits; int32_t table;)

  struct Buffers {
    const uint32_t* input;
    const uint16_t* table;
    int16_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {
      {"input", Role::kInput}, {"table", Role::kConstant}, {"output", Role::kOutput}};
};
constexpr int32_t kSignalLogTable = 129;

}  // namespace tmc::kernels
