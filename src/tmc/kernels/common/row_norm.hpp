// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The line that normalises a row of integers (contract/norm.hpp), from the row's sums. Freestanding; every
// implementation takes it from here.

#include "tmc/base/fixed_point.hpp"

namespace tmc::kernels {

// The upper half of a product.
constexpr uint32_t high_product(uint32_t a, uint32_t b) {
  return static_cast<uint32_t>((static_cast<uint64_t>(a) * b) >> 32);
}

// 1 / sqrt(m) for m in [1, 4) as m * 2^30; the result times 2^30. A parabola, of which the error is below 2.5 %, and
// two of Newton's steps, which leave less than 2^-19 of it.
constexpr uint32_t inverse_root_of_mantissa(uint32_t m) {
  constexpr uint32_t kConstant = 1433895340;  // 1.3354191 * 2^30
  constexpr uint32_t kLinear = 1763815723;    // 0.41067035 * 2^32
  constexpr uint32_t kSquare = 879700871;     // 0.05120533 * 2^34
  uint32_t root = kConstant - high_product(m, kLinear - high_product(m, kSquare));
  for (int step = 0; step < 2; ++step) {
    const uint32_t square = high_product(m, high_product(root, root));  // 1 + error, * 2^26
    root = high_product(root, ((uint32_t{3} << 26) - square) << 4) << 1;
  }
  return root;
}

// What a row adds up to: of its elements, and of their squares.
struct RowSums {
  int32_t sum;
  int64_t squares;
};

// x * slope + offset is the normalised x times 2^(fraction + 16), half of 2^16 included; modulo 2^32 until it is there.
struct RowLine {
  int32_t slope, offset;
};

// What every implementation of integers asks of its parameters.
template <typename Contract>
constexpr bool norm_applies(const typename Contract::Params& p) {
  const bool has_rows = p.depth > 0 && p.depth <= Contract::kMostDepth && p.elements % p.depth == 0;
  return has_rows && p.epsilon >= 0 && p.epsilon_shift >= 0 && p.epsilon_shift <= 30 && p.shift >= 0 && p.shift < 31 &&
         p.fraction >= 0 && p.fraction < 15 && (int64_t{p.depth} << (2 * p.fraction)) < int64_t{1} << 30;
}

// kBits: of the variance behind the point, even. depth <= 2^15, and the fraction is so small that no row of that depth
// leaves 16 bits: sqrt(depth) * 2^fraction < 2^15.
template <int kBits, typename Params>
constexpr RowLine row_line(const Params& p, const RowSums& sums) {
  const int64_t zero_point = p.centred != 0 ? 0 : p.input_zero_point;
  // The squares of what is left without the zero point; depth^2 times the variance.
  const int64_t squares = sums.squares - zero_point * (2 * int64_t{sums.sum} - zero_point * p.depth);
  const int64_t spread = squares * p.depth - (p.centred != 0 ? int64_t{sums.sum} * sums.sum : 0);
  constexpr int32_t kHalf = 1 << 15;
  if (spread <= 0) return {0, kHalf};
  const uint64_t raised = (static_cast<uint64_t>(spread) << kBits) +
                          (static_cast<uint64_t>(static_cast<uint32_t>(p.epsilon)) << p.epsilon_shift);
  const int32_t zeros = __builtin_clzll(raised) & ~1;
  const auto root = static_cast<int64_t>(inverse_root_of_mantissa(static_cast<uint32_t>((raised << zeros) >> 32)));
  // Of 1 / sqrt(raised) there are 61 - zeros / 2 bits behind the point.
  const int32_t shift = 61 - zeros / 2 - kBits / 2 - 16 - p.fraction;
  const auto scaled = [&](int64_t factor) {
    const int64_t rounding = (int64_t{1} << shift) >> 1;
    return static_cast<uint32_t>((factor * root + rounding) >> shift);
  };
  const uint32_t slope = scaled(p.depth);
  const uint32_t middle = p.centred != 0 ? scaled(sums.sum) : slope * static_cast<uint32_t>(p.input_zero_point);
  return {static_cast<int32_t>(slope), static_cast<int32_t>(static_cast<uint32_t>(kHalf) - middle)};
}

// The element, normalised, of `fraction` bits behind the point.
constexpr int32_t normalized(const RowLine& line, int32_t x) {
  const uint32_t value = static_cast<uint32_t>(x) * static_cast<uint32_t>(line.slope);
  return static_cast<int32_t>(value + static_cast<uint32_t>(line.offset)) >> 16;
}

}  // namespace tmc::kernels
