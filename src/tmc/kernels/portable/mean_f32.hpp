// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one output at a time, straight from the contract.

#include "tmc/kernels/contract/mean_f32.hpp"

namespace tmc::kernels::portable {

struct MeanF32 {
  using Contract = kernels::MeanF32;
  using Params = Contract::Params;
  using Buffers = Contract::Buffers;

  static constexpr bool applies(const Params&) { return true; }
  static constexpr int64_t scratch_bytes(const Params&) { return 0; }
  // Kept strides are at least the output's, so an output never overtakes what is still to be read.
  static constexpr Overlap overlap(const Params&, int) { return kInPlace; }
  static constexpr double instructions(const Params& p) {
    return 1.0 * p.kept[0] * p.kept[1] * p.kept[2] * (30 + 5 * static_cast<double>(count(p)));
  }

  static void run(Params p, Buffers b) {
    const auto elements = static_cast<float>(count(p));
    float* output = b.output;
    for (int32_t i = 0; i < p.kept[0]; ++i) {
      for (int32_t j = 0; j < p.kept[1]; ++j) {
        for (int32_t k = 0; k < p.kept[2]; ++k) {
          const int32_t first = i * p.kept_strides[0] + j * p.kept_strides[1] + k * p.kept_strides[2];
          *output++ = sum(p, b.input + first) / elements;
        }
      }
    }
  }

 private:
  static constexpr int64_t count(const Params& p) { return int64_t{p.reduced[0]} * p.reduced[1] * p.reduced[2]; }

  static float sum(const Params& p, const float* first) {
    float total = 0;
    for (int32_t i = 0; i < p.reduced[0]; ++i) {
      for (int32_t j = 0; j < p.reduced[1]; ++j) {
        const float* row = first + i * p.reduced_strides[0] + j * p.reduced_strides[1];
        for (int32_t k = 0; k < p.reduced[2]; ++k) total += row[k * p.reduced_strides[2]];
      }
    }
    return total;
  }
};

}  // namespace tmc::kernels::portable
