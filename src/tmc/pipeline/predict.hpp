// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The cost of a compiled model by the tables of its target.

#include "tmc/cost/predict.hpp"
#include "tmc/pipeline/compile.hpp"

namespace tmc::pipeline {

// The program must be placed.
Result<cost::Cost> predict_cost(const Compilation& compilation);

// What programs are compared by; they need not be placed.
struct Amounts {
  double instructions = 0;
  double flash_bytes = 0;  // of constants, and on a board with a cost table of code
};
Result<Amounts> predict_amounts(const program::Program& program, const Compilation& compilation);

}  // namespace tmc::pipeline
