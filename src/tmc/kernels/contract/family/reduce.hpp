// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A reduction (function/function.hpp) over any axes. The output is dense, [kept[0], kept[1], kept[2]]; each of its
// elements is made of the reduced[0] * reduced[1] * reduced[2] input elements at the strides (in elements) of its kept
// and the reduced axes, in the order of the axes. No model constants. There is a kernel for every reduction and every
// type that it is defined for.

#include "tmc/function/function.hpp"
#include "tmc/kernels/contract/detail/buffers.hpp"
#include "tmc/kernels/contract/family/name.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

template <typename Reduction, typename T>
struct Reduce {
  using Result = function::Result<Reduction, T>;
  static constexpr FamilyName kFamilyName{Reduction::kName, kDTypeOf<T>};
  static constexpr const char* kName = kFamilyName.text;

  static constexpr Access kAccess = Access::kReduction;
  TMC_PARAMS(int32_t kept[3], kept_strides[3]; int32_t reduced[3], reduced_strides[3];)

  using Buffers = UnaryBuffers<function::Stored<T>, function::Stored<Result>>;
  static constexpr const auto& kBuffers = kUnaryBuffers;
};

}  // namespace tmc::kernels
