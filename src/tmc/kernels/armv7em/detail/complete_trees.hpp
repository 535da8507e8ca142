// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Of which ensembles the trees may be filled up to complete ones; `pack` looks at their leaves.

#include "tmc/kernels/contract/tree_ensemble_f32.hpp"

namespace tmc::kernels::armv7em {

constexpr bool may_be_complete(const TreeEnsembleF32::Params& p, int32_t most_depth) {
  constexpr int32_t kMostSlots = 256;  // a byte says which
  return p.dense == 0 && p.aggregate <= TreeEnsembleF32::kAverage && p.slots <= kMostSlots && p.depth >= 2 &&
         p.depth <= most_depth;
}

}  // namespace tmc::kernels::armv7em
