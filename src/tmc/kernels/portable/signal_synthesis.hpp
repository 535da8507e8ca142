// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one spectrum, or one frame, after the other.

#include "tmc/kernels/common/counts.hpp"
#include "tmc/kernels/contract/signal_synthesis.hpp"
#include "tmc/kernels/portable/detail/rfft_s16.hpp"

namespace tmc::kernels::portable {

struct SignalIrfft : ImplementationOf<kernels::SignalIrfft> {
  static constexpr bool applies(const Params& p) {
    return rfft::is_length(p.length) && p.output_elements % p.length == 0 &&
           p.input_elements == int64_t{frames(p)} * (p.length + 2) && p.twiddles == 2 * rfft_twiddles(p.length);
  }
  static constexpr int64_t scratch_bytes(const Params& p) { return int64_t{2} * p.length; }
  static constexpr double instructions(const Params& p) {
    return frames(p) * (24.0 * p.length + 14.0 * p.length * rfft::pair_bits(p.length) / 2);
  }

  static void run(Params p, Buffers b) {
    for (int32_t i = 0; i < frames(p); ++i) {
      rfft::inverse(b.input + i * (p.length + 2), rfft::pair_bits(p.length), b.twiddles,
                    static_cast<int16_t*>(b.scratch), b.output + i * p.length);
    }
  }

 protected:
  static constexpr int32_t frames(const Params& p) { return p.output_elements / p.length; }
};

struct SignalOverlapAdd : ImplementationOf<kernels::SignalOverlapAdd> {
  static constexpr bool applies(const Params& p) {
    const bool is_known =
        p.input_dtype == static_cast<int32_t>(DType::kF32) || p.input_dtype == static_cast<int32_t>(DType::kI16);
    return is_known && p.past_dtype == p.input_dtype && p.output_dtype == p.input_dtype && p.items > 0 &&
           p.frames > 0 && p.step > 0 && p.size > p.step && p.input_elements == product_of(p.items, p.frames, p.size) &&
           p.past_elements == int64_t{p.items} * (p.size - p.step) &&
           p.output_elements == p.past_elements + product_of(p.items, p.frames, p.step);
  }
  static constexpr double instructions(const Params& p) { return 9.0 * p.input_elements + 4.0 * p.output_elements; }

  static void run(Params p, Buffers b) {
    if (p.input_dtype == static_cast<int32_t>(DType::kI16)) {
      add<int16_t>(p, b, [](int16_t a, int16_t c) {
        const int32_t sum = a + c;
        const int32_t low = sum < INT16_MIN ? INT16_MIN : sum;
        return static_cast<int16_t>(low > INT16_MAX ? INT16_MAX : low);
      });
    } else {
      add<float>(p, b, [](float a, float c) { return a + c; });
    }
  }

 private:
  template <typename T, typename Sum>
  static void add(const Params& p, const Buffers& b, Sum sum) {
    const auto* frame = static_cast<const T*>(b.input);
    const auto* past = static_cast<const T*>(b.past);
    auto* output = static_cast<T*>(b.output);
    const int32_t kept = p.size - p.step;
    for (int32_t item = 0; item < p.items; ++item) {
      for (int32_t i = 0; i < kept; ++i) output[i] = past[i];
      for (int32_t i = kept; i < kept + p.frames * p.step; ++i) output[i] = 0;
      for (int32_t k = 0; k < p.frames; ++k, frame += p.size) {
        for (int32_t i = 0; i < p.size; ++i) output[k * p.step + i] = sum(output[k * p.step + i], frame[i]);
      }
      past += kept;
      output += kept + p.frames * p.step;
    }
  }
};

}  // namespace tmc::kernels::portable
