// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The cost of a compiled model by the tables of its target.

#include "tmc/cost/predict.hpp"
#include "tmc/pipeline/compile.hpp"

namespace tmc::pipeline {

// The program must be placed.
Result<cost::Cost> predict_cost(const Compilation& compilation);

}  // namespace tmc::pipeline
