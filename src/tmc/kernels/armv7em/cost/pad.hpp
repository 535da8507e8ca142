// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: rows, planes, and the blocks, words and bytes that are moved or filled, along each axis.
#include "tmc/kernels/armv7em/cost/move_terms.hpp"
#include "tmc/kernels/armv7em/pad.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::Pad>, const armv7em::Pad::Params& params) {
  const armv7em::Pad::Params p = armv7em::Pad::in_bytes(params);
  const int32_t row_bytes = armv7em::Pad::padded(p, 3);
  const bool aligned = p.extents[3] % 4 == 0 && row_bytes % 4 == 0 && p.after[3] % 4 == 0;
  CostTerms fills(4);
  double count = 1;  // of indices along the axes outside this one
  int32_t fill_bytes[4];
  fill_bytes[3] = 1;
  for (int axis = 2; axis >= 0; --axis) fill_bytes[axis] = fill_bytes[axis + 1] * armv7em::Pad::padded(p, axis + 1);
  for (int axis = 0; axis < 4; ++axis) {
    for (const int32_t elements : {p.before[axis], p.after[axis]}) {
      if (elements == 0) continue;
      const CostTerms of_axis = armv7em::fill_terms(count, elements * fill_bytes[axis]);
      fills[0] += count;
      for (size_t i = 0; i < of_axis.size(); ++i) fills[i + 1] += of_axis[i];
    }
    if (axis < 3) count *= p.extents[axis];
  }
  CostTerms terms = {count, count / p.extents[2]};
  armv7em::append(terms, armv7em::move_terms(count, p.extents[3], aligned));
  armv7em::append(terms, fills);
  return terms;
}

}  // namespace tmc::kernels
