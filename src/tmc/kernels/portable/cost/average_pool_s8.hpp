// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: pixels, values, and the rows and taps of their windows.
#include "tmc/kernels/host/registry.hpp"
#include "tmc/kernels/portable/average_pool_s8.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<portable::AveragePoolS8>, const portable::AveragePoolS8::Params& p) {
  const double pixels = 1.0 * p.batch * p.output_h * p.output_w;
  const double values = pixels * p.channels;
  return {pixels, values, values * p.kernel_h, values * p.kernel_h * p.kernel_w};
}

}  // namespace tmc::kernels
