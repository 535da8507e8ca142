// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/average_pool_s8.hpp.

#include "tmc/kernels/armv7em/average_pool_s8.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// What its work is linear in: pixels, words of four channels, and the rows and taps of their windows.
inline CostFeatures cost_features(Of<AveragePoolS8>, const AveragePoolS8::Params& p) {
  const double pixels = 1.0 * p.batch * p.output_h * p.output_w;
  const double words = pixels * p.channels / 4;
  return {pixels, words, words * (p.rescale ? 1 : 0), words * p.kernel_h, words * p.kernel_h * p.kernel_w};
}

}  // namespace tmc::kernels::armv7em
