// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one element, or one butterfly, after the other.

#include "tmc/kernels/contract/signal_spectrum.hpp"
#include "tmc/kernels/portable/detail/rfft_s16.hpp"

namespace tmc::kernels::portable {

struct SignalWindow : ImplementationOf<kernels::SignalWindow> {
  static constexpr bool applies(const Params& p) {
    return p.shift >= 0 && p.shift <= 31 && p.elements % p.window_elements == 0;
  }
  static constexpr Overlap overlap(const Params&, int buffer) { return buffer == 0 ? kInPlace : kNoOverlap; }
  static constexpr double instructions(const Params& p) { return 9.0 * p.elements; }

  static void run(Params p, Buffers b) {
    for (int32_t first = 0; first < p.elements; first += p.window_elements) {
      for (int32_t i = 0; i < p.window_elements; ++i) {
        const int32_t product = b.input[first + i] * b.window[i] >> p.shift;
        const int32_t low = product < INT16_MIN ? INT16_MIN : product;
        b.output[first + i] = static_cast<int16_t>(low > INT16_MAX ? INT16_MAX : low);
      }
    }
  }
};

struct SignalScaleBits : ImplementationOf<kernels::SignalScaleBits> {
  static constexpr bool applies(const Params& p) { return p.output_elements == 1; }
  static constexpr double instructions(const Params& p) { return 5.0 * p.input_elements + 30; }

  static void run(Params p, Buffers b) { b.output[0] = bits_of(largest(b.input, b.input + p.input_elements, 0)); }

 protected:
  static int32_t bits_of(int16_t most) {
    int32_t bits = 0;
    while (most > 0 && most << bits < 1 << 14) ++bits;
    return bits;
  }
  // The largest magnitude of the samples and of those that came before.
  static int16_t largest(const int16_t* sample, const int16_t* end, int16_t most) {
    for (; sample < end; ++sample) {
      const int32_t value = *sample;
      const int32_t magnitude = value > most ? value : -value;
      if (magnitude > most) most = static_cast<int16_t>(magnitude);
    }
    return most;
  }
};

struct SignalScale : ImplementationOf<kernels::SignalScale> {
  static constexpr bool applies(const Params& p) { return p.bits_elements == 1; }
  static constexpr Overlap overlap(const Params&, int buffer) { return buffer == 0 ? kInPlace : kNoOverlap; }
  static constexpr double instructions(const Params& p) { return 4.0 * p.elements; }

  static void run(Params p, Buffers b) {
    const int32_t above = b.bits[0] < 0 ? 0 : b.bits[0];
    const int32_t factor = 1 << (above > 16 ? 16 : above);
    for (int32_t i = 0; i < p.elements; ++i) {
      b.output[i] = static_cast<int16_t>(static_cast<uint32_t>(b.input[i]) * static_cast<uint32_t>(factor));
    }
  }
};

struct SignalRfft : ImplementationOf<kernels::SignalRfft> {
  static constexpr bool applies(const Params& p) {
    return rfft::is_length(p.length) && p.output_elements % (p.length + 2) == 0 && p.input_elements % frames(p) == 0 &&
           p.input_elements / frames(p) <= p.length && p.twiddles == 2 * rfft_twiddles(p.length);
  }
  static constexpr double instructions(const Params& p) {
    return frames(p) * (20.0 * p.length + 14.0 * p.length * rfft::pair_bits(p.length) / 2);
  }

  static void run(Params p, Buffers b) {
    const int32_t samples = p.input_elements / frames(p);
    for (int32_t i = 0; i < frames(p); ++i) {
      rfft::transform(b.input + i * samples, samples, rfft::pair_bits(p.length), b.twiddles,
                      b.output + i * (p.length + 2));
    }
  }

 protected:
  static constexpr int32_t frames(const Params& p) { return p.output_elements / (p.length + 2); }
};

struct SignalEnergy : ImplementationOf<kernels::SignalEnergy> {
  static constexpr bool applies(const Params& p) {
    return p.input_elements / 2 == p.output_elements && p.start >= 0 && p.end <= p.output_elements;
  }
  static constexpr double instructions(const Params& p) { return 7.0 * p.output_elements; }

  static void run(Params p, Buffers b) {
    for (int32_t i = 0; i < p.output_elements; ++i) {
      const bool counts = i >= p.start && i < p.end;
      b.output[i] = counts ? square(b.input[2 * i]) + square(b.input[2 * i + 1]) : 0;
    }
  }

 private:
  static constexpr uint32_t square(int32_t value) { return static_cast<uint32_t>(value * value); }
};

}  // namespace tmc::kernels::portable
