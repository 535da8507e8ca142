// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The lowering of operators that only move elements (ops/index_map.hpp): none where they stay as they lie, else a copy
// of rows or of strided elements for each box.

#include "tmc/select/lowering.hpp"

namespace tmc::select {

// Operands whose quantisation is not the output's are requantised on the way. kUnsupportedShape where the map takes
// more steps than are good for a program.
Status lower_index_map(Lowering& lowering);

}  // namespace tmc::select
