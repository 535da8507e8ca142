// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Quantises every batch item of a float tensor to int8 in its own range, which is found first: what LiteRT does in
// front of a layer with float inputs and int8 weights (AsymmetricQuantizeFloats and SymmetricQuantizeFloats there).
//
//   asymmetric = 1: [least, largest], with zero in it, becomes [-128, 127]; the zero point is the nearer of the two
//   that
//                   keep an end exact, rounded; q = round(zero_point + x * (1 / scale)).
//   asymmetric = 0: the largest magnitude becomes 127, the zero point is 0; q = round(x * (127 / magnitude)).
//
// Rounded half away from zero and saturated; an item of zeros, and of what counts as zero because its inverse may be
// infinite, has scale 1. The output is laid out as
// detail/dynamic_quantization.hpp says. No model constants.

#include "tmc/kernels/contract/detail/buffers.hpp"
#include "tmc/kernels/contract/detail/dynamic_quantization.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

// Of the largest magnitude of an item.
constexpr bool counts_as_zero(float magnitude) {
  return magnitude < 0x1p-110F;
}

struct QuantizeDynamic {
  static constexpr const char* kName = "quantize_dynamic";

  static constexpr Access kAccess = Access::kQuantizing;
  TMC_PARAMS(int32_t batch, elements;  // of a batch item
             int32_t asymmetric;)

  using Buffers = UnaryBuffers<float, void>;
  static constexpr const auto& kBuffers = kUnaryBuffers;
};

}  // namespace tmc::kernels
