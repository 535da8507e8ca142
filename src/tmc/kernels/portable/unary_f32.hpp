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

  static constexpr bool applies(const Params& p) { return p.function >= 0 && p.function < Contract::kFunctions; }
  static constexpr int64_t scratch_bytes(const Params&) { return 0; }
  static constexpr Overlap overlap(const Params&, int) { return kInPlace; }
  static constexpr double instructions(const Params& p) {
    const bool is_short = p.function <= Contract::kLeakyRelu || p.function == Contract::kHardSwish;
    return p.elements * (is_short ? 10.0 : 60.0);
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
      case Contract::kHardSwish:
        return map(p, b, [](float x) { return x * clamp_f32(x + 3, 0, 6) / 6; });
      case Contract::kSqrt:
        return map(p, b, [](float x) { return sqrt_f32(x); });
      case Contract::kExp:
        return map(p, b, [](float x) { return exp_f32(x); });
      case Contract::kErf:
        return map(p, b, [](float x) { return erf_f32(x); });
      case Contract::kGelu:
        return map(p, b, [](float x) { return 0.5F * x * (1 + erf_f32(x * 0.707106781F)); });
      default:
        return map(p, b, [](float x) { return 0.5F * x * (1 + tanh_f32(0.797884561F * (x + 0.044715F * x * x * x))); });
    }
  }

 private:
  template <typename Function>
  static void map(const Params& p, const Buffers& b, Function function) {
    for (int32_t i = 0; i < p.elements; ++i) b.output[i] = function(b.input[i]);
  }
};

}  // namespace tmc::kernels::portable
