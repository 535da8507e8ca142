// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Products of 32 by 32 bits where the portable implementation takes 64, and roots from the FPU's.

#include "tmc/base/math.hpp"
#include "tmc/kernels/portable/signal_filter_bank.hpp"

namespace tmc::kernels::armv7em {

// Weights are none below 0, which `pack` looks after.
struct SignalFilterBank : portable::SignalFilterBank {
  static constexpr double instructions(const Params& p) { return 6.0 * p.weights + 20.0 * p.output_elements; }

  static void run(Params p, Buffers b) {
    uint64_t carried = 0;
    uint64_t* output = b.output;
    for (int32_t band = 0; band <= p.output_elements; ++band) {
      const int16_t* span = b.spans + 3 * band;
      const uint32_t* energy = b.input + span[0];
      const int16_t* weight = b.weights + span[1];
      const int16_t* unweight = b.unweights + span[1];
      uint64_t next = 0;
      for (int32_t left = span[2]; left > 0; --left) {
        const uint64_t value = *energy++;
        carried += static_cast<uint16_t>(*weight++) * value;
        next += static_cast<uint16_t>(*unweight++) * value;
      }
      if (band > 0) *output++ = carried;
      carried = next;
    }
  }
};

// The float root is at most a few hundred off; a step of Newton's and whole numbers make it exact.
struct SignalSquareRoot : portable::SignalSquareRoot {
  static constexpr double instructions(const Params& p) { return 70.0 * p.elements; }

  static void run(Params p, Buffers b) {
    const int32_t above = b.bits[0] < 0 ? 0 : b.bits[0];
    const int32_t shift = above > 31 ? 31 : above;
    for (int32_t i = 0; i < p.elements; ++i) {
      const uint64_t x = b.input[i];
      const uint32_t root = x >> 32 == 0 ? root_of_word(static_cast<uint32_t>(x)) : root_of_two_words(x);
      b.output[i] = root >> shift;
    }
  }

 private:
  // The nearest whole number, at most `most`, from one that is near the root.
  static uint32_t nearest(uint64_t x, uint32_t root, uint32_t most) {
    auto rest = static_cast<int64_t>(x - uint64_t{root} * root);
    while (rest < 0) rest += 2 * static_cast<int64_t>(root--) - 1;
    while (rest > 2 * static_cast<int64_t>(root)) rest -= 2 * static_cast<int64_t>(root++) + 1;
    return rest > root && root < most ? root + 1 : root;
  }

  static uint32_t root_of_word(uint32_t x) {
    const auto root = static_cast<uint32_t>(sqrt_f32(static_cast<float>(x)));
    return nearest(x, root < UINT16_MAX ? root : UINT16_MAX, UINT16_MAX);
  }

  static uint32_t root_of_two_words(uint64_t x) {
    const int32_t zeros = __builtin_clz(static_cast<uint32_t>(x >> 32)) & ~1;
    const float size = sqrt_f32(static_cast<float>(static_cast<uint32_t>(x << zeros >> 32)));  // in 2^15 to 2^16
    const uint32_t about = (size < 65536 ? static_cast<uint32_t>(size * 65536) : UINT32_MAX) >> zeros / 2;
    const auto rest = static_cast<int64_t>(x - uint64_t{about} * about);
    // rest / (2 * about), where the quotient has but a few bits.
    const float step = static_cast<float>(static_cast<int32_t>(rest >> 12)) * 2048 / static_cast<float>(about);
    const int64_t root = int64_t{about} + static_cast<int32_t>(step);
    return nearest(x, root < int64_t{UINT32_MAX} ? static_cast<uint32_t>(root) : UINT32_MAX, UINT32_MAX);
  }
};

}  // namespace tmc::kernels::armv7em
