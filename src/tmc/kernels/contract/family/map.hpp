// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// output = function(input), element by element (function/function.hpp). No model constants. There is a kernel for every
// function of one operand and every type that it is defined for, so that a program carries what it uses.

#include "tmc/function/function.hpp"
#include "tmc/kernels/contract/detail/buffers.hpp"
#include "tmc/kernels/contract/family/name.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

template <typename Function, typename T>
struct Map {
  using Result = function::Result<Function, T>;
  static constexpr FamilyName kFamilyName{Function::kName, kDTypeOf<T>};
  static constexpr const char* kName = kFamilyName.text;

  // Attributes are those that the function has, in its order.
  static constexpr Access kAccess = Access::kElements;
  TMC_PARAMS(int32_t elements; float attributes[2];)
  static_assert(function::kMostAttributes == 2);

  using Buffers = UnaryBuffers<function::Stored<T>, function::Stored<Result>>;
  static constexpr const auto& kBuffers = kUnaryBuffers;
};

}  // namespace tmc::kernels
