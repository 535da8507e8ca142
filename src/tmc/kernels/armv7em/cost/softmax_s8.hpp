// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: rows, turns of their values, and values that are left.
#include "tmc/kernels/armv7em/softmax_s8.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::SoftmaxS8>, const armv7em::SoftmaxS8::Params& p) {
  const double rows = p.outer;
  constexpr int32_t kTurn = armv7em::SoftmaxS8::kTurn;
  return {rows, rows * (p.depth / kTurn), rows * (p.depth % kTurn)};
}

}  // namespace tmc::kernels
