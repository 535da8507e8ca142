// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// output = function(a, b), element by element, with broadcasting: extents of the dense output and strides of the
// operands in elements, 0 along a broadcast axis. A result of the operands' type is clamped to [activation_min,
// activation_max] where the function's operator has an activation. No model constants; either operand may lie in flash.
// There is a kernel for every function of two operands and every type that it is defined for.

#include "tmc/function/function.hpp"
#include "tmc/kernels/contract/detail/buffers.hpp"
#include "tmc/kernels/contract/family/name.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

template <typename Function, typename T>
struct Join {
  using Result = function::Result<Function, T>;
  static constexpr FamilyName kFamilyName{Function::kName, kDTypeOf<T>};
  static constexpr const char* kName = kFamilyName.text;

  static constexpr Access kAccess = Access::kBroadcast;
  TMC_PARAMS(int32_t extents[4]; int32_t a_strides[4]; int32_t b_strides[4]; float activation_min, activation_max;)

  using Buffers = BinaryBuffers<function::Stored<T>, function::Stored<Result>>;
  static constexpr const auto& kBuffers = kBinaryBuffers;
};

}  // namespace tmc::kernels
