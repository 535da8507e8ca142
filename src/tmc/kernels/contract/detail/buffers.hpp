// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Buffers of the contracts of one operand, and of two, without constants.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

template <typename Input, typename Output = Input>
struct UnaryBuffers {
  const Input* input;
  Output* output;
};
inline constexpr BufferInfo kUnaryBuffers[] = {{"input", Role::kInput}, {"output", Role::kOutput}};

template <typename Operand, typename Output = Operand>
struct BinaryBuffers {
  const Operand* a;
  const Operand* b;
  Output* output;
};
inline constexpr BufferInfo kBinaryBuffers[] = {{"a", Role::kInput}, {"b", Role::kInput}, {"output", Role::kOutput}};

}  // namespace tmc::kernels
