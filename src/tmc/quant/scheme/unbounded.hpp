// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Tensors that hold infinities, or numbers so large that nobody means them, because the model's own constants do: what
// an attention mask blots out before a softmax. No scale of integers covers them, so what reads them stays float.

#include <set>

#include "tmc/ir/graph.hpp"

namespace tmc::quant {

// Constants and what is computed of them, up to the functions whose results are bounded again.
std::set<ir::ValueId> unbounded_values(const ir::Graph& graph);

}  // namespace tmc::quant
