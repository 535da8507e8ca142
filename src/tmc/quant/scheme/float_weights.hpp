// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ir/graph.hpp"

namespace tmc::quant {

// Gives layers on float tensors float32 weights and biases, where they hold smaller ones: float16, or the int8 weights
// of a hybrid layer, which then computes in float altogether. What such weights stand for is what is quantised.
void widen_weights(ir::Graph& graph);

}  // namespace tmc::quant
