// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Whether two graphs are the same, ids aside: names, order of nodes, types, quantisation, data, attributes, inputs and
// outputs.

#include <string>

#include "tmc/ir/graph.hpp"

namespace tmc::ir {

bool same_op(const AnyOp& a, const AnyOp& b);

// What differs first, in words; empty where the graphs are the same. Both are verified.
std::string first_difference(const Graph& a, const Graph& b);

}  // namespace tmc::ir
