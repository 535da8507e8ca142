// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one element at a time, straight from the contract.

#include "tmc/base/math.hpp"
#include "tmc/kernels/contract/unary_f32.hpp"

namespace tmc::kernels::portable {

struct UnaryF32 {
  using Contract = kernels::UnaryF32;
  using Params = Contract::Params;
  using Buffers = Contract::Buffers;

  static constexpr bool applies(const Params& p) {
    return p.function >= Contract::kClip && p.function <= Contract::kHardSwish;
  }
  static constexpr int64_t scratch_bytes(const Params&) { return 0; }
  static constexpr Overlap overlap(const Params&, int) { return kInPlace; }
  static constexpr double instructions(const Params& p) {
    return p.elements * (p.function == Contract::kSigmoid || p.function == Contract::kTanh ? 60.0 : 10.0);
  }

  static void run(Params p, Buffers b) {
    switch (p.function) {
      case Contract::kClip:
        return map(p, b, [&](float x) { return clamp_f32(x, p.low, p.high); });
      case Contract::kLeakyRelu:
        return map(p, b, [&](float x) { return x < 0 ? x * p.low : x; });
      case Contract::kSigmoid:
        return map(p, b, [](float x) { return sigmoid_f32(x); });
      case Contract::kTanh:
        return map(p, b, [](float x) { return tanh_f32(x); });
      default:
        return map(p, b, [](float x) { return x * clamp_f32(x + 3, 0, 6) / 6; });
    }
  }

 private:
  template <typename Function>
  static void map(const Params& p, const Buffers& b, Function function) {
    for (int32_t i = 0; i < p.elements; ++i) b.output[i] = function(b.input[i]);
  }
};

}  // namespace tmc::kernels::portable
