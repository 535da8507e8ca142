// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one element at a time, straight from the contract.

#include "tmc/base/math.hpp"
#include "tmc/kernels/contract/binary_f32.hpp"
#include "tmc/kernels/portable/detail/broadcast.hpp"

namespace tmc::kernels::portable {

struct BinaryF32 {
  using Contract = kernels::BinaryF32;
  using Params = Contract::Params;
  using Buffers = Contract::Buffers;

  static constexpr bool applies(const Params& p) {
    return p.operation >= Contract::kAdd && p.operation <= Contract::kMax;
  }
  static constexpr int64_t scratch_bytes(const Params&) { return 0; }
  static constexpr Overlap overlap(const Params& p, int buffer) { return broadcast_overlap(p, buffer); }
  static constexpr double instructions(const Params& p) { return 14.0 * static_cast<double>(broadcast_elements(p)); }

  static void run(Params p, Buffers b) {
    with_operation(p.operation, [&](auto operation) {
      for_each_broadcast(p, b.a, b.b, b.output, [&](float a, float other) {
        return clamp_f32(operation(a, other), p.activation_min, p.activation_max);
      });
    });
  }

  // Calls run_with(function of two floats), so that the choice is made once.
  template <typename RunWith>
  static void with_operation(int32_t operation, RunWith run_with) {
    switch (operation) {
      case Contract::kAdd:
        return run_with([](float a, float b) { return a + b; });
      case Contract::kSub:
        return run_with([](float a, float b) { return a - b; });
      case Contract::kMul:
        return run_with([](float a, float b) { return a * b; });
      case Contract::kDiv:
        return run_with([](float a, float b) { return a / b; });
      case Contract::kMin:
        return run_with([](float a, float b) { return min_f32(a, b); });
      default:
        return run_with([](float a, float b) { return max_f32(a, b); });
    }
  }
};

}  // namespace tmc::kernels::portable
