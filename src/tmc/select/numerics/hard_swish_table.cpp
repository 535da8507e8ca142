// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "tmc/select/numerics/table.hpp"

// TFLite computes hard swish in 16-bit fixed point: the input is held with 7 more bits, once on the output's scale and
// once, saturated, as the fraction (x + 3) / 6; their product is shifted onto the output.

namespace tmc::select {
namespace {

int16_t saturate_to_16(int64_t value) {
  return static_cast<int16_t>(std::clamp<int64_t>(value, INT16_MIN, INT16_MAX));
}

// A multiplier of 15 fractional bits and a power of two.
struct Multiplier16 {
  int16_t multiplier;
  int32_t exponent;
};

Multiplier16 quantize_multiplier_16(float real) {
  const FixedMultiplier fixed = quantize_multiplier(static_cast<double>(real));
  return {saturate_to_16((int64_t{fixed.multiplier} + (1 << 15)) >> 16), fixed.shift};
}

// round(a * b / 2^15), ties away from zero for positive and toward zero for negative products.
int16_t rounding_high_mul_16(int16_t a, int16_t b) {
  const int32_t product = int32_t{a} * b;
  const int32_t nudge = product >= 0 ? 1 << 14 : 1 - (1 << 14);
  return saturate_to_16((product + nudge) / (1 << 15));
}

// 32768 times the input over 3, saturated: a left shift saturates only in its last bit.
int16_t saturated_third(int16_t value, const Multiplier16& by) {
  if (by.exponent <= 0) {
    return static_cast<int16_t>(
        rounding_divide_by_pot(rounding_high_mul_16(value, by.multiplier), std::min(-by.exponent, 31)));
  }
  const int shift = std::min(by.exponent - 1, 30);
  const int16_t shifted = saturate_to_16(int64_t{value} * (int64_t{1} << shift));
  return saturate_to_16(2 * int32_t{rounding_high_mul_16(shifted, by.multiplier)});
}

}  // namespace

Result<Table> hard_swish_table(const Affine& input, const Affine& output) {
  const float fine_scale = (1.0F / 128.0F) * input.scale;
  const Multiplier16 to_output = quantize_multiplier_16(fine_scale / output.scale);
  const Multiplier16 to_third = quantize_multiplier_16(fine_scale / (3.0F / 32768.0F));
  if (to_output.exponent > 0) {
    return error(Error::kUnsupportedType, "the output's scale is less than 1/128 of the input's")
        .with_hint("quantise the output with a larger scale");
  }
  Table table{};
  for (int32_t q = -128; q < 128; ++q) {
    const auto fine = static_cast<int16_t>((q - input.zero_point) * 128);
    const int16_t on_output_scale = rounding_high_mul_16(fine, to_output.multiplier);
    const auto fraction = static_cast<int16_t>((saturated_third(fine, to_third) + (1 << 15)) >> 1);
    const auto product = static_cast<int32_t>(int32_t{fraction} * on_output_scale / (1 << 15));
    const int32_t value = rounding_divide_by_pot(product, std::min(-to_output.exponent, 31)) + output.zero_point;
    table[static_cast<uint8_t>(q)] = static_cast<int8_t>(clamp(value, -128, 127));
  }
  return table;
}

}  // namespace tmc::select
