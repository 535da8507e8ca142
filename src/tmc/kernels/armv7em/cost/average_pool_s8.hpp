// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: pixels, words of four channels, and the rows and taps of their windows.
#include "tmc/kernels/armv7em/average_pool_s8.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::AveragePoolS8>, const armv7em::AveragePoolS8::Params& p) {
  const double pixels = 1.0 * p.batch * p.output_h * p.output_w;
  const double words = pixels * p.channels / 4;
  return {pixels, words, words * (p.rescale ? 1 : 0), words * p.kernel_h, words * p.kernel_h * p.kernel_w};
}

}  // namespace tmc::kernels
