// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What cum_sum and cum_prod share: the kernel cumulate.

#include "tmc/select/lowering.hpp"

namespace tmc::select {

// The params but for extents and types, of `axis`, which may be negative.
struct Cumulation {
  int64_t axis;
  bool product, exclusive, reverse;
};
Status emit_cumulate(Lowering& lowering, const Cumulation& how);

// kUnsupportedType where elements are of a type that no kernel computes with: truth values, half precision.
Status check_numbers(const ir::Value& value);

// And where they are quantised.
Status check_plain_numbers(const ir::Value& value);

}  // namespace tmc::select
