// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Softmax along `depth` of a tensor [outer, depth, inner] of int16; the output has scale 1/32768. Bit for bit TFLite's
// integer reference: the difference of an input to the largest of its row is requantised (two roundings,
// base/fixed_point.hpp) so that -10 becomes -65535, below which exponentials are those of -10. Exponentials in Q0.15
// are added up, and each is multiplied by the reciprocal of the sum's mantissa, in Q0.15, and shifted.
//
// The model's constants, tables with 513 entries between which is interpolated (detail/interpolation.hpp): exponentials
// i16 of exp(x) from -10 to 0; reciprocals i16 of 1 / (1 + x) from 0 to 1. depth <= 65535, so that the sum fits.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct SoftmaxS16 {
  static constexpr const char* kName = "softmax_s16";
  static constexpr int32_t kMaxDepth = 65535;

  static constexpr Access kAccess = Access::kAxis;
  TMC_PARAMS(int32_t outer, depth, inner; int32_t multiplier, shift;)

  struct Buffers {
    const int16_t* input;
    const int16_t* exponentials;
    const int16_t* reciprocals;
    int16_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"input", Role::kInput},
                                            {"exponentials", Role::kConstant},
                                            {"reciprocals", Role::kConstant},
                                            {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
