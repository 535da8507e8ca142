// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// output = function(input) in float, element by element (function/function.hpp). No model constants. There is a kernel
// for every function, NAME_f32, so that a program carries the functions that it uses.

#include "tmc/function/function.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

// "exp_f32", of a function's name.
struct MapName {
  char text[40] = {};

  explicit constexpr MapName(const char* function) {
    int32_t end = 0;
    for (const char* c = function; *c != 0; ++c) text[end++] = *c;
    for (const char* c = "_f32"; *c != 0; ++c) text[end++] = *c;
  }
};

template <typename Function>
struct MapF32 {
  static constexpr MapName kMapName{Function::kName};
  static constexpr const char* kName = kMapName.text;

  struct Params {
    int32_t elements;
    float attributes[function::kMostAttributes];  // those that the function has, in its order
  };
  static constexpr ParamInfo kParams[] = {{"elements"},
                                          {"attributes", static_cast<int32_t>(function::kMostAttributes), true}};

  struct Buffers {
    const float* input;
    float* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"input", Role::kInput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
