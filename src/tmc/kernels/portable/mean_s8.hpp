// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one output at a time, straight from the contract.

#include "tmc/base/fixed_point.hpp"
#include "tmc/kernels/contract/mean_s8.hpp"

namespace tmc::kernels::portable {

struct MeanS8 {
  using Contract = kernels::MeanS8;
  using Params = Contract::Params;
  using Buffers = Contract::Buffers;

  static constexpr bool applies(const Params& p) { return count(p) <= (1 << 23); }
  static constexpr int64_t scratch_bytes(const Params&) { return 0; }
  // Kept strides are at least the output's, so an output never overtakes what is still to be read.
  static constexpr Overlap overlap(const Params&, int) { return kInPlace; }
  static constexpr double instructions(const Params& p) {
    return 1.0 * p.kept[0] * p.kept[1] * p.kept[2] * (30 + 4 * static_cast<double>(count(p)));
  }

  static void run(Params p, Buffers b) {
    const auto offset = static_cast<int32_t>(count(p)) * p.input_zero_point;
    int8_t* output = b.output;
    for (int32_t i = 0; i < p.kept[0]; ++i) {
      for (int32_t j = 0; j < p.kept[1]; ++j) {
        for (int32_t k = 0; k < p.kept[2]; ++k) {
          const int32_t first = i * p.kept_strides[0] + j * p.kept_strides[1] + k * p.kept_strides[2];
          const int32_t total = sum(p, b.input + first) - offset;
          const int32_t mean = multiply_by_quantized_multiplier(total, p.multiplier, p.shift);
          *output++ = static_cast<int8_t>(clamp(mean + p.output_zero_point, -128, 127));
        }
      }
    }
  }

 private:
  static constexpr int64_t count(const Params& p) { return int64_t{p.reduced[0]} * p.reduced[1] * p.reduced[2]; }

  static int32_t sum(const Params& p, const int8_t* first) {
    int32_t total = 0;
    for (int32_t i = 0; i < p.reduced[0]; ++i) {
      for (int32_t j = 0; j < p.reduced[1]; ++j) {
        const int8_t* row = first + i * p.reduced_strides[0] + j * p.reduced_strides[1];
        for (int32_t k = 0; k < p.reduced[2]; ++k) total += row[k * p.reduced_strides[2]];
      }
    }
    return total;
  }
};

}  // namespace tmc::kernels::portable
