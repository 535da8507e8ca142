// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the operators that normalise rows share: a row is what lies from an axis on.

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

// The shape rule: input 0 in its own type; the others, which may be absent, have the extents of its axes from `axis`
// on.
Inferred normalized_type(int32_t axis, const InferInputs& in, size_t most_inputs);

// Rows of a tensor, and elements of each.
struct NormalizedRows {
  int64_t rows, depth;
};
NormalizedRows normalized_rows(int32_t axis, const Shape& shape);

}  // namespace tmc::ops
