// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Front ends of sound inside a model: logarithms of bands of a spectrum, and all that they are made of. Energies span
// many powers of two, of which a logarithm wants each as exactly as the others; steps of 8 or 16 bits that are equal
// leave nothing of the quiet ones. So these nodes stay float.

#include <set>

#include "tmc/ir/graph.hpp"

namespace tmc::quant {

// A logarithm belongs where everything from the model's inputs to it is linear (layers without an activation, sums,
// windows, transforms), a square or a magnitude, a root or a limit, and both a transform and a square are among it.
// Cepstra belong as well: a layer on the logarithms that has neither a bias nor an activation.
std::set<ir::NodeId> spectral_nodes(const ir::Graph& graph);

}  // namespace tmc::quant
