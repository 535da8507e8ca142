// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of portable/pad.hpp.

#include "tmc/kernels/host/registry.hpp"
#include "tmc/kernels/portable/pad.hpp"

namespace tmc::kernels::portable {

// What its work is linear in: rows, and bytes that are moved or filled.
inline CostFeatures cost_features(Of<Pad>, const Pad::Params& p) {
  double rows = 1;
  double output_bytes = p.element_bytes;
  for (int axis = 0; axis < 4; ++axis) {
    if (axis < 3) rows *= p.extents[axis];
    output_bytes *= p.before[axis] + p.extents[axis] + p.after[axis];
  }
  const double input_bytes = rows * p.extents[3] * p.element_bytes;
  return {rows, input_bytes, output_bytes - input_bytes};
}

}  // namespace tmc::kernels::portable
