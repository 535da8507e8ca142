// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cosines, or where `sine` is 1 sines, of the angles of tokens in a stream: output [tokens, angles]. place: the
// position of the first token, its slot, and how many slots are filled. Token t stands at place[0] + t, or with a
// window above 0 at the lesser of place[2] + t and window - 1, of which place[2] counts as within [0, window]. Angle i
// is the position times steps[i], modulo 2^32, as a signed part of a turn of 2^32. The model's constants: steps i32
// [steps], which are taken as unsigned.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct RotaryAnglesF32 {
  static constexpr const char* kName = "rotary_angles_f32";

  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(int32_t place_elements, output_elements; int32_t tokens, steps; int32_t window; int32_t sine;)

  struct Buffers {
    const int32_t* place;
    const int32_t* steps;
    float* output;
  };
  static constexpr BufferInfo kBuffers[] = {
      {"place", Role::kInput}, {"steps", Role::kConstant}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
