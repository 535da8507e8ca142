// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reals that a constant stands for: dequantised where it is quantised, per tensor or per axis.

#include <vector>

#include "tmc/ir/graph.hpp"

namespace tmc::ir {

// Row-major, as many as the constant has elements.
std::vector<float> constant_reals(const Value& constant);

}  // namespace tmc::ir
