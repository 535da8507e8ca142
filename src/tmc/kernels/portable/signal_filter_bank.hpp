// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one channel after the other.

#include "tmc/kernels/common/logarithm.hpp"
#include "tmc/kernels/contract/signal_filter_bank.hpp"
#include "tmc/kernels/portable/detail/unsigned_integers.hpp"

namespace tmc::kernels::portable {

struct SignalFilterBank : ImplementationOf<kernels::SignalFilterBank> {
  static constexpr bool applies(const Params& p) { return p.spans / 3 == p.output_elements + 1; }
  // Every weight is used about once.
  static constexpr double instructions(const Params& p) { return 11.0 * p.weights + 20.0 * p.output_elements; }

  static void run(Params p, Buffers b) {
    uint64_t carried = 0;
    for (int32_t band = 0; band <= p.output_elements; ++band) {
      const int16_t* span = b.spans + 3 * band;
      uint64_t next = 0;
      for (int32_t i = 0; i < span[2]; ++i) {
        const uint64_t energy = b.input[span[0] + i];
        carried += static_cast<uint64_t>(b.weights[span[1] + i]) * energy;
        next += static_cast<uint64_t>(b.unweights[span[1] + i]) * energy;
      }
      if (band > 0) b.output[band - 1] = carried;
      carried = next;
    }
  }
};

struct SignalSquareRoot : ImplementationOf<kernels::SignalSquareRoot> {
  static constexpr bool applies(const Params& p) { return p.bits_elements == 1; }
  static constexpr double instructions(const Params& p) { return 300.0 * p.elements; }

  static void run(Params p, Buffers b) {
    const int32_t above = b.bits[0] < 0 ? 0 : b.bits[0];
    const int32_t shift = above > 31 ? 31 : above;
    for (int32_t i = 0; i < p.elements; ++i) b.output[i] = rounded_root(b.input[i]) >> shift;
  }

 private:
  static uint32_t rounded_root(uint64_t x) {
    return x >> 32 == 0 ? nearest_root<uint32_t>(static_cast<uint32_t>(x), UINT16_MAX)
                        : nearest_root<uint64_t>(x, UINT32_MAX);
  }
};

struct SignalNoiseEstimate : ImplementationOf<kernels::SignalNoiseEstimate> {
  static constexpr bool applies(const Params& p) {
    return is_shift<uint32_t>(p.smoothing_bits) && is_shift<uint64_t>(p.coefficient_bits);
  }
  static constexpr Overlap overlap(const Params&, int) { return kInPlace; }
  static constexpr double instructions(const Params& p) { return 20.0 * p.elements; }

  static void run(Params p, Buffers b) {
    for (int32_t i = 0; i < p.elements; ++i) {
      const uint32_t channel = b.a[i] << p.smoothing_bits;
      const uint64_t sum = uint64_t{channel} * static_cast<uint32_t>(p.smoothing[i % 2]) +
                           uint64_t{b.b[i]} * static_cast<uint32_t>(p.keeping[i % 2]);
      const auto estimate = static_cast<uint32_t>(sum >> p.coefficient_bits);
      b.output[i] = p.clamping != 0 && estimate > channel ? channel : estimate;
    }
  }
};

struct SignalSubtraction : ImplementationOf<kernels::SignalSubtraction> {
  static constexpr bool applies(const Params& p) {
    return is_shift<uint32_t>(p.smoothing_bits) && is_shift<uint64_t>(p.coefficient_bits);
  }
  static constexpr Overlap overlap(const Params&, int) { return kInPlace; }
  static constexpr double instructions(const Params& p) { return 18.0 * p.elements; }

