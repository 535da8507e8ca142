// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Logits of any type as integers, and what their differences are worth: the arithmetic that samplers share, in integers
// from the first step on, so that all targets have the same bits. Freestanding.

#include <stdint.h>

#include "tmc/stream/wide.hpp"

namespace tmc::stream {

enum class LogitType : uint8_t { kF32, kI8, kI16, kI32 };

// A logit is (q - zero_point) * multiplier * 2^-shift. Floats are their own value: q is the float times 2^16, rounded
// half away from zero and saturated to 31 bits, and multiplier and shift are not read.
struct Logits {
  const void* data = nullptr;
  int32_t count = 0;
  LogitType type = LogitType::kF32;
  int32_t zero_point = 0;
  uint32_t multiplier = 1;  // in [1, 2^31)
  int32_t shift = 0;        // in [-31, 62]
};

inline constexpr int32_t kNoLogit = INT32_MIN;  // of a token that cannot be chosen
inline constexpr int32_t kFloatLogitBits = 16;

enum class FloatKind : uint8_t { kNumber, kMinusInfinity, kOther };

constexpr FloatKind kind_of_float_bits(uint32_t bits) {
  if ((bits >> 23 & 0xFF) != 0xFF) return FloatKind::kNumber;
  return bits == 0xFF800000U ? FloatKind::kMinusInfinity : FloatKind::kOther;
}

constexpr int32_t saturated_logit(int64_t value) {
  return static_cast<int32_t>(value > INT32_MAX ? INT32_MAX : value < -INT32_MAX ? -INT32_MAX : value);
}

// From the bits of a float, since what processors do with roundings and subnormal numbers differs.
constexpr int32_t logit_of_float_bits(uint32_t bits) {
  const auto exponent = static_cast<int32_t>(bits >> 23 & 0xFF);
  const bool is_negative = (bits >> 31) != 0;
  const uint32_t fraction = bits & 0x7FFFFF;
  // mantissa * 2^(exponent - 150), and 16 bits more
  const int32_t left = exponent - 150 + kFloatLogitBits;
  const uint32_t mantissa = fraction | 0x800000;
  uint32_t size = 0;
  if (left >= 8) {
    size = INT32_MAX;
  } else if (left >= 0) {
    size = mantissa << left;
  } else if (left >= -24) {
    size = ((mantissa >> (-left - 1)) + 1) >> 1;
  }
  return is_negative ? -static_cast<int32_t>(size) : static_cast<int32_t>(size);
}

// 2^-t in units of 2^-30 for t in units of 2^-16; 0 from t = 31 on. Within 5e-7 of it, falls with t. The polynomial was
// fitted for this.
constexpr uint32_t power_of_half(uint64_t t) {
  constexpr uint32_t kFactors[] = {2156798, 20069627, 118990885, 515857503, 1488521742, 0x80000000U};  // of 2^-31
  if (t >= uint64_t{31} << 16) return 0;
  const auto fraction = static_cast<uint32_t>(t) & 0xFFFF;
  uint32_t power = kFactors[0];
#pragma GCC unroll 5
  for (int i = 1; i < 6; ++i)
    power = kFactors[i] - static_cast<uint32_t>(static_cast<uint64_t>(power) * fraction >> 16);
  return power >> 1 >> static_cast<uint32_t>(t >> 16);
}

// What a token is worth that is `difference` below the best, against 2^30 of that: 2^-(difference * step).
class LogitWeights {
 public:
  // difference * multiplier * 2^-shift nats, divided by a temperature in units of 2^-16, in [1, 2^31].
  constexpr LogitWeights(uint32_t multiplier, int32_t shift, uint32_t temperature_q16) {
    constexpr uint64_t kOctavesOfNat = 1549082005;  // log2(e) * 2^30
    for (; multiplier < 1U << 30; multiplier <<= 1) ++shift;
    // In units of 2^-16 octaves: difference * step * 2^-right.
    uint64_t step = divide((multiplier * kOctavesOfNat >> 30) << 31, temperature_q16).quotient;
    int32_t right = shift - 1;
    while (step >= uint64_t{1} << 31) {
      step >>= 1;
      --right;
    }
    step_ = static_cast<uint32_t>(step);
    shift_ = right;
  }

  constexpr uint32_t weight(uint32_t difference) const {
    const uint64_t product = static_cast<uint64_t>(difference) * step_;
    if (shift_ >= 0) return power_of_half(shift_ < 64 ? product >> shift_ : 0);
    // 31 octaves have 21 bits; what is shifted out at the left is more.
    return product >> 21 != 0 || shift_ <= -21 ? power_of_half(product == 0 ? 0 : UINT64_MAX)
                                               : power_of_half(product << -shift_);
  }

 private:
  uint32_t step_ = 0;
  int32_t shift_ = 0;
};

}  // namespace tmc::stream
