// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Sums, or with `product` products, of the elements of [outer, depth, inner] along the middle axis up to each one,
// which itself counts unless `exclusive`; with `reverse` from the end. Elements are numbers of the DType input_dtype,
// which output_dtype is too; integers keep their lowest bits. Elements are taken in their order. No model constants.

#include "tmc/kernels/contract/detail/buffers.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct Cumulate {
  static constexpr const char* kName = "cumulate";

  static constexpr Access kAccess = Access::kAxis;
  TMC_PARAMS(int32_t outer, depth, inner; int32_t product, exclusive, reverse; int32_t input_dtype, output_dtype;)

  using Buffers = UnaryBuffers<void>;
  static constexpr const auto& kBuffers = kUnaryBuffers;
};

}  // namespace tmc::kernels
