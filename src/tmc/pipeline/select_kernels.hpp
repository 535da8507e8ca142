// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which implementations the operators of a model get, by what it is optimised for.

#include "tmc/pipeline/compile.hpp"

namespace tmc::pipeline {

// For speed the implementations that take the fewest instructions; for size none that spends flash on them
// (ImplementationInfo); balanced, those too if the part of the model's instructions that they save is larger than the
// part of its flash that they take, as the cost model predicts both. Errors: those of select::select.
Result<program::Program> select_kernels(const ir::Graph& graph, const Compilation& compilation);

}  // namespace tmc::pipeline
