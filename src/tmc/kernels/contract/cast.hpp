// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// output = the elements of input as another dtype (function/integer.hpp, converted). `input_dtype` and `output_dtype`
// are DTypes, of numbers of one to eight bytes or truth values. No model constants.

#include "tmc/kernels/contract/detail/buffers.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct Cast {
  static constexpr const char* kName = "cast";

  static constexpr Access kAccess = Access::kElements;
  TMC_PARAMS(int32_t elements; int32_t input_dtype, output_dtype;)

  using Buffers = UnaryBuffers<void>;
  static constexpr const auto& kBuffers = kUnaryBuffers;
};

}  // namespace tmc::kernels