  static void run(Params p, Buffers b) {
    for (int32_t i = 0; i < p.elements; ++i) {
      const uint32_t channel = b.a[i] << p.smoothing_bits;
      const uint32_t noise = b.b[i] > channel ? channel : b.b[i];
      const uint32_t left = (channel - noise) >> p.smoothing_bits;
      const auto least =
          static_cast<uint32_t>(uint64_t{b.a[i]} * static_cast<uint32_t>(p.remaining) >> p.coefficient_bits);
      b.output[i] = left > least ? left : least;
    }
  }
};

struct SignalPcan : ImplementationOf<kernels::SignalPcan> {
  static constexpr bool applies(const Params& p) {
    return p.gains_elements >= kPcanGains && is_shift<uint64_t>(p.snr_shift);
  }
  static constexpr Overlap overlap(const Params&, int buffer) { return buffer < 2 ? kInPlace : kNoOverlap; }
  static constexpr double instructions(const Params& p) { return 45.0 * p.elements; }

  static void run(Params p, Buffers b) {
    for (int32_t i = 0; i < p.elements; ++i) {
      const auto gain = static_cast<uint32_t>(gain_of(b.b[i], b.gains));
      b.output[i] = compressed(static_cast<uint32_t>(uint64_t{b.a[i]} * gain >> p.snr_shift));
    }
  }

 private:
  static constexpr int32_t kFractionBits = 10;  // of the place on a parabola

  static int16_t gain_of(uint32_t noise, const int16_t* gains) {
    if (noise <= 2) return gains[noise];
    const int32_t bits = bit_width(noise);
    const int16_t* parabola = gains + 4 * bits - 6;
    const int32_t excess = bits - 1 - kFractionBits;
    const uint32_t aligned = excess < 0 ? noise << -excess : noise >> excess;
    const auto place = static_cast<int32_t>(aligned & ((1 << kFractionBits) - 1));
    const int32_t slope = (parabola[2] * place >> 5) + parabola[1] * 32;
    return static_cast<int16_t>(((slope * place + (1 << 14)) >> 15) + parabola[0]);
  }

  static constexpr int32_t kInputBits = 12, kOutputBits = 6;  // behind the point

  static uint32_t compressed(uint32_t x) {
    if (x >= 2U << kInputBits) return (x >> (kInputBits - kOutputBits)) - (1U << kOutputBits);
    return x * x >> (2 + 2 * kInputBits - kOutputBits);
  }
};

struct SignalLog : ImplementationOf<kernels::SignalLog> {
  static constexpr bool applies(const Params& p) {
    return is_shift<uint32_t>(p.correction_bits) && p.table == kSignalLogTable;
  }
  static constexpr double instructions(const Params& p) { return 40.0 * p.elements; }

  static void run(Params p, Buffers b) {
    for (int32_t i = 0; i < p.elements; ++i) {
      const uint32_t x = b.input[i] << p.correction_bits;
      const uint32_t scaled = x > 1 ? scaled_log(x, static_cast<uint32_t>(p.output_scale), b.table) : 0;
      b.output[i] = static_cast<int16_t>(scaled < INT16_MAX ? scaled : INT16_MAX);
    }
  }

 private:
  static constexpr int32_t kPointBits = 16;
  static constexpr uint32_t kHalf = 1U << (kPointBits - 1);
  static constexpr uint32_t kLn2 = 45426;

  static uint32_t scaled_log(uint32_t x, uint32_t scale, const uint16_t* table) {
    const uint32_t base2 = log2(x, table);
    const auto natural = static_cast<uint32_t>((uint64_t{base2} * kLn2 + kHalf) >> kPointBits);
    return (scale * natural + kHalf) >> kPointBits;
  }

  static uint32_t log2(uint32_t x, const uint16_t* table) {
    const int32_t whole = bit_width(x) - 1;
    const uint32_t behind = x - (1U << whole);
    const uint32_t fraction = whole < kPointBits ? behind << (kPointBits - whole) : behind >> (whole - kPointBits);
    return (static_cast<uint32_t>(whole) << kPointBits) + log2_of_fraction(fraction, table, kPointBits);
  }
};

}  // namespace tmc::kernels::portable
