// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference, in float within 3e-7: the angle is exact as an integer, and rounded once.

#include "tmc/base/math.hpp"
#include "tmc/base/math_trigonometric.hpp"
#include "tmc/kernels/common/stream_place.hpp"
#include "tmc/kernels/contract/rotary_angles.hpp"

namespace tmc::kernels::portable {

struct RotaryAnglesF32 : ImplementationOf<kernels::RotaryAnglesF32> {
  static constexpr bool applies(const Params& p) {
    return p.place_elements == kStreamPlace && p.tokens > 0 && p.steps > 0 && p.window >= 0 &&
           p.output_elements == int64_t{p.tokens} * p.steps;
  }
  static constexpr double instructions(const Params& p) { return 45.0 * p.tokens * p.steps + 20; }

  static void run(Params p, Buffers b) {
    constexpr float kTurn = 6.28318530718F / 4294967296.0F;
    for (int32_t token = 0; token < p.tokens; ++token) {
      const uint32_t position = p.window > 0 ? static_cast<uint32_t>(position_in_cache(p, b, token))
                                             : static_cast<uint32_t>(b.place[0]) + static_cast<uint32_t>(token);
      for (int32_t i = 0; i < p.steps; ++i) {
        const auto phase = static_cast<int32_t>(position * static_cast<uint32_t>(b.steps[i]));
        b.output[token * p.steps + i] = sin_ahead_f32(static_cast<float>(phase) * kTurn, p.sine != 0 ? 0 : 1);
      }
    }
  }

 private:
  static int32_t position_in_cache(const Params& p, const Buffers& b, int32_t token) {
    const int32_t filled = clamp(b.place[2], 0, p.window);
    return filled < p.window - token ? filled + token : p.window - 1;
  }
};

}  // namespace tmc::kernels::portable
