// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/pad.hpp.

#include "tmc/kernels/armv7em/host/detail/move_terms.hpp"
#include "tmc/kernels/armv7em/pad.hpp"

namespace tmc::kernels::armv7em {

// What its work is linear in: rows, planes, and the blocks, words and bytes that are moved or filled, along each axis.
inline CostFeatures cost_features(Of<Pad>, const Pad::Params& params) {
  const Pad::Params p = Pad::in_bytes(params);
  const int32_t row_bytes = Pad::padded(p, 3);
  const bool aligned = p.extents[3] % 4 == 0 && row_bytes % 4 == 0 && p.after[3] % 4 == 0;
  CostFeatures fills(4);
  double count = 1;  // of indices along the axes outside this one
  int32_t fill_bytes[4];
  fill_bytes[3] = 1;
  for (int axis = 2; axis >= 0; --axis) fill_bytes[axis] = fill_bytes[axis + 1] * Pad::padded(p, axis + 1);
  for (int axis = 0; axis < 4; ++axis) {
    for (const int32_t elements : {p.before[axis], p.after[axis]}) {
      if (elements == 0) continue;
      const CostFeatures of_axis = fill_terms(count, elements * fill_bytes[axis]);
      fills[0] += count;
      for (size_t i = 0; i < of_axis.size(); ++i) fills[i + 1] += of_axis[i];
    }
    if (axis < 3) count *= p.extents[axis];
  }
  CostFeatures terms = {count, count / p.extents[2]};
  append(terms, move_terms(count, p.extents[3], aligned));
  append(terms, fills);
  return terms;
}

}  // namespace tmc::kernels::armv7em
