// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: walks over each row for its mean and its variance, which integers need but one for, and for
// its output.

#include "tmc/base/fixed_point.hpp"
#include "tmc/base/math.hpp"
#include "tmc/kernels/common/row_norm.hpp"
#include "tmc/kernels/common/wrapping.hpp"
#include "tmc/kernels/contract/norm.hpp"

namespace tmc::kernels::portable {

struct NormF32 : ImplementationOf<kernels::NormF32> {
  static constexpr bool applies(const Params& p) {
    return p.rows > 0 && p.depth > 0 && p.input_elements == int64_t{p.rows} * p.depth &&
           p.output_elements == p.input_elements && (p.scaled == 0 || p.scale_elements == p.depth) &&
           (p.biased == 0 || p.bias_elements == p.depth);
  }
  // What stands for a scale or a bias that is absent is not looked at.
  static constexpr Overlap overlap(const Params& p, int buffer) {
    const bool is_read_throughout = (buffer == 1 && p.scaled != 0) || (buffer == 2 && p.biased != 0);
    return is_read_throughout ? kNoOverlap : kInPlace;
  }
  static constexpr double instructions(const Params& p) { return 1.0 * p.rows * (80 + 16.0 * p.depth); }

  static void run(Params p, Buffers b) {
    for (int32_t row = 0; row < p.rows; ++row) {
      const float* input = b.input + row * p.depth;
      const float mean =
          p.centred != 0 ? sum(input, p.depth, [](float x) { return x; }) / static_cast<float>(p.depth) : 0;
      const auto square = [mean](float x) { return rounded_f32((x - mean) * (x - mean)); };
      const float variance = sum(input, p.depth, square) / static_cast<float>(p.depth);
      write_row(p, b, row * p.depth, mean, 1 / sqrt_f32(variance + p.epsilon));
    }
  }

 private:
  // By fours, for the sake of accuracy and of cores that add several at once.
  template <typename Term>
  static float sum(const float* row, int32_t depth, Term term) {
    float sums[4] = {};
    const int32_t whole = depth / 4 * 4;
    for (int32_t i = 0; i < whole; i += 4) {
#pragma GCC unroll 4
      for (int32_t lane = 0; lane < 4; ++lane) sums[lane] += term(row[i + lane]);
    }
    for (int32_t i = whole; i < depth; ++i) sums[i - whole] += term(row[i]);
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
  }

  static void write_row(const Params& p, const Buffers& b, int32_t first, float mean, float inverse) {
    const float* input = b.input + first;
    float* output = b.output + first;
#pragma GCC unroll 4
    for (int32_t i = 0; i < p.depth; ++i) {
      float value = (input[i] - mean) * inverse;
      if (p.scaled != 0) value *= b.scale[i];
      if (p.biased != 0) value = rounded_f32(value) + b.bias[i];
      output[i] = value;
    }
  }
};

template <typename ContractOf, typename T>
struct IntegerNorm : ImplementationOf<ContractOf> {
  using typename ImplementationOf<ContractOf>::Contract;
  using typename ImplementationOf<ContractOf>::Params;
  using typename ImplementationOf<ContractOf>::Buffers;

  static constexpr bool applies(const Params& p) { return norm_applies<Contract>(p); }
  static constexpr Overlap overlap(const Params&, int) { return kInPlace; }
  static constexpr double instructions(const Params& p) { return 15.0 * p.elements + 150.0 * (p.elements / p.depth); }

  static void run(Params p, Buffers b) {
    for (int32_t first = 0; first < p.elements; first += p.depth) {
      const T* input = b.input + first;
      RowSums sums{};
      for (int32_t i = 0; i < p.depth; ++i) {
        sums.sum += input[i];
        sums.squares += int32_t{input[i]} * input[i];
      }
      const RowLine line = row_line<Contract::kBits>(p, sums);
      for (int32_t i = 0; i < p.depth; ++i) {
        constexpr int32_t kMost = (1 << (8 * sizeof(T) - 1)) - 1;
        const int32_t value = wrapping_add(normalized(line, input[i]) * b.scale[i], b.bias[i]) >> p.shift;
        b.output[first + i] = static_cast<T>(clamp(value, -kMost - 1, kMost));
      }
    }
  }
};

struct NormS8 : IntegerNorm<kernels::NormS8, int8_t> {};
struct NormS16 : IntegerNorm<kernels::NormS16, int16_t> {};

}  // namespace tmc::kernels::portable
