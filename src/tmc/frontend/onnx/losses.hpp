// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Importers of losses, in the steps of the graph.

#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

// Ends with the negative log-likelihood of the classes that the node's second input says, under the logarithms of
// probabilities `logs` [n, classes, ...], weighted by class where there is a third input.
Status finish_likelihood_loss(ImportContext& context, ir::ValueId logs);

}  // namespace tmc::frontend::onnx_format
