// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Operators that give the elements of their input in another order, or several times: which one an output element is,
// is linear in its indices.

#include <vector>

#include "tmc/select/lowering.hpp"

namespace tmc::select {

// One axis of the output, with its stride in the input, in elements; 0 where it repeats.
struct MovedAxis {
  int64_t extent, stride;
};

// Steps that give output 0 from input 0 along these axes, outermost first: a copy of rows, or elements one by one; none
// where nothing moves. Output 0 is requantised where its quantisation is not input 0's. kUnsupportedShape where the
// kernel has too few axes.
Status emit_index_map(Lowering& lowering, const std::vector<MovedAxis>& axes);

}  // namespace tmc::select
